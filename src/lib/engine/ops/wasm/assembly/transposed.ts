import { FLOAT, LANES, multiplyAdd, STRIPE, VECTOR, wholeVectors } from './lanes';

/*
 * c = a^T @ b * scale, of matrices that both have far more rows than columns, as a gradient with respect to a weight is
 * made: the sum over all rows of what each row of a makes with its row of b. Some rows at a time stay in the nearest cache,
 * and a tile of c stays in vector registers while they pass.
 */

const TILE_ROWS: i32 = 6;
const TILE_COLUMNS: i32 = 8;
/** Rows of a and b that pass before the next tile of c is made. */
const BLOCK: i32 = 64;

/**
 * `c[i, j] = sum over k of a[k, i] * b[k, j] * scale`, in addition to what is there where `adds` says so.
 * @param a (depth, rows), its rows `aStride` apart
 * @param b (depth, columns), its rows `bStride` apart
 * @param c (rows, columns), its rows `cStride` apart; must not overlap a or b
 * @param from, to the bands of c that are made, six rows each: what each number is does not hang on them
 */
export function gemmTransposed(
	rows: i32,
	columns: i32,
	depth: i32,
	a: usize,
	aStride: i32,
	b: usize,
	bStride: i32,
	scale: f32,
	c: usize,
	cStride: i32,
	adds: i32,
	from: i32,
	to: i32
): void {
	const start = from * TILE_ROWS;
	const end = min(rows, to * TILE_ROWS);
	if (!adds) clear(c + <usize>(start * cStride) * FLOAT, end - start, columns, cStride);
	for (let first = 0; first < depth; first += BLOCK) {
		const count = min(BLOCK, depth - first);
		const left = a + <usize>(first * aStride) * FLOAT;
		const right = b + <usize>(first * bStride) * FLOAT;
		for (let row = start; row < end; row += TILE_ROWS) {
			const height = min(TILE_ROWS, end - row);
			const made = c + <usize>(row * cStride) * FLOAT;
			band(height, columns, count, left + <usize>row * FLOAT, aStride, right, bStride, scale, made, cStride);
		}
	}
}

function clear(c: usize, rows: i32, columns: i32, cStride: i32): void {
	for (let row = 0; row < rows; row++) {
		const line = c + <usize>(row * cStride) * FLOAT;
		for (let column = 0; column < columns; column++) store<f32>(line + <usize>column * FLOAT, 0);
	}
}

/** At most six rows of c: whole tiles first, then what is left, four columns or one at a time. */
function band(
	height: i32,
	columns: i32,
	count: i32,
	a: usize,
	aStride: i32,
	b: usize,
	bStride: i32,
	scale: f32,
	c: usize,
	cStride: i32
): void {
	let column = 0;
	if (height == TILE_ROWS) {
		for (; column + TILE_COLUMNS <= columns; column += TILE_COLUMNS) {
			const at = <usize>column * FLOAT;
			tile(count, a, aStride, b + at, bStride, scale, c + at, cStride);
		}
	}
	for (; column + LANES <= columns; column += LANES) {
		const at = <usize>column * FLOAT;
		for (let row: usize = 0; row < <usize>height; row++) {
			quarter(count, a + row * FLOAT, aStride, b + at, bStride, scale, c + at + row * <usize>cStride * FLOAT);
		}
	}
	for (; column < columns; column++) {
		const at = <usize>column * FLOAT;
		for (let row: usize = 0; row < <usize>height; row++) {
			single(count, a + row * FLOAT, aStride, b + at, bStride, scale, c + at + row * <usize>cStride * FLOAT);
		}
	}
}

function tile(count: i32, a: usize, aStride: i32, b: usize, bStride: i32, scale: f32, c: usize, cStride: i32): void {
	const zero = f32x4.splat(0);
	let l0 = zero, r0 = zero;
	let l1 = zero, r1 = zero;
	let l2 = zero, r2 = zero;
	let l3 = zero, r3 = zero;
	let l4 = zero, r4 = zero;
	let l5 = zero, r5 = zero;
	const aStep = <usize>aStride * FLOAT;
	const bStep = <usize>bStride * FLOAT;
	for (let k = 0; k < count; k++) {
		const l = v128.load(b);
		const r = v128.load(b, VECTOR);
		const x0 = v128.load32_splat(a);
		l0 = multiplyAdd(x0, l, l0);
		r0 = multiplyAdd(x0, r, r0);
		const x1 = v128.load32_splat(a, 4);
		l1 = multiplyAdd(x1, l, l1);
		r1 = multiplyAdd(x1, r, r1);
		const x2 = v128.load32_splat(a, 8);
		l2 = multiplyAdd(x2, l, l2);
		r2 = multiplyAdd(x2, r, r2);
		const x3 = v128.load32_splat(a, 12);
		l3 = multiplyAdd(x3, l, l3);
		r3 = multiplyAdd(x3, r, r3);
		const x4 = v128.load32_splat(a, 16);
		l4 = multiplyAdd(x4, l, l4);
		r4 = multiplyAdd(x4, r, r4);
		const x5 = v128.load32_splat(a, 20);
		l5 = multiplyAdd(x5, l, l5);
		r5 = multiplyAdd(x5, r, r5);
		a += aStep;
		b += bStep;
	}
	const factor = f32x4.splat(scale);
	const step = <usize>cStride * FLOAT;
	addRow(c, l0, r0, factor);
	addRow((c += step), l1, r1, factor);
	addRow((c += step), l2, r2, factor);
	addRow((c += step), l3, r3, factor);
	addRow((c += step), l4, r4, factor);
	addRow((c += step), l5, r5, factor);
}

@inline
function addRow(c: usize, left: v128, right: v128, factor: v128): void {
	v128.store(c, multiplyAdd(left, factor, v128.load(c)));
	v128.store(c, multiplyAdd(right, factor, v128.load(c, VECTOR)), VECTOR);
}

/** Four neighbouring numbers of one row of c. */
function quarter(count: i32, a: usize, aStride: i32, b: usize, bStride: i32, scale: f32, c: usize): void {
	let sum = f32x4.splat(0);
	for (let k = 0; k < count; k++) {
		sum = multiplyAdd(v128.load32_splat(a), v128.load(b), sum);
		a += <usize>aStride * FLOAT;
		b += <usize>bStride * FLOAT;
	}
	v128.store(c, multiplyAdd(sum, f32x4.splat(scale), v128.load(c)));
}

/** One number of c. */
function single(count: i32, a: usize, aStride: i32, b: usize, bStride: i32, scale: f32, c: usize): void {
	let sum: f32 = 0;
	for (let k = 0; k < count; k++) {
		sum += load<f32>(a) * load<f32>(b);
		a += <usize>aStride * FLOAT;
		b += <usize>bStride * FLOAT;
	}
	store<f32>(c, load<f32>(c) + sum * scale);
}

/**
 * `y[j] = sum over the rows of x[i, j]`.
 * @param x (rows, length)
 * @param y (length)
 * @param from, to the stripes of y that are made, sixteen numbers each
 */
export function columnSums(x: usize, y: usize, rows: i32, length: i32, from: i32, to: i32): void {
	const bytes = <usize>length * FLOAT;
	const start = <usize>(from * STRIPE) * FLOAT;
	const end = <usize>min(length, to * STRIPE) * FLOAT;
	const vectors = wholeVectors(start, end);
	for (let at = start; at < end; at += FLOAT) store<f32>(y + at, 0);
	for (let row = 0; row < rows; row++) {
		for (let at = start; at < vectors; at += VECTOR) {
			v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(x + at)));
		}
		for (let at = vectors; at < end; at += FLOAT) store<f32>(y + at, load<f32>(y + at) + load<f32>(x + at));
		x += bytes;
	}
}
