import { util, type TensorInfo } from '@tensorflow/tfjs-core';

/*
 * tfjs packs tensors: a texel holds 2 x 2 neighbours of a matrix, in the order
 *   x y   (row 2r,     columns 2c and 2c + 1)
 *   z w   (row 2r + 1, columns 2c and 2c + 1),
 * and the texels of all matrices of a batch follow one another, row by row. Where a matrix has an odd side, half of its
 * last texels lies outside. Nothing promises what is in there, so our programs read it as 0 and leave 0 in it.
 * In these programs rows and columns of texels are called `texelRow` and `texelColumn`.
 */

/** How many texels a side of this length takes. */
export function texelsFor(side: number): number {
	return Math.ceil(side / 2);
}

/** A tensor as a batch of matrices: (batch, rows, columns). A different view of the same texels. */
export function asMatrices({ shape }: TensorInfo): [batch: number, rows: number, columns: number] {
	const rows = shape.at(-2) ?? 1;
	const columns = shape.at(-1) ?? 1;
	return [util.sizeFromShape(shape.slice(0, -2)), rows, columns];
}

/**
 * GLSL functions `<name>At(texelRow, texelColumn)`, which reads a texel of the texture `<name>`, and
 * `<name>IsDirect()`, which tells whether that is where the texture has it. It is, unless tfjs folded the texture
 * because it would be too long or too narrow. The accessors that tfjs writes itself divide for every texel as soon as a
 * side is odd, as with 197 tokens.
 * @param perRow GLSL expression: the texels in a row of the matrix
 */
export function readTexels(name: string, perRow: string): string {
	return `
		bool ${name}IsDirect() { return textureSize(${name}, 0).x == ${perRow}; }
		vec4 ${name}At(int texelRow, int texelColumn) {
			if (${name}IsDirect()) return texelFetch(${name}, ivec2(texelColumn, texelRow), 0);
			int width = textureSize(${name}, 0).x;
			int index = texelRow * ${perRow} + texelColumn;
			return texelFetch(${name}, ivec2(index % width, index / width), 0);
		}
	`;
}

/** A GLSL function that sets to 0 what lies outside a matrix of `rows` x `columns`. */
export const INSIDE = `
	vec4 inside(vec4 value, int texelRow, int texelColumn, int rows, int columns) {
		bvec2 isRow = lessThan(2 * ivec2(texelRow) + ivec2(0, 1), ivec2(rows));
		bvec2 isColumn = lessThan(2 * ivec2(texelColumn) + ivec2(0, 1), ivec2(columns));
		bvec4 isInside = bvec4(
			isRow.x && isColumn.x, isRow.x && isColumn.y, isRow.y && isColumn.x, isRow.y && isColumn.y
		);
		return mix(vec4(0.0), value, isInside);
	}
`;
