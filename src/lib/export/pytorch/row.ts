import { halvedLine, type Halved } from '../../analysis/halved';
import { anatomyOf, tapSpecs, type ModelConfig } from '../../engine/families';
import type { HeadChoice } from '../../run/selection.svelte';
import type { Direction } from '../../run/url';

/** One token's line of one head's attention, as the page draws it. Everything counts from 0. */
export interface Row {
	/** The block, as edits call it. */
	readonly block: string;
	/** The numbers in its name: one of a ViT, stage and block of a Swin. */
	readonly numbers: readonly number[];
	/** Of the array of the pattern: the window, or 0 where there are none. */
	readonly window: number;
	readonly head: HeadChoice;
	/** The place in the sequence, or in the window. */
	readonly place: number;
	readonly direction: Direction;
	/** In [0, 1]: one for each place. */
	readonly weights: Float32Array;
}

/** What is looked at, and what the run has of it. */
interface Looked {
	readonly block: number;
	readonly head: HeadChoice;
	/** Of the block's own tokens. */
	readonly token: number;
	readonly direction: Direction;
	/** Of the block: `windows * heads * places * places` weights, row-major, with those of the chosen head, or of their mean alone. */
	readonly data: Float32Array;
	/** The same, where it is held so. */
	readonly halved?: Halved | undefined;
	readonly heads: number;
}

/** The line of what is looked at; null where the model's blocks do not attend, or the block is none of them (a pooling's). */
export function rowOf(config: ModelConfig, looked: Looked): Row | null {
	const { block, head, token, direction } = looked;
	const { blocks, tokensAt } = anatomyOf(config);
	const called = blocks[block] ?? '';
	const spec = tapSpecs(config).find(({ name }) => name === `${called}.attn.pattern`);
	const area = spec?.shape.at(-1);
	if (!spec || !area) return null;
	const at = tokensAt(spec, spec.axes.indexOf('query')).indexOf(token);
	if (at < 0) return null;
	const [window, place] = [Math.floor(at / area), at % area];
	const weights = lineOf(looked, window, place, area);
	const numbers = (called.match(/\d+/g) ?? []).map(Number);
	return { block: called, numbers, window, head, place, direction, weights };
}

function lineOf({ head, direction, data, halved, heads }: Looked, window: number, place: number, area: number) {
	const at = head === 'mean' ? 0 : head;
	if (halved) return halvedLine(halved, area, at, place, direction === 'from' ? 0 : 1);
	const start = (window * heads + at) * area * area;
	return Float32Array.from({ length: area }, (_, i) =>
		Number(data[start + (direction === 'from' ? place * area + i : i * area + place)])
	);
}
