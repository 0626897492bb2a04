import type { Tokens, TokenChoice } from '../engine/edits/edit';

/** The squares that a brush covers: patches or, where these are small, several together. Counted from 0, row by row. */
export interface BrushGrid {
	readonly rows: number;
	readonly columns: number;
	/** Patches along the side of a square. */
	readonly each: number;
	/** Tokens that stand before the patches. */
	readonly before: number;
}

/** More squares along a side than this are too small for a finger, and too many to try out one by one. */
const MOST = 32;
/** With fewer than this there would be nothing to paint. */
const LEAST = 7;

/** @param grid of the patches @param before how many tokens stand before them */
export function brushGrid({ rows, columns }: Pick<BrushGrid, 'rows' | 'columns'>, before: number): BrushGrid {
	const [short, long] = [Math.min(rows, columns), Math.max(rows, columns)];
	const fits = (each: number) =>
		rows % each === 0 && columns % each === 0 && long / each <= MOST && (each === 1 || short / each >= LEAST);
	const each = Array.from({ length: short }, (_, i) => i + 1).find(fits) ?? 1;
	return { rows: rows / each, columns: columns / each, each, before };
}

/** The squares within a distance of one: 0 is that square alone, 1 the three by three around it. */
export function around(square: number, reach: number, { rows, columns }: BrushGrid): number[] {
	const [row, column] = [Math.floor(square / columns), square % columns];
	const found: number[] = [];
	for (let r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++) {
		for (let c = Math.max(0, column - reach); c <= Math.min(columns - 1, column + reach); c++)
			found.push(r * columns + c);
	}
	return found;
}

/** The squares on the way from one to another, both ends included: a fast pointer leaves none out. */
export function between(from: number, to: number, { columns }: BrushGrid): number[] {
	const [[r0, c0], [r1, c1]] = [placeOf(from, columns), placeOf(to, columns)];
	const steps = Math.max(Math.abs(r1 - r0), Math.abs(c1 - c0));
	const at = (i: number, a: number, b: number) => Math.round(a + ((b - a) * i) / Math.max(1, steps));
	return Array.from({ length: steps + 1 }, (_, i) => at(i, r0, r1) * columns + at(i, c0, c1));
}

/**
 * What is hidden once a brush went over some squares.
 * @param reach see {@link around} @param hides whether it hides them, or shows them again
 */
export function painted(
	hidden: ReadonlySet<number>,
	way: readonly number[],
	{ reach, hides }: { readonly reach: number; readonly hides: boolean },
	grid: BrushGrid
): ReadonlySet<number> {
	const squares = new Set(hidden);
	for (const square of way.flatMap((one) => around(one, reach, grid))) {
		if (hides) squares.add(square);
		else squares.delete(square);
	}
	return squares;
}

/** Those that a set leaves out. */
export function others(squares: ReadonlySet<number>, { rows, columns }: BrushGrid): ReadonlySet<number> {
	const all = Array.from({ length: rows * columns }, (_, square) => square);
	return new Set(all.filter((square) => !squares.has(square)));
}

const placeOf = (square: number, columns: number): [number, number] => [Math.floor(square / columns), square % columns];

/** A rectangle of squares; both ends are included. */
interface Rectangle {
	readonly top: number;
	bottom: number;
	readonly left: number;
	readonly right: number;
}

/**
 * The tokens of squares, as an edit names them: few rectangles of rows and columns of patches.
 * @param inOrder whether they must be named row by row, as where the others are taken out; then no rectangle is higher
 * than a square
 */
export function tokensOf(squares: ReadonlySet<number>, grid: BrushGrid, inOrder = false): TokenChoice[] {
	const { each } = grid;
	return rectangles(squares, grid, inOrder).map(({ top, bottom, left, right }) => ({
		rows: [top * each, (bottom + 1) * each - 1],
		columns: [left * each, (right + 1) * each - 1]
	}));
}

function rectangles(squares: ReadonlySet<number>, { rows, columns }: BrushGrid, inOrder: boolean): Rectangle[] {
	const found: Rectangle[] = [];
	for (let row = 0; row < rows; row++) {
		for (const { left, right } of runs(squares, row, columns)) {
			const above = found.find((one) => one.bottom === row - 1 && one.left === left && one.right === right);
			if (above && !inOrder) above.bottom = row;
			else found.push({ top: row, bottom: row, left, right });
		}
	}
	return found;
}

/** Squares of a row that stand side by side. */
function runs(squares: ReadonlySet<number>, row: number, columns: number): { left: number; right: number }[] {
	const found: { left: number; right: number }[] = [];
	for (let column = 0; column < columns; column++) {
		if (!squares.has(row * columns + column)) continue;
		const last = found.at(-1);
		if (last?.right === column - 1) last.right = column;
		else found.push({ left: column, right: column });
	}
	return found;
}

/** The squares whose patches an edit names, all of them; null where it names anything else, or a square in part. */
export function squaresOf(tokens: Tokens, grid: BrushGrid): Set<number> | null {
	const { rows, columns, each, before } = grid;
	const width = columns * each;
	const counts = new Map<number, number>();
	for (const one of patchesOf(tokens, rows * each, width, before)) {
		if (one === null) return null;
		const square = Math.floor(one / width / each) * columns + Math.floor((one % width) / each);
		counts.set(square, (counts.get(square) ?? 0) + 1);
	}
	return [...counts.values()].every((count) => count === each * each) ? new Set(counts.keys()) : null;
}

/** Patches by their number among them; null for what is none, or is named by anything but its number or place. */
function patchesOf(tokens: Tokens, rows: number, columns: number, before: number): ReadonlySet<number | null> {
	const list: readonly TokenChoice[] = Array.isArray(tokens) ? tokens : [tokens as TokenChoice];
	const found = new Set<number | null>();
	for (const one of list) {
		if (typeof one === 'number') found.add(one >= before && one < before + rows * columns ? one - before : null);
		else if (typeof one === 'string' || 'top' in one || one.rows[1] >= rows || one.columns[1] >= columns)
			found.add(null);
		else
			for (let row = one.rows[0]; row <= one.rows[1]; row++)
				for (let column = one.columns[0]; column <= one.columns[1]; column++) found.add(row * columns + column);
	}
	return found;
}
