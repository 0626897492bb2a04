import { runProgram, webglKernel, type Program } from './kernel';
import { texelProduct } from './product';
import { INSIDE, readTexels, texelsFor } from './texels';

/** Heads begin on a texel: four products at a time. */
function packedCode(size: number): string {
	return `
		${INSIDE}
		${readTexels('qkv', 'texelColumns')}
		void main() {
			ivec3 place = getOutputCoords();
			int query = place.y / 2;
			int key = place.z / 2;
			int queryColumn = place.x * ${size / 2};
			int keyColumn = (heads + place.x) * ${size / 2};
			${texelProduct({
				inner: size,
				left: { name: 'qkv', texelRow: 'query', texelColumn: 'queryColumn + k' },
				right: { name: 'qkv', texelRow: 'key', texelColumn: 'keyColumn + k' },
				rightInner: 'columns'
			})}
			setOutput(inside(sum * scaling, query, key, tokens, tokens));
		}
	`;
}

/**
 * An odd number of features a head: every other head begins in the middle of a texel, so numbers go one by one.
 * @param window of the batch, and @param head in it, as GLSL expressions
 */
export function plainScoresCode(size: number, window: string, head: string): string {
	return `
		void main() {
			ivec3 place = getOutputCoords();
			int first = ${window} * tokens;
			int head = ${head};
			float sum = 0.0;
			for (int k = 0; k < ${size}; k++) {
				sum += getQkv(first + place.y, head * ${size} + k) * getQkv(first + place.z, (heads + head) * ${size} + k);
			}
			setOutput(sum * scaling);
		}
	`;
}

/** Scaled dot products of queries and keys, read where they lie: (n, 3 * heads * size) -> (heads, n, n). */
export const scoresKernel = webglKernel<'qkv'>('scores', (backend, { qkv }, { heads = 1 }) => {
	const [n = 0, width = 0] = qkv.shape;
	const size = width / 3 / heads;
	const isOdd = size % 2 === 1;
	const program: Program = {
		inputs: ['qkv'],
		outputShape: [heads, n, n],
		uniforms: { heads, scaling: 1 / Math.sqrt(size), tokens: n, ...(isOdd ? {} : { texelColumns: texelsFor(width) }) },
		code: isOdd ? plainScoresCode(size, '0', 'place.x') : packedCode(size),
		unpacked: isOdd
	};
	return runProgram(backend, program, [qkv]);
});
