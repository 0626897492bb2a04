import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runProgram, webgpuKernel, type Program } from './kernel';
import { TILED_WORKGROUP, tiledProduct, tiledWorkgroups } from './tiled-product';

/** A function for the weight's element `i`, row-major. */
const PLAIN_WEIGHT = 'fn weightAt(i: i32) -> f32 { return weight[i]; }';

/**
 * The same where two binary16 numbers lie in each element. `unpack2x16float` would do it, but a GPU may give zero for
 * subnormal numbers (WGSL, section 15.7.2), and trained models have such weights; this gives all of them exactly.
 */
const HALF_WEIGHT = `
	fn weightAt(i: i32) -> f32 {
		let bits = u32(weight[i / 2]) >> (16u * u32(i % 2));
		let magnitude = bits & 0x7fffu;
		// The exponent's bias is 15 here and 127 there, and its largest value means infinite or no number in both.
		let rebias = select(112u, 224u, magnitude >= 0x7c00u) << 23u;
		let normal = bitcast<f32>((magnitude << 13u) + rebias);
		let value = select(normal, f32(magnitude) * 0x1p-24, magnitude < 0x400u);
		return select(value, -value, (bits & 0x8000u) != 0u);
	}
`;

/** @param weight declares `weightAt` @param bias what is added to the sum of a column */
function linearCode(weight: string, bias: string): string {
	return `
		${weight}
		${tiledProduct({
			rows: 'uniforms.outShape.x',
			columns: 'uniforms.outShape.y',
			inner: 'uniforms.xShape.y',
			left: 'x[row * uniforms.xShape.y + k]',
			right: 'weightAt(k * uniforms.outShape.y + column)',
			rightAlong: 'column',
			store: `result[row * uniforms.outShape.y + column] = sum${bias};`
		})}
	`;
}

type LinearProgram = Pick<Program, 'name' | 'inputs' | 'code'>;

/** @param inputs `x` first */
function runLinear(backend: WebGPUBackend, program: LinearProgram, inputs: TensorInfo[], outputs: number): TensorInfo {
	const rows = inputs[0]?.shape[0] ?? 0;
	const sizes = {
		outputShape: [rows, outputs],
		workgroupSize: TILED_WORKGROUP,
		workgroups: tiledWorkgroups(rows, outputs)
	};
	return runProgram(backend, { ...program, ...sizes }, inputs);
}

const WITH_BIAS = ['x', 'weight', 'bias'];
const PLAIN = { name: 'linear', inputs: WITH_BIAS, code: linearCode(PLAIN_WEIGHT, ' + bias[column]') };
const HALF = { name: 'half_linear', inputs: WITH_BIAS, code: linearCode(HALF_WEIGHT, ' + bias[column]') };
const HALF_WITHOUT_BIAS = {
	name: 'half_linear_without_bias',
	inputs: ['x', 'weight'],
	code: linearCode(HALF_WEIGHT, '')
};

/** `x @ weight + bias` in one program: (n, inputs), (inputs, outputs), (outputs) -> (n, outputs). */
export const linearKernel = webgpuKernel<'x' | 'weight' | 'bias'>('linear', (backend, { x, weight, bias }) =>
	runLinear(backend, PLAIN, [x, weight, bias], weight.shape[1] ?? 0)
);

/** The same by a weight of binary16 numbers, two in each of its elements; the bias may be left out. */
export const halfLinearKernel = webgpuKernel<'x' | 'weight', 'bias'>(
	'halfLinear',
	(backend, { x, weight, bias }, { outputs = 0 }) =>
		bias
			? runLinear(backend, HALF, [x, weight, bias], outputs)
			: runLinear(backend, HALF_WITHOUT_BIAS, [x, weight], outputs)
);
