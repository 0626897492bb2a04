import { CUT_NUMBERS, findRow, rowsOf, type Direction } from '../window-rows';
import { runProgram, webglKernel } from './kernel';
import { INSIDE, readTexels, texelsFor } from './texels';

function kernel(direction: Direction) {
	const code = `
		${INSIDE}
		${readTexels('x', 'texelColumns')}
		int rowOf(int row) { ${findRow[direction]({ whole: 'int', cut: '' })} }
		vec2 numbersAt(int row, int texelColumn) {
			if (row < 0) return vec2(0.0);
			vec4 both = xAt(row / 2, texelColumn);
			return row % 2 == 0 ? both.xy : both.zw;
		}
		void main() {
			ivec2 place = getOutputCoords() / 2;
			vec2 upper = numbersAt(rowOf(2 * place.x), place.y);
			vec2 lower = numbersAt(rowOf(2 * place.x + 1), place.y);
			setOutput(inside(vec4(upper, lower), place.x, place.y, rows, columns));
		}
	`;
	return webglKernel<'x'>(direction, (backend, { x }, attrs) => {
		const [rows, columns] = [rowsOf[direction](attrs), x.shape[1] ?? 0];
		const cut = Object.fromEntries(CUT_NUMBERS.map((name) => [name, attrs[name] ?? 0]));
		const uniforms = { ...cut, rows, columns, texelColumns: texelsFor(columns) };
		return runProgram(backend, { inputs: ['x'], outputShape: [rows, columns], uniforms, code }, [x]);
	});
}

/** The tokens of a map window by window: (rows * columns, features) -> (windows * area, features). */
export const toWindowsKernel = kernel('toWindows');

/** What undoes it. */
export const fromWindowsKernel = kernel('fromWindows');
