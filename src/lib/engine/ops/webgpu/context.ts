import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runProgram, webgpuKernel } from './kernel';
import { TILED_WORKGROUP, tiledProduct, tiledWorkgroups } from './tiled-product';

/*
 * The values of a head are read from their columns of qkv, and the result goes straight to the head's own columns. The
 * batch is as in `scores.ts`.
 */
const code = (window: string, head: string) =>
	tiledProduct({
		rows: 'uniforms.tokens',
		columns: 'uniforms.headSize',
		inner: 'uniforms.tokens',
		left: 'weights[(batch * uniforms.tokens + row) * uniforms.tokens + k]',
		right: `qkv[(${window} * uniforms.tokens + k) * uniforms.qkvShape.y + (2 * uniforms.heads + ${head}) * uniforms.headSize + column]`,
		rightAlong: 'column',
		store: `result[((${window} * uniforms.tokens + row) * uniforms.heads + ${head}) * uniforms.headSize + column] = sum;`
	});

const WHOLE = { name: 'context', code: code('0', 'batch') };
const IN_WINDOWS = { name: 'window_context', code: code('(batch / uniforms.heads)', '(batch % uniforms.heads)') };

function runContext(
	backend: WebGPUBackend,
	[weights, qkv]: [weights: TensorInfo, qkv: TensorInfo],
	{ windows, heads }: { readonly windows: number; readonly heads: number },
	program: typeof WHOLE
): TensorInfo {
	const [rows = 0, width = 0] = qkv.shape;
	const [n, size] = [rows / windows, width / 3 / heads];
	const sizes = {
		inputs: ['weights', 'qkv'],
		outputShape: [rows, heads * size],
		workgroupSize: TILED_WORKGROUP,
		workgroups: tiledWorkgroups(n, size, windows * heads),
		uniforms: 'heads : i32, headSize : i32, tokens : i32,'
	};
	return runProgram(
		backend,
		{ ...program, ...sizes },
		[weights, qkv],
		[heads, size, n].map((value) => ({ type: 'int32', data: [value] }))
	);
}

/** Each head's values weighted by its attention: (heads, n, n), (n, 3 * heads * size) -> (n, heads * size). */
export const contextKernel = webgpuKernel<'weights' | 'qkv'>('context', (backend, { weights, qkv }, { heads = 1 }) =>
	runContext(backend, [weights, qkv], { windows: 1, heads }, WHOLE)
);

/** The same inside each window: (windows, heads, n, n), (windows * n, 3 * heads * size) -> (windows * n, heads * size). */
export const windowContextKernel = webgpuKernel<'weights' | 'qkv'>(
	'windowContext',
	(backend, { weights, qkv }, { windows = 1, heads = 1 }) =>
		runContext(backend, [weights, qkv], { windows, heads }, IN_WINDOWS)
);
