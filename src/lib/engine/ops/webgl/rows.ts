import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runProgram } from './kernel';
import { asMatrices, INSIDE, readTexels, texelsFor } from './texels';

/*
 * A fragment shader can't share work between its invocations. So an operation on rows takes two programs: one that
 * sums each row up in two numbers (one invocation for two rows), and one that applies them to every element.
 */

/** An operation on the rows along the last axis of its first operand, `x`. */
interface RowOperation {
	/** Names of the further operands: vectors along the row. */
	readonly vectors: readonly string[];
	readonly uniforms: Readonly<Record<string, number>>;
	/**
	 * GLSL statements that leave a row's two numbers in `vec2 first` and `vec2 second`, each with one for either row of
	 * the texel. They read the row with `eachTexel`.
	 */
	readonly summary: string;
	/**
	 * A GLSL expression of the result at a texel, from `value`, the row's numbers `first` and `second`, and the further
	 * operands, all `vec4`.
	 */
	readonly result: string;
}

/** A GLSL loop over the texels of two rows: `value` is a texel, and `real` 1 where it is inside the row, else 0. */
export function eachTexel(statements: string): string {
	return `
		for (int k = 0; k < texelColumns; k++) {
			vec4 value = inside(xAt(texelRow, k), 0, k, 2, columns);
			vec4 real = inside(vec4(1.0), 0, k, 2, columns);
			${statements}
		}
	`;
}

/** Which row of texels of `x` a place of the result reads: matrices of a batch follow one another. */
const FIND_ROW = `
	ivec3 place = getOutputCoords();
	int texelRow = place.x * ((rows + 1) / 2) + place.y / 2;
`;

function summaryCode(summary: string): string {
	return `
		${INSIDE}
		${readTexels('x', 'texelColumns')}
		void main() {
			${FIND_ROW}
			${summary}
			setOutput(vec4(first.x, second.x, first.y, second.y));
		}
	`;
}

function resultCode(vectors: readonly string[], result: string): string {
	return `
		${INSIDE}
		${readTexels('x', 'texelColumns')}
		${readTexels('summary', '1')}
		${vectors.map((name) => readTexels(name, 'texelColumns')).join('')}
		void main() {
			${FIND_ROW}
			int texelColumn = place.z / 2;
			vec4 value = xAt(texelRow, texelColumn);
			vec4 both = summaryAt(texelRow, 0);
			vec4 first = both.xxzz;
			vec4 second = both.yyww;
			${vectors.map((name) => `vec4 ${name}Here = ${name}At(0, texelColumn).xyxy;`).join('')}
			setOutput(inside(${result}, place.y / 2, texelColumn, rows, columns));
		}
	`;
}

/** Runs an operation on rows; the result has x's shape. */
export function runRowOperation(
	backend: MathBackendWebGL,
	operation: RowOperation,
	[x, ...vectors]: [TensorInfo, ...TensorInfo[]]
): TensorInfo {
	const [batch, rows, columns] = asMatrices(x);
	const matrices = { ...x, shape: [batch, rows, columns] };
	const sizes = { rows, columns, texelColumns: texelsFor(columns) };
	const summary = runProgram(
		backend,
		{
			inputs: ['x'],
			outputShape: [batch, rows, 2],
			uniforms: { ...sizes, ...operation.uniforms },
			code: summaryCode(operation.summary)
		},
		[matrices]
	);
	const result = runProgram(
		backend,
		{
			inputs: ['x', 'summary', ...operation.vectors],
			outputShape: [batch, rows, columns],
			uniforms: sizes,
			code: resultCode(operation.vectors, operation.result)
		},
		[matrices, summary, ...vectors]
	);
	backend.disposeIntermediateTensorInfo(summary);
	return { ...result, shape: x.shape };
}
