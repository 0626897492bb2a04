import { runProgram, webgpuKernel } from './kernel';
import { TILED_WORKGROUP, tiledProduct, tiledWorkgroups } from './tiled-product';

// The values of a head are read from their columns of qkv, and the result goes straight to the head's own columns.
const code = tiledProduct({
	rows: 'uniforms.qkvShape.x',
	columns: 'uniforms.headSize',
	inner: 'uniforms.qkvShape.x',
	left: 'weights[(batch * uniforms.qkvShape.x + row) * uniforms.qkvShape.x + k]',
	right: 'qkv[k * uniforms.qkvShape.y + (2 * uniforms.heads + batch) * uniforms.headSize + column]',
	rightAlong: 'column',
	store: 'result[(row * uniforms.heads + batch) * uniforms.headSize + column] = sum;'
});

/** Each head's values weighted by its attention: (heads, n, n), (n, 3 * heads * size) -> (n, heads * size). */
export const contextKernel = webgpuKernel<'weights' | 'qkv'>('context', (backend, { weights, qkv }, { heads = 1 }) => {
	const [n = 0, width = 0] = qkv.shape;
	const size = width / 3 / heads;
	const program = {
		name: 'context',
		inputs: ['weights', 'qkv'],
		outputShape: [n, heads * size],
		workgroupSize: TILED_WORKGROUP,
		workgroups: tiledWorkgroups(n, size, heads),
		uniforms: 'heads : i32, headSize : i32,',
		code
	};
	return runProgram(
		backend,
		program,
		[weights, qkv],
		[
			{ type: 'int32', data: [heads] },
			{ type: 'int32', data: [size] }
		]
	);
});
