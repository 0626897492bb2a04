import { PatchworkError } from '../base/errors';
import { tapsRead, type Steps } from './run';
import type { Trace } from './trace';

/**
 * Carries out once more the step that makes a tap, from what it read, so that the trace has all of its taps at hand.
 * @param tap one that the run let go of
 * @param wanted the taps that are about to be read; what is large is only made for them
 */
export function passAgain({ embedded, middle }: Steps, trace: Trace, tap: string, wanted: ReadonlySet<string>): void {
	const at = middle.findIndex(({ name }) => tap.startsWith(`${name}.`));
	const step = middle[at];
	const x = trace.handedOn(tapsRead(embedded, middle, trace)[at] ?? '');
	if (!step || !x) throw new PatchworkError('request', `This run did not keep what its tap '${tap}' is made of.`);
	trace.refill(step.name, () => void step.pass(x, trace), wanted);
}
