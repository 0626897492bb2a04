import { logitLens, readoutOf, readoutTaps } from '../analysis/logit-lens';
import type { Pause } from '../base/slices';
import type { Edit } from '../engine/edits/edit';
import { skips } from '../engine/edits/names';
import { transformerBlocks } from '../engine/families';
import type { TapData } from '../engine/tap';
import type { ViTConfig } from '../engine/vit/config';

/** Reads taps of a run, and parameters of its model. */
export type Read = (names: readonly string[]) => Promise<readonly TapData[]>;

/**
 * The logit of one class read early: of the tokens that enter the first block, and of those after each.
 * @param edits of the run; what a block hands on that they pass by is what it was given
 * @param index the class, from 0
 * @param pause awaited before each block
 * @returns one more than there are blocks
 */
export async function lensOf(
	config: ViTConfig,
	read: Read,
	edits: readonly Edit[],
	index: number,
	pause: Pause
): Promise<number[]> {
	const blocks = transformerBlocks(config);
	const outs = ['embeddings', ...blocks.filter(({ stem }) => !skips(edits, stem)).map(({ stem }) => `${stem}.out`)];
	const names = [...readoutTaps(config), ...outs];
	const taps = new Map((await read(names)).map((tap) => [tap.name, tap.data]));
	const valuesOf = (name: string) => taps.get(name) ?? new Float32Array();
	const readout = readoutOf(config, valuesOf);
	const logits: number[] = [];
	for (const name of ['embeddings', ...blocks.map(({ stem }) => `${stem}.out`)]) {
		await pause();
		const tokens = taps.get(name);
		logits.push(tokens ? (logitLens(tokens, config, readout)[index] ?? NaN) : (logits.at(-1) ?? NaN));
	}
	return logits;
}
