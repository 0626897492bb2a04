import { webglKernel } from './kernel';
import { eachTexel, runRowOperation } from './rows';

/*
 * Made for textures of half precision too, where 65504 is the largest number and 1e-6 all but 0. Each row is divided
 * by its largest magnitude before anything is squared, so the squares are at most 1. And what is kept of a row is its
 * standard deviation (with epsilon in it), not the inverse: that one is never larger than the row itself.
 */
const summary = `
	vec2 largest = vec2(1e-3);
	${eachTexel('largest = max(largest, max(abs(value.xz), abs(value.yw)));')}
	vec4 unit = largest.xxyy;

	vec2 sum = vec2(0.0);
	${eachTexel('vec4 scaled = value / unit; sum += scaled.xz + scaled.yw;')}
	vec2 mean = sum / float(columns);

	vec2 squares = vec2(0.0);
	${eachTexel('vec4 centred = (value / unit - mean.xxyy) * real; squares += centred.xz * centred.xz + centred.yw * centred.yw;')}
	vec2 variance = squares / float(columns) + eps / largest / largest;

	vec2 first = mean * largest;
	vec2 second = sqrt(variance) * largest;
`;

/** Layer normalisation of each row: (n, features), (features), (features) -> (n, features). */
export const layerNormKernel = webglKernel<'x' | 'scale' | 'offset'>(
	'layerNorm',
	(backend, { x, scale, offset }, { eps = 0 }) =>
		runRowOperation(
			backend,
			{
				vectors: ['scale', 'offset'],
				uniforms: { eps },
				summary,
				result: '(value - first) / second * scaleHere + offsetHere'
			},
			[x, scale, offset]
		)
);
