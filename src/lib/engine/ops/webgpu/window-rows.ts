import { util } from '@tensorflow/tfjs-core';
import { CUT_NUMBERS, findRow, rowsOf, type Direction } from '../window-rows';
import { runProgram, webgpuKernel } from './kernel';

const WORKGROUP = 128;

function kernel(direction: Direction) {
	const code = `
		fn rowOf(row: i32) -> i32 { ${findRow[direction]({ whole: 'let', cut: 'uniforms.' })} }
		fn main(index: i32) {
			if (index >= uniforms.size) { return; }
			let features = uniforms.xShape.y;
			let row = rowOf(index / features);
			var value = 0.0;
			if (row >= 0) { value = x[row * features + index % features]; }
			result[index] = value;
		}
	`;
	return webgpuKernel<'x'>(direction, (backend, { x }, attrs) => {
		const outputShape = [rowsOf[direction](attrs), x.shape[1] ?? 0];
		const program = {
			name: direction,
			inputs: ['x'],
			outputShape,
			workgroupSize: [WORKGROUP, 1, 1] as [number, number, number],
			workgroups: [Math.ceil(util.sizeFromShape(outputShape) / WORKGROUP), 1, 1] as [number, number, number],
			uniforms: CUT_NUMBERS.map((name) => `${name} : i32,`).join(' '),
			code
		};
		const numbers = CUT_NUMBERS.map((name) => ({ type: 'int32' as const, data: [attrs[name] ?? 0] }));
		return runProgram(backend, program, [x], numbers);
	});
}

/** The tokens of a map window by window: (rows * columns, features) -> (windows * area, features). */
export const toWindowsKernel = kernel('toWindows');

/** What undoes it. */
export const fromWindowsKernel = kernel('fromWindows');
