import { runProgram, webgpuKernel } from './kernel';
import { TILED_WORKGROUP, tiledProduct, tiledWorkgroups } from './tiled-product';

const code = tiledProduct({
	rows: 'uniforms.xShape.x',
	columns: 'uniforms.weightShape.y',
	inner: 'uniforms.xShape.y',
	left: 'x[row * uniforms.xShape.y + k]',
	right: 'weight[k * uniforms.weightShape.y + column]',
	rightAlong: 'column',
	store: 'result[row * uniforms.weightShape.y + column] = sum + bias[column];'
});

/** `x @ weight + bias` in one program: (n, inputs), (inputs, outputs), (outputs) -> (n, outputs). */
export const linearKernel = webgpuKernel<'x' | 'weight' | 'bias'>('linear', (backend, { x, weight, bias }) => {
	const [rows = 0] = x.shape;
	const [, columns = 0] = weight.shape;
	const program = {
		name: 'linear',
		inputs: ['x', 'weight', 'bias'],
		outputShape: [rows, columns],
		workgroupSize: TILED_WORKGROUP,
		workgroups: tiledWorkgroups(rows, columns),
		code
	};
	return runProgram(backend, program, [x, weight, bias]);
});
