import { backend_util } from '@tensorflow/tfjs-core';
import { runProgram, webglKernel } from './kernel';

/*
 * With erfc(z) = 1 - erf(z) for z >= 0, x / 2 * (1 + erf(x / sqrt 2)) is max(x, 0) - |x| / 2 * erfc(|x| / sqrt 2):
 * the same, but without a difference of nearly equal numbers where x is far below 0. erfc by Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 7.1.26: off by 1.5e-7 at most.
 */
export const GELU_OF = `
	vec4 geluOf(vec4 x) {
		vec4 z = abs(x) * ${Math.SQRT1_2};
		vec4 t = 1.0 / (1.0 + ${backend_util.ERF_P} * z);
		vec4 series = ((((${backend_util.ERF_A5} * t + ${backend_util.ERF_A4}) * t + ${backend_util.ERF_A3}) * t
			+ ${backend_util.ERF_A2}) * t + ${backend_util.ERF_A1}) * t;
		return max(x, 0.0) - 0.5 * abs(x) * series * exp(-z * z);
	}
`;

const code = `
	${GELU_OF}
	void main() { setOutput(geluOf(getXAtOutCoords())); }
`;

/** The exact GELU of every element; any shape. */
export const geluKernel = webglKernel<'x'>('gelu', (backend, { x }) =>
	runProgram(backend, { inputs: ['x'], outputShape: x.shape, uniforms: {}, code }, [x])
);
