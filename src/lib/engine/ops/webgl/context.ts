import { runProgram, webglKernel, type Program } from './kernel';
import { texelProduct } from './product';
import { INSIDE, readTexels, texelsFor } from './texels';

/** Heads begin on a texel: four products at a time. */
function packedCode(n: number, size: number): string {
	return `
		${INSIDE}
		${readTexels('weights', `${texelsFor(n)}`)}
		${readTexels('qkv', 'texelColumns')}
		void main() {
			ivec2 place = getOutputCoords() / 2;
			int head = place.y / ${size / 2};
			int weightRow = head * ${texelsFor(n)} + place.x;
			int valueColumn = heads * ${size} + place.y;
			${texelProduct({
				inner: n,
				left: { name: 'weights', texelRow: 'weightRow', texelColumn: 'k' },
				right: { name: 'qkv', texelRow: 'k', texelColumn: 'valueColumn' },
				rightInner: 'rows'
			})}
			setOutput(inside(sum, place.x, place.y, ${n}, heads * ${size}));
		}
	`;
}

/**
 * An odd number of features a head: a texel may hold two heads, so numbers go one by one.
 * @param window that a row lies in, a GLSL expression
 */
export function plainContextCode(n: number, size: number, window: string): string {
	return `
		void main() {
			ivec2 place = getOutputCoords();
			int window = ${window};
			int map = window * heads + place.y / ${size};
			int row = place.x - window * ${n};
			float sum = 0.0;
			for (int k = 0; k < ${n}; k++) {
				sum += getWeights(map, row, k) * getQkv(window * ${n} + k, 2 * heads * ${size} + place.y);
			}
			setOutput(sum);
		}
	`;
}

/** Each head's values weighted by its attention: (heads, n, n), (n, 3 * heads * size) -> (n, heads * size). */
export const contextKernel = webglKernel<'weights' | 'qkv'>('context', (backend, { weights, qkv }, { heads = 1 }) => {
	const [n = 0, width = 0] = qkv.shape;
	const size = width / 3 / heads;
	const isOdd = size % 2 === 1;
	const program: Program = {
		inputs: ['weights', 'qkv'],
		outputShape: [n, heads * size],
		uniforms: { heads, ...(isOdd ? {} : { texelColumns: texelsFor(width) }) },
		code: isOdd ? plainContextCode(n, size, '0') : packedCode(n, size),
		unpacked: isOdd
	};
	return runProgram(backend, program, [weights, qkv]);
});
