import { webgpuKernel } from './kernel';
import { eachFeature, runRowProgram } from './rows';

const body = `
	let count = f32(features);
	var sum = 0.0;
	${eachFeature('sum += x[first + j];')}
	let mean = rowSum(sum) / count;

	var squares = 0.0;
	${eachFeature('let centred = x[first + j] - mean; squares += centred * centred;')}
	let factor = inverseSqrt(rowSum(squares) / count + uniforms.eps);

	if (isReal) {
		${eachFeature('result[first + j] = (x[first + j] - mean) * factor * scale[j] + offset[j];')}
	}
`;

/** Layer normalisation of each row: (n, features), (features), (features) -> (n, features). */
export const layerNormKernel = webgpuKernel<'x' | 'scale' | 'offset'>(
	'layerNorm',
	(backend, { x, scale, offset }, { eps = 0 }) =>
		runRowProgram(
			backend,
			{ name: 'layer_norm', inputs: ['x', 'scale', 'offset'], uniforms: 'eps : f32,', body },
			[x, scale, offset],
			[{ type: 'float32', data: [eps] }]
		)
);
