import type { Grid } from '../../marks/tokens';

/** The four neighbours of patch merging, in the order in which Swin lays their vectors end to end. */
export const NEIGHBOURS = [
	{ name: 'top left', row: 0, column: 0 },
	{ name: 'bottom left', row: 1, column: 0 },
	{ name: 'top right', row: 0, column: 1 },
	{ name: 'bottom right', row: 1, column: 1 }
] as const;

/** One stage of a hierarchical model: its grid of tokens, and how wide each is. */
export interface Level {
	readonly grid: Grid;
	readonly dim: number;
	/** Side of the square of this model's own patches that one token stands for. */
	readonly span: number;
}

/**
 * The stages that patch merging makes of a grid: each merge joins 2 x 2 neighbours, 4d numbers, and a learned matrix
 * makes 2d of them (Liu et al., arXiv 2103.14030, section 3.1). A grid with an odd side is padded first.
 * @param merges how many merges at most; they end when a single token is left
 */
export function levelsOf(grid: Grid, dim: number, merges: number): Level[] {
	const levels: Level[] = [{ grid, dim, span: 1 }];
	for (let last = levels[0]; last && levels.length <= merges; last = levels.at(-1)) {
		const { rows, columns } = last.grid;
		if (rows * columns === 1) break;
		levels.push({
			grid: { rows: Math.ceil(rows / 2), columns: Math.ceil(columns / 2) },
			dim: 2 * last.dim,
			span: 2 * last.span
		});
	}
	return levels;
}

/** Whether a merge first fills up this level's grid, as one of its sides is odd. */
export const isPadded = (level: Level | undefined): boolean =>
	level !== undefined && (level.grid.rows % 2 > 0 || level.grid.columns % 2 > 0);

/** How many merges a Swin has: four stages, three merges. */
export const MERGES = 3;

/** The patches, from 0, that the first merge joins into its token `index`; null for padding. In Swin's order. */
export function joined({ rows, columns }: Grid, index: number): (number | null)[] {
	const across = Math.ceil(columns / 2);
	const top = 2 * Math.floor(index / across);
	const left = 2 * (index % across);
	return NEIGHBOURS.map(({ row, column }) => {
		const inside = top + row < rows && left + column < columns;
		return inside ? (top + row) * columns + left + column : null;
	});
}

/** The token of a level that a patch has become part of. */
export function tokenOfPatch(patch: number, { columns }: Grid, { span, grid }: Level): number {
	const row = Math.floor(Math.floor(patch / columns) / span);
	const column = Math.floor((patch % columns) / span);
	return row * grid.columns + column;
}
