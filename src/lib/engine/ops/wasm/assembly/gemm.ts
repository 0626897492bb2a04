import { FLOAT, multiplyAdd, VECTOR } from './lanes';

/*
 * c = a @ b * scale + bias, by the usual plan for matrix products (Goto and van de Geijn 2008, "Anatomy of
 * high-performance matrix multiplication"): b is copied, eight columns at a time, into a *panel* that lies in one
 * piece and stays in the nearest cache; then six rows of a at a time meet the panel, and the 6 x 8 *tile* of c that
 * they make is held in twelve vector registers from the first product to the last.
 */

const TILE_ROWS: i32 = 6;
const TILE_COLUMNS: i32 = 8;
/** Bytes of one row of a panel or of a tile in the scratch space. */
const ROW: usize = <usize>TILE_COLUMNS * FLOAT;

/** How many panels so many columns make. */
@inline
export function panelsOf(columns: i32): i32 {
	return (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
}

/** How many float32s of scratch space `gemm` needs for a product over `depth` terms. */
export function gemmScratch(depth: i32): i32 {
	return (1 + depth + TILE_ROWS) * TILE_COLUMNS;
}

/**
 * `c[i, j] = sum over k of a[i, k] * b[k, j] * scale + bias[j]`. All strides are in elements, so that each matrix may
 * be some columns of a wider one, and b may be transposed.
 * @param a (rows, depth), its rows `aStride` apart
 * @param b (depth, columns): rows `bStride` apart, columns `bColumnStride` apart
 * @param bias (columns), or 0 for none
 * @param c (rows, columns), its rows `cStride` apart; must not overlap a or b
 * @param from, to the panels of c that are made, eight columns each: what each number is does not hang on them
 * @param scratch room for `gemmScratch(depth)` float32s
 */
export function gemm(
	rows: i32,
	columns: i32,
	depth: i32,
	a: usize,
	aStride: i32,
	b: usize,
	bStride: i32,
	bColumnStride: i32,
	scale: f32,
	bias: usize,
	c: usize,
	cStride: i32,
	from: i32,
	to: i32,
	scratch: usize
): void {
	const panel = scratch;
	const spare = scratch + <usize>(1 + depth) * ROW;
	const end = min(columns, to * TILE_COLUMNS);
	for (let column = from * TILE_COLUMNS; column < end; column += TILE_COLUMNS) {
		const width = min(TILE_COLUMNS, columns - column);
		const source = b + <usize>(column * bColumnStride) * FLOAT;
		packBias(panel, bias ? bias + <usize>column * FLOAT : 0, width);
		if (width == TILE_COLUMNS && bColumnStride == 1) packWhole(panel + ROW, source, depth, bStride, scale);
		else packPart(panel + ROW, source, depth, bStride, bColumnStride, width, scale);

		for (let row = 0; row < rows; row += TILE_ROWS) {
			const height = min(TILE_ROWS, rows - row);
			const left = a + <usize>(row * aStride) * FLOAT;
			const made = c + <usize>(row * cStride + column) * FLOAT;
			if (height == TILE_ROWS && width == TILE_COLUMNS) {
				tile(left, aStride, height, depth, panel, made, <usize>cStride * FLOAT);
			} else {
				// A tile at the edge is made whole in the spare room, and the part of it that is asked for copied.
				tile(left, aStride, height, depth, panel, spare, ROW);
				copyPart(spare, made, height, width, cStride);
			}
		}
	}
}

/** A panel's first row: what the tile starts from. */
function packBias(panel: usize, bias: usize, width: i32): void {
	for (let j = 0; j < TILE_COLUMNS; j++) {
		store<f32>(panel + <usize>j * FLOAT, bias && j < width ? load<f32>(bias + <usize>j * FLOAT) : 0);
	}
}

/** A panel's other rows: eight neighbouring columns of b, times `scale`. */
function packWhole(panel: usize, b: usize, depth: i32, bStride: i32, scale: f32): void {
	const factor = f32x4.splat(scale);
	const step = <usize>bStride * FLOAT;
	for (let k = 0; k < depth; k++) {
		v128.store(panel, f32x4.mul(v128.load(b), factor));
		v128.store(panel, f32x4.mul(v128.load(b, VECTOR), factor), VECTOR);
		panel += ROW;
		b += step;
	}
}

/** The same for columns that are fewer or lie apart; the missing ones become 0. */
function packPart(panel: usize, b: usize, depth: i32, bStride: i32, bColumnStride: i32, width: i32, scale: f32): void {
	for (let k = 0; k < depth; k++) {
		for (let j = 0; j < TILE_COLUMNS; j++) {
			const value = j < width ? load<f32>(b + <usize>(k * bStride + j * bColumnStride) * FLOAT) * scale : 0;
			store<f32>(panel + <usize>j * FLOAT, value);
		}
		panel += ROW;
	}
}

function copyPart(from: usize, to: usize, height: i32, width: i32, toStride: i32): void {
	for (let i = 0; i < height; i++) {
		for (let j = 0; j < width; j++) {
			store<f32>(to + <usize>(i * toStride + j) * FLOAT, load<f32>(from + <usize>(i * TILE_COLUMNS + j) * FLOAT));
		}
	}
}

/**
 * Six rows of a times a panel. When fewer than six are left the last one stands in for those that are missing.
 * @param cStep bytes from one row of c to the next
 */
function tile(a0: usize, aStride: i32, height: i32, depth: i32, panel: usize, c: usize, cStep: usize): void {
	const step = <usize>aStride * FLOAT;
	let a1 = height > 1 ? a0 + step : a0;
	let a2 = height > 2 ? a1 + step : a1;
	let a3 = height > 3 ? a2 + step : a2;
	let a4 = height > 4 ? a3 + step : a3;
	let a5 = height > 5 ? a4 + step : a4;

	const left = v128.load(panel);
	const right = v128.load(panel, VECTOR);
	let l0 = left, r0 = right;
	let l1 = left, r1 = right;
	let l2 = left, r2 = right;
	let l3 = left, r3 = right;
	let l4 = left, r4 = right;
	let l5 = left, r5 = right;

	const end = panel + <usize>depth * ROW;
	while (panel != end) {
		panel += ROW;
		const l = v128.load(panel);
		const r = v128.load(panel, VECTOR);
		const x0 = v128.load32_splat(a0);
		l0 = multiplyAdd(x0, l, l0);
		r0 = multiplyAdd(x0, r, r0);
		const x1 = v128.load32_splat(a1);
		l1 = multiplyAdd(x1, l, l1);
		r1 = multiplyAdd(x1, r, r1);
		const x2 = v128.load32_splat(a2);
		l2 = multiplyAdd(x2, l, l2);
		r2 = multiplyAdd(x2, r, r2);
		const x3 = v128.load32_splat(a3);
		l3 = multiplyAdd(x3, l, l3);
		r3 = multiplyAdd(x3, r, r3);
		const x4 = v128.load32_splat(a4);
		l4 = multiplyAdd(x4, l, l4);
		r4 = multiplyAdd(x4, r, r4);
		const x5 = v128.load32_splat(a5);
		l5 = multiplyAdd(x5, l, l5);
		r5 = multiplyAdd(x5, r, r5);
		a0 += FLOAT;
		a1 += FLOAT;
		a2 += FLOAT;
		a3 += FLOAT;
		a4 += FLOAT;
		a5 += FLOAT;
	}

	storeRow(c, l0, r0);
	storeRow((c += cStep), l1, r1);
	storeRow((c += cStep), l2, r2);
	storeRow((c += cStep), l3, r3);
	storeRow((c += cStep), l4, r4);
	storeRow((c += cStep), l5, r5);
}

@inline
function storeRow(c: usize, left: v128, right: v128): void {
	v128.store(c, left);
	v128.store(c, right, VECTOR);
}
