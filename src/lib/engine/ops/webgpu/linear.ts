import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { GELU_OF } from './gelu';
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
		// The exponent is biased by 15 here and by 127 there, and its largest value means infinite or no number in both.
		let rebias = select(112u, 224u, magnitude >= 0x7c00u) << 23u;
		let normal = bitcast<f32>((magnitude << 13u) + rebias);
		let value = select(normal, f32(magnitude) * 0x1p-24, magnitude < 0x400u);
		return select(value, -value, (bits & 0x8000u) != 0u);
	}
`;

/** What becomes of the sum of a row and a column, and its bias, before it is stored. */
interface Ending {
	readonly name: string;
	/** A further operand, shaped as the result. */
	readonly input?: string;
	readonly functions?: string;
	/** The WGSL expression of what is stored. @param value that of the sum with its bias */
	readonly stored: (value: string) => string;
}

const AS_IT_IS: Ending = { name: '', stored: (value) => value };
const PLUS: Ending = {
	name: '_plus',
	input: 'plus',
	stored: (value) => `plus[row * uniforms.outShape.y + column] + (${value})`
};
const GELU: Ending = { name: '_gelu', functions: GELU_OF, stored: (value) => `geluOf(${value})` };

interface Variant {
	/** Whether the weight is of binary16 numbers, two in each of its elements. */
	readonly half: boolean;
	readonly hasBias: boolean;
	readonly ending: Ending;
}

function linearProgram({ half, hasBias, ending }: Variant): Pick<Program, 'name' | 'inputs' | 'code'> {
	return {
		name: `linear${half ? '_half' : ''}${hasBias ? '_bias' : ''}${ending.name}`,
		inputs: ['x', 'weight', ...(hasBias ? ['bias'] : []), ...(ending.input ? [ending.input] : [])],
		code: `
			${half ? HALF_WEIGHT : PLAIN_WEIGHT}
			${ending.functions ?? ''}
			${tiledProduct({
				rows: 'uniforms.outShape.x',
				columns: 'uniforms.outShape.y',
				inner: 'uniforms.xShape.y',
				left: 'x[row * uniforms.xShape.y + k]',
				right: 'weightAt(k * uniforms.outShape.y + column)',
				rightAlong: 'column',
				store: `result[row * uniforms.outShape.y + column] = ${ending.stored(hasBias ? 'sum + bias[column]' : 'sum')};`
			})}
		`
	};
}

/** Each variant's text is put together once. */
const programs = new Map<string, ReturnType<typeof linearProgram>>();

function programOf(variant: Variant): ReturnType<typeof linearProgram> {
	const key = `${variant.half} ${variant.hasBias} ${variant.ending.name}`;
	const program = programs.get(key) ?? linearProgram(variant);
	programs.set(key, program);
	return program;
}

interface Operands {
	readonly x: TensorInfo;
	readonly weight: TensorInfo;
	readonly bias?: TensorInfo | undefined;
	readonly plus?: TensorInfo | undefined;
}

function runLinear(
	backend: WebGPUBackend,
	{ x, weight, bias, plus }: Operands,
	outputs: number,
	ending: Ending
): TensorInfo {
	const rows = x.shape[0] ?? 0;
	// tfjs has no binary16: a weight of whole numbers is one that holds two in each.
	const program = programOf({ half: weight.dtype === 'int32', hasBias: bias !== undefined, ending });
	const sizes = {
		outputShape: [rows, outputs],
		workgroupSize: TILED_WORKGROUP,
		workgroups: tiledWorkgroups(rows, outputs)
	};
	const inputs = [x, weight, ...(bias ? [bias] : []), ...(plus ? [plus] : [])];
	return runProgram(backend, { ...program, ...sizes }, inputs);
}

/** `x @ weight + bias` in one program: (n, inputs), (inputs, outputs), (outputs) -> (n, outputs). */
export const linearKernel = webgpuKernel<'x' | 'weight' | 'bias'>('linear', (backend, operands) =>
	runLinear(backend, operands, operands.weight.shape[1] ?? 0, AS_IT_IS)
);

/** The same without a bias. */
export const linearWithoutBiasKernel = webgpuKernel<'x' | 'weight'>('linearWithoutBias', (backend, operands) =>
	runLinear(backend, operands, operands.weight.shape[1] ?? 0, AS_IT_IS)
);

/** The same by a weight of binary16 numbers, two in each of its elements; the bias may be left out. */
export const halfLinearKernel = webgpuKernel<'x' | 'weight', 'bias'>(
	'halfLinear',
	(backend, operands, { outputs = 0 }) => runLinear(backend, operands, outputs, AS_IT_IS)
);

/** `plus + (x @ weight + bias)` in one program, by either kind of weight. */
export const linearPlusKernel = webgpuKernel<'x' | 'weight' | 'bias' | 'plus'>(
	'linearPlus',
	(backend, operands, { outputs = 0 }) => runLinear(backend, operands, outputs, PLUS)
);

/** The exact GELU of `x @ weight + bias` in one program, by either kind of weight. */
export const linearGeluKernel = webgpuKernel<'x' | 'weight' | 'bias'>(
	'linearGelu',
	(backend, operands, { outputs = 0 }) => runLinear(backend, operands, outputs, GELU)
);
