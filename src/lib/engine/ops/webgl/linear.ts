import { runProgram, webglKernel } from './kernel';
import { texelProduct } from './product';
import { INSIDE, readTexels, texelsFor } from './texels';

function code(inner: number): string {
	return `
		${INSIDE}
		${readTexels('x', `${texelsFor(inner)}`)}
		${readTexels('weight', 'texelColumns')}
		${readTexels('bias', 'texelColumns')}
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
			setOutput(inside(sum, texelRow, texelColumn, rows, columns));
		}
	`;
}

/** `x @ weight + bias` in one program: (n, inputs), (inputs, outputs), (outputs) -> (n, outputs). */
export const linearKernel = webglKernel<'x' | 'weight' | 'bias'>('linear', (backend, { x, weight, bias }) => {
	const [rows = 0, inner = 0] = x.shape;
	const [, columns = 0] = weight.shape;
	const program = {
		inputs: ['x', 'weight', 'bias'],
		outputShape: [rows, columns],
		uniforms: { rows, columns, texelColumns: texelsFor(columns) },
		code: code(inner)
	};
	return runProgram(backend, program, [x, weight, bias]);
});
