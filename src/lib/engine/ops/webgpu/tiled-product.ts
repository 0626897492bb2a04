/*
 * One matrix product serves the linear layers, the attention scores and the context; they differ only in where the
 * operands lie. A workgroup of 8 x 8 computes a tile of 32 x 32 results, each invocation 4 x 4 of them. The operands
 * are brought into workgroup memory 32 deep at a time, so each number is read from memory once a tile instead of 32
 * times, and from workgroup memory as vectors: 2 reads for 16 multiply-adds.
 */

/** Side of a tile of results. */
const TILE = 32;
/** How much of the inner dimension is in workgroup memory at a time. */
const DEPTH = 32;
/** Vectors of four in a tile's side, and one more so that neighbouring rows start in different memory banks. */
const STRIDE = TILE / 4 + 1;

export const TILED_WORKGROUP: [number, number, number] = [TILE / 4, TILE / 4, 1];

/** The workgroups for a product of this size. */
export function tiledWorkgroups(rows: number, columns: number, batch = 1): [number, number, number] {
	return [Math.ceil(columns / TILE), Math.ceil(rows / TILE), batch];
}

/** WGSL expressions and statements that say what is multiplied. All may use `batch`; all numbers are `i32` or `f32`. */
interface TiledProduct {
	/** Sizes of the result and of the dimension that is summed over. */
	readonly rows: string;
	readonly columns: string;
	readonly inner: string;
	/** The left operand at `row`, `k`. */
	readonly left: string;
	/** The right operand at `k`, `column`. */
	readonly right: string;
	/** Along which of its indices the right operand is contiguous in memory. */
	readonly rightAlong: 'k' | 'column';
	/** Statement that stores `sum` of `row`, `column`. */
	readonly store: string;
}

/** Which vector of the tile an invocation fetches: neighbours take neighbouring addresses, whichever way they run. */
const FETCH_ORDER = {
	k: `let k = i % ${DEPTH}; let group = i / ${DEPTH};`,
	column: `let k = i / ${TILE / 4}; let group = i % ${TILE / 4};`
};

/** Four neighbouring elements of an operand, as a vector. */
function fourOf(name: string, first: string, second: (offset: number) => string): string {
	return `vec4<f32>(${[0, 1, 2, 3].map((i) => `${name}(batch, ${first}, ${second(i)})`).join(', ')})`;
}

/** The WGSL of a tiled product. */
export function tiledProduct({ rows, columns, inner, left, right, rightAlong, store }: TiledProduct): string {
	const leftVector = fourOf('leftAt', 'start + k', (i) => `firstRow + 4 * group + ${i}`);
	const rightVector = fourOf('rightAt', 'start + k', (i) => `firstColumn + 4 * group + ${i}`);
	const vectors = (TILE / 4) * DEPTH;
	const invocations = TILED_WORKGROUP[0] * TILED_WORKGROUP[1];
	return `
		// [k][four rows] and [k][four columns]
		var<workgroup> leftTile: array<array<vec4<f32>, ${STRIDE}>, ${DEPTH}>;
		var<workgroup> rightTile: array<array<vec4<f32>, ${STRIDE}>, ${DEPTH}>;

		fn leftAt(batch: i32, k: i32, row: i32) -> f32 {
			if (row >= ${rows} || k >= ${inner}) { return 0.0; }
			return ${left};
		}
		fn rightAt(batch: i32, k: i32, column: i32) -> f32 {
			if (column >= ${columns} || k >= ${inner}) { return 0.0; }
			return ${right};
		}
		fn storeFour(batch: i32, row: i32, firstColumn: i32, sums: vec4<f32>) {
			if (row >= ${rows}) { return; }
			for (var i = 0; i < 4; i++) {
				let column = firstColumn + i;
				let sum = sums[i];
				if (column < ${columns}) { ${store} }
			}
		}

		fn main() {
			let batch = i32(workgroupId.z);
			let firstRow = i32(workgroupId.y) * ${TILE};
			let firstColumn = i32(workgroupId.x) * ${TILE};
			var sums0 = vec4<f32>(0.0);
			var sums1 = vec4<f32>(0.0);
			var sums2 = vec4<f32>(0.0);
			var sums3 = vec4<f32>(0.0);

			for (var start = 0; start < ${inner}; start += ${DEPTH}) {
				for (var i = i32(localIndex); i < ${vectors}; i += ${invocations}) {
					${FETCH_ORDER.k}
					leftTile[k][group] = ${leftVector};
				}
				for (var i = i32(localIndex); i < ${vectors}; i += ${invocations}) {
					${FETCH_ORDER[rightAlong]}
					rightTile[k][group] = ${rightVector};
				}
				workgroupBarrier();
				for (var k = 0; k < ${DEPTH}; k++) {
					let l = leftTile[k][localId.y];
					let r = rightTile[k][localId.x];
					sums0 += l.x * r;
					sums1 += l.y * r;
					sums2 += l.z * r;
					sums3 += l.w * r;
				}
				workgroupBarrier();
			}

			let row = firstRow + 4 * i32(localId.y);
			let column = firstColumn + 4 * i32(localId.x);
			storeFour(batch, row, column, sums0);
			storeFour(batch, row + 1, column, sums1);
			storeFour(batch, row + 2, column, sums2);
			storeFour(batch, row + 3, column, sums3);
		}
	`;
}
