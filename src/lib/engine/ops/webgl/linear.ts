import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { GELU_OF } from './gelu';
import { runProgram, webglKernel } from './kernel';
import { texelProduct } from './product';
import { INSIDE, readTexels, texelsFor } from './texels';

/** What becomes of a texel of sums, with their biases, before it is stored. */
interface Ending {
	/** Further operands, shaped as the result. */
	readonly inputs: readonly string[];
	readonly functions: string;
	/** The GLSL expression of what is stored, from `sum`. */
	readonly stored: string;
}

const AS_IT_IS: Ending = { inputs: [], functions: '', stored: 'sum' };
const PLUS: Ending = {
	inputs: ['plus'],
	functions: readTexels('plus', 'texelColumns'),
	stored: 'plusAt(texelRow, texelColumn) + sum'
};
const GELU: Ending = { inputs: [], functions: GELU_OF, stored: 'geluOf(sum)' };

function code(inner: number, { functions, stored }: Ending): string {
	return `
		${INSIDE}
		${readTexels('x', `${texelsFor(inner)}`)}
		${readTexels('weight', 'texelColumns')}
		${readTexels('bias', 'texelColumns')}
		${functions}
		void main() {
			ivec2 place = getOutputCoords() / 2;
			int texelRow = place.x;
			int texelColumn = place.y;
			${texelProduct({
				inner,
				left: { name: 'x', texelRow: 'texelRow', texelColumn: 'k' },
				right: { name: 'weight', texelRow: 'k', texelColumn: 'texelColumn' },
				rightInner: 'rows'
			})}
			sum += biasAt(0, texelColumn).xyxy;
			setOutput(inside(${stored}, texelRow, texelColumn, rows, columns));
		}
	`;
}

/** @param operands in the order of the program's inputs: x, weight, bias, and what the ending takes besides */
function runLinear(
	backend: MathBackendWebGL,
	[x, weight, ...others]: readonly [x: TensorInfo, weight: TensorInfo, ...others: TensorInfo[]],
	ending: Ending
): TensorInfo {
	const [rows = 0, inner = 0] = x.shape;
	const [, columns = 0] = weight.shape;
	const program = {
		inputs: ['x', 'weight', 'bias', ...ending.inputs],
		outputShape: [rows, columns],
		uniforms: { rows, columns, texelColumns: texelsFor(columns) },
		code: code(inner, ending)
	};
	return runProgram(backend, program, [x, weight, ...others]);
}

/** `x @ weight + bias` in one program: (n, inputs), (inputs, outputs), (outputs) -> (n, outputs). */
export const linearKernel = webglKernel<'x' | 'weight' | 'bias'>('linear', (backend, { x, weight, bias }) =>
	runLinear(backend, [x, weight, bias], AS_IT_IS)
);

/** `plus + (x @ weight + bias)` in one program. */
export const linearPlusKernel = webglKernel<'x' | 'weight' | 'bias' | 'plus'>(
	'linearPlus',
	(backend, { x, weight, bias, plus }) => runLinear(backend, [x, weight, bias, plus], PLUS)
);

/** The exact GELU of `x @ weight + bias` in one program. */
export const linearGeluKernel = webglKernel<'x' | 'weight' | 'bias'>('linearGelu', (backend, { x, weight, bias }) =>
	runLinear(backend, [x, weight, bias], GELU)
);
