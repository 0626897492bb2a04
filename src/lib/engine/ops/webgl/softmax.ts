import { webglKernel } from './kernel';
import { eachTexel, runRowOperation } from './rows';

/** Far below any score, so that what is outside the row never is its largest element. */
const LOWEST = '-3.0e38';

// The largest element is taken off first, so that no exponential overflows.
const summary = `
	vec2 first = vec2(${LOWEST});
	${eachTexel(`vec4 candidate = mix(vec4(${LOWEST}), value, greaterThan(real, vec4(0.5)));
		first = max(first, max(candidate.xz, candidate.yw));`)}
	vec2 second = vec2(0.0);
	${eachTexel('vec4 term = exp(min(value - first.xxyy, 0.0)) * real; second += term.xz + term.yw;')}
`;

/** Softmax over the last axis; any shape. */
export const softmaxKernel = webglKernel<'x'>('softmax', (backend, { x }) =>
	runRowOperation(backend, { vectors: [], uniforms: {}, summary, result: 'exp(value - first) / second' }, [x])
);
