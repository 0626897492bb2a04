import { PatchworkError } from '../base/errors';

/** A part of a picture, in shares of its width and height, from the left and the top. */
export interface ShareBox {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** One head of one block, both counted from 0, and how much of its attention lands in a box, in [0, 1]. */
export interface HeadShare {
	readonly block: number;
	readonly head: number;
	readonly share: number;
}

/** The share of the picture that a box takes, in [0, 1]: what lands in it of attention that is even. */
export const areaOf = ({ width, height }: ShareBox): number => width * height;

/**
 * How much of a line of attention lands in a box. A patch that lies in the box by a part gives that part of its weight, as
 * if the weight were spread evenly over the patch.
 * @param weights `rows * columns` weights in [0, 1], row-major; NaN where the query cannot look, which counts as nothing
 * @param box in shares of what the grid covers
 * @returns the weight in the box, in [0, 1] where the line sums to 1 together with what lies on no patch
 * @throws PatchworkError `request` where the weights are not those of the grid
 */
export function boxShare(
	weights: ArrayLike<number>,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
	box: ShareBox
): number {
	if (weights.length !== rows * columns)
		throw new PatchworkError(
			'request',
			`${rows} × ${columns} patches need as many weights, and got ${weights.length}.`
		);
	let sum = 0;
	for (let row = 0; row < rows; row++) {
		const down = overlap(row, box.y * rows, (box.y + box.height) * rows);
		if (down === 0) continue;
		for (let column = 0; column < columns; column++) {
			const across = overlap(column, box.x * columns, (box.x + box.width) * columns);
			if (across > 0) sum += (weights[row * columns + column] || 0) * down * across;
		}
	}
	return sum;
}

/** How much of the stretch from `at` to `at + 1` lies between two points, in [0, 1]. */
const overlap = (at: number, start: number, end: number): number =>
	Math.max(0, Math.min(at + 1, end) - Math.max(at, start));

/** The heads with the largest shares first; of equal ones, those of earlier blocks. */
export const rankedByShare = (shares: readonly HeadShare[]): HeadShare[] =>
	[...shares].sort((a, b) => b.share - a.share || a.block - b.block || a.head - b.head);

/** The box between two corners, cut to the picture. */
export function boxBetween(
	a: { readonly x: number; readonly y: number },
	b: { readonly x: number; readonly y: number }
): ShareBox {
	const [left, right] = inside(a.x, b.x);
	const [top, bottom] = inside(a.y, b.y);
	return { x: left, y: top, width: right - left, height: bottom - top };
}

function inside(a: number, b: number): [number, number] {
	const clamp = (value: number) => Math.min(1, Math.max(0, value));
	return [clamp(Math.min(a, b)), clamp(Math.max(a, b))];
}

/**
 * What an arrow key makes of a box: it moves it by a step or, with shift, its right and lower sides; never past the
 * picture, and never smaller than a step or than what is left of the picture there. Null for any other key.
 * @param step across and down, in shares of the picture
 */
export function keyBox(
	box: ShareBox,
	key: string,
	resize: boolean,
	step: { readonly x: number; readonly y: number }
): ShareBox | null {
	const way = WAYS[key];
	if (!way) return null;
	const [dx, dy] = [way[0] * step.x, way[1] * step.y];
	const between = (least: number, value: number, most: number) => Math.max(least, Math.min(value, most));
	if (resize) {
		const width = between(Math.min(step.x, 1 - box.x), box.width + dx, 1 - box.x);
		const height = between(Math.min(step.y, 1 - box.y), box.height + dy, 1 - box.y);
		return { ...box, width, height };
	}
	return { ...box, x: between(0, box.x + dx, 1 - box.width), y: between(0, box.y + dy, 1 - box.height) };
}

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1]
};
