import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runProgram, webgpuKernel } from './kernel';
import { TILED_WORKGROUP, tiledProduct, tiledWorkgroups } from './tiled-product';

/*
 * A row of qkv holds the query of every head, then the key of every head, then the values. The batch is the head; or the
 * window, whose tokens lie together, and in it the head.
 */
const code = (window: string, head: string) =>
	tiledProduct({
		rows: 'uniforms.tokens',
		columns: 'uniforms.tokens',
		inner: 'uniforms.headSize',
		left: `qkv[(${window} * uniforms.tokens + row) * uniforms.qkvShape.y + ${head} * uniforms.headSize + k]`,
		right: `qkv[(${window} * uniforms.tokens + column) * uniforms.qkvShape.y + (uniforms.heads + ${head}) * uniforms.headSize + k]`,
		rightAlong: 'k',
		store: 'result[(batch * uniforms.tokens + row) * uniforms.tokens + column] = sum * uniforms.scale;'
	});

const WHOLE = { name: 'scores', code: code('0', 'batch') };
const IN_WINDOWS = { name: 'window_scores', code: code('(batch / uniforms.heads)', '(batch % uniforms.heads)') };

function runScores(
	backend: WebGPUBackend,
	qkv: TensorInfo,
	{ windows, heads }: { readonly windows: number; readonly heads: number },
	program: typeof WHOLE,
	outer: readonly number[]
): TensorInfo {
	const [rows = 0, width = 0] = qkv.shape;
	const [n, size] = [rows / windows, width / 3 / heads];
	const sizes = {
		inputs: ['qkv'],
		outputShape: [...outer, n, n],
		workgroupSize: TILED_WORKGROUP,
		workgroups: tiledWorkgroups(n, n, windows * heads),
		uniforms: 'heads : i32, headSize : i32, tokens : i32, scale : f32,'
	};
	return runProgram(
		backend,
		{ ...program, ...sizes },
		[qkv],
		[
			{ type: 'int32', data: [heads] },
			{ type: 'int32', data: [size] },
			{ type: 'int32', data: [n] },
			{ type: 'float32', data: [1 / Math.sqrt(size)] }
		]
	);
}

/** Scaled dot products of queries and keys, read where they lie: (n, 3 * heads * size) -> (heads, n, n). */
export const scoresKernel = webgpuKernel<'qkv'>('scores', (backend, { qkv }, { heads = 1 }) =>
	runScores(backend, qkv, { windows: 1, heads }, WHOLE, [heads])
);

/** The same inside each window: (windows * n, 3 * heads * size) -> (windows, heads, n, n). */
export const windowScoresKernel = webgpuKernel<'qkv'>('windowScores', (backend, { qkv }, { windows = 1, heads = 1 }) =>
	runScores(backend, qkv, { windows, heads }, IN_WINDOWS, [windows, heads])
);
