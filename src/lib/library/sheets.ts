import type { ModelEntry } from '../models/entry';

/** A square sheet of tokens, as a model's group of blocks reads them. Lengths in units of the drawing, whose side is 1. */
export interface Sheet {
	readonly x: number;
	readonly y: number;
	readonly side: number;
	/** Rows, and columns, of the grid on it. */
	readonly cells: number;
	/** Where its lines are drawn, from its edge; empty where they would be too close to be told apart. */
	readonly lines: readonly number[];
}

/** How far each sheet of a stack stands out behind the one before it, as a share of the drawing. */
const STEP = 0.09;

/** The grids of a model's groups as a stack of sheets, the last group's in front, each as fine as its tokens are many. */
export function sheetsOf(
	{ groups, prefix }: Pick<ModelEntry, 'groups' | 'prefix'>,
	finest: number = 28
): readonly Sheet[] {
	const side = 1 - STEP * (groups.length - 1);
	return groups.map(({ tokens }, i) => {
		const cells = Math.round(Math.sqrt(tokens - prefix.length));
		const lines = cells > finest ? [] : Array.from({ length: cells - 1 }, (_, line) => (side * (line + 1)) / cells);
		const back = STEP * (groups.length - 1 - i);
		return { x: back, y: STEP * (groups.length - 1) - back, side, cells, lines };
	});
}
