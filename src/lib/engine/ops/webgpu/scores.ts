import { runProgram, webgpuKernel } from './kernel';
import { TILED_WORKGROUP, tiledProduct, tiledWorkgroups } from './tiled-product';

// A row of qkv holds the query of every head, then the key of every head, then the values. The batch is the head.
const code = tiledProduct({
	rows: 'uniforms.qkvShape.x',
	columns: 'uniforms.qkvShape.x',
	inner: 'uniforms.headSize',
	left: 'qkv[row * uniforms.qkvShape.y + batch * uniforms.headSize + k]',
	right: 'qkv[column * uniforms.qkvShape.y + (uniforms.heads + batch) * uniforms.headSize + k]',
	rightAlong: 'k',
	store: 'result[(batch * uniforms.qkvShape.x + row) * uniforms.qkvShape.x + column] = sum * uniforms.scale;'
});

/** Scaled dot products of queries and keys, read where they lie: (n, 3 * heads * size) -> (heads, n, n). */
export const scoresKernel = webgpuKernel<'qkv'>('scores', (backend, { qkv }, { heads = 1 }) => {
	const [n = 0, width = 0] = qkv.shape;
	const size = width / 3 / heads;
	const program = {
		name: 'scores',
		inputs: ['qkv'],
		outputShape: [heads, n, n],
		workgroupSize: TILED_WORKGROUP,
		workgroups: tiledWorkgroups(n, n, heads),
		uniforms: 'heads : i32, headSize : i32, scale : f32,',
		code
	};
	return runProgram(
		backend,
		program,
		[qkv],
		[
			{ type: 'int32', data: [heads] },
			{ type: 'int32', data: [size] },
			{ type: 'float32', data: [1 / Math.sqrt(size)] }
		]
	);
});
