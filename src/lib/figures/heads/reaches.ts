import { attentionDistance, headEntropy, type Attention } from '../../analysis/attention';
import type { Pause } from '../../base/slices';
import { inTurn } from '../../base/slices';
import { patchGrid } from '../../engine/config';
import type { ViTConfig } from '../../engine/vit/config';
import { count } from '../../marks/numbers';
import { num } from '../attention/words';

/** What one head does on this photo, over all its queries. */
export interface HeadReach {
	/** Both counted from 0. */
	readonly block: number;
	readonly head: number;
	/** Mean attention distance between patches, in pixels of the model's input. */
	readonly distance: number;
	/** Mean entropy of its rows, in nats; from 0 to ln(tokens). */
	readonly entropy: number;
}

/** Every block is measured once: its weights do not change, and the reader comes back to them. */
const known = new WeakMap<Float32Array, readonly HeadReach[]>();

/** Distance and entropy of every head of every block, block by block. */
export async function reaches(blocks: readonly Attention[], pause: Pause): Promise<HeadReach[]> {
	const all: HeadReach[] = [];
	for (const [block, attention] of blocks.entries()) all.push(...(await reachesOf(attention, block, pause)));
	return all;
}

async function reachesOf(a: Attention, block: number, pause: Pause): Promise<readonly HeadReach[]> {
	const before = known.get(a.data);
	if (before) return before;
	const measured = (head: number) => ({
		block,
		head,
		distance: attentionDistance(a, head),
		entropy: headEntropy(a, head)
	});
	const found = await inTurn([...Array(a.heads).keys()], measured, pause);
	known.set(a.data, found);
	return found;
}

/** The mean distance of a head whose patches all look at every patch alike, in pixels: what to compare distances with. */
export function evenDistance(config: ViTConfig): number {
	const { rows, columns } = patchGrid(config);
	let total = 0;
	for (let row = 1 - rows; row < rows; row++) {
		for (let column = 1 - columns; column < columns; column++) {
			const pairs = (rows - Math.abs(row)) * (columns - Math.abs(column));
			total += pairs * Math.hypot(row, column);
		}
	}
	return (config.patchSize * total) / (rows * columns) ** 2;
}

/** `about 31 tokens`: how many equal shares would be as spread out, which can be pictured. @param entropies in nats */
export function tokensWords(...entropies: readonly number[]): string {
	const all = entropies.map((entropy) => Math.round(Math.exp(entropy)));
	return `about ${all.map(count).join(' to ')} ${all.every((tokens) => tokens === 1) ? 'token' : 'tokens'}`;
}

/** An entropy with its unit, and with how many tokens it would take if all had the same weight. @param entropy in nats */
export const entropyWords = (entropy: number): string =>
	`entropy of ${num(entropy)}, as if spread evenly over ${num(Math.exp(entropy))} tokens`;
