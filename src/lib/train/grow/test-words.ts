import { wilson } from '../../analysis/wilson';
import { percent } from '../../marks/numbers';

/**
 * What a test says of a network: a share of few pictures is known only roughly, so their number and the interval that it
 * leaves stand beside it.
 * @param name of the network
 * @param share of the held-out pictures that it named right, in [0, 1]
 * @param heldOut how many they were, at least 1
 */
export function testWords(
	name: string,
	[step, share]: readonly [step: number, share: number],
	heldOut: number
): string {
	const right = Math.round(share * heldOut);
	const { low, high } = wilson(right, heldOut);
	return `${name}: ${right} of ${heldOut} right at step ${step}, ${percent(share)}; with 95 % confidence between ${percent(low)} and ${percent(high)}.`;
}
