import { webgpuKernel } from './kernel';
import { eachFeature, runRowProgram } from './rows';

// The largest element is taken off first, so that no exponential overflows. Lanes without an element of their own
// (rows shorter than the workgroup) must not push a 0 into the maximum: they repeat the row's first element.
const body = `
	var largest = x[first];
	${eachFeature('largest = max(largest, x[first + j]);')}
	let top = rowMax(largest);

	var sum = 0.0;
	${eachFeature('sum += exp(x[first + j] - top);')}
	let total = rowSum(sum);

	if (isReal) {
		${eachFeature('result[first + j] = exp(x[first + j] - top) / total;')}
	}
`;

/** Softmax over the last axis; any shape. */
export const softmaxKernel = webgpuKernel<'x'>('softmax', (backend, { x }) =>
	runRowProgram(backend, { name: 'softmax', inputs: ['x'], body }, [x])
);
