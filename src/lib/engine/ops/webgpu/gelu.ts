import { backend_util, util } from '@tensorflow/tfjs-core';
import { runProgram, webgpuKernel } from './kernel';

const WORKGROUP = 128;

/*
 * With erfc(z) = 1 - erf(z) for z >= 0, x / 2 * (1 + erf(x / sqrt 2)) is max(x, 0) - |x| / 2 * erfc(|x| / sqrt 2):
 * the same, but without a difference of nearly equal numbers where x is far below 0. erfc by Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 7.1.26: off by 1.5e-7 at most.
 */
export const GELU_OF = `
	fn geluOf(value: f32) -> f32 {
		let z = abs(value) * ${Math.SQRT1_2};
		let t = 1.0 / (1.0 + ${backend_util.ERF_P} * z);
		let series = ((((${backend_util.ERF_A5} * t + ${backend_util.ERF_A4}) * t + ${backend_util.ERF_A3}) * t
			+ ${backend_util.ERF_A2}) * t + ${backend_util.ERF_A1}) * t;
		return max(value, 0.0) - 0.5 * abs(value) * series * exp(-z * z);
	}
`;

const code = `
	${GELU_OF}
	fn main(index: i32) {
		if (index >= uniforms.size) { return; }
		result[index] = geluOf(x[index]);
	}
`;

/** The exact GELU of every element; any shape. */
export const geluKernel = webgpuKernel<'x'>('gelu', (backend, { x }) => {
	const program = {
		name: 'gelu',
		inputs: ['x'],
		outputShape: x.shape,
		workgroupSize: [WORKGROUP, 1, 1] as [number, number, number],
		workgroups: [Math.ceil(util.sizeFromShape(x.shape) / WORKGROUP), 1, 1] as [number, number, number],
		code
	};
	return runProgram(backend, program, [x]);
});
