import { plainContextCode } from './context';
import { runProgram, webglKernel, type Program } from './kernel';
import { plainScoresCode } from './scores';
import { INSIDE, readTexels, texelsFor } from './texels';

/*
 * Attention inside windows. A window may begin in the middle of a texel, because most have an odd number of tokens: so
 * what `scores.ts` and `context.ts` read as one texel is here put together from two where it has to be.
 */

/** A GLSL function that reads two rows, from any row on, of the two columns of a texel. */
const ROW_PAIR = `
	vec4 pairAt(int row, int texelColumn) {
		vec4 upper = qkvAt(row / 2, texelColumn);
		if (row % 2 == 0) return upper;
		return vec4(upper.zw, qkvAt(row / 2 + 1, texelColumn).xy);
	}
`;

function scoresCode(size: number): string {
	return `
		${INSIDE}
		${readTexels('qkv', 'texelColumns')}
		${ROW_PAIR}
		void main() {
			ivec3 place = getOutputCoords();
			int query = place.y / 2;
			int key = place.z / 2;
			int first = place.x / heads * tokens;
			int queryColumn = place.x % heads * ${size / 2};
			int keyColumn = (heads + place.x % heads) * ${size / 2};
			vec4 sum = vec4(0.0);
			for (int k = 0; k < ${size / 2}; k++) {
				vec4 l = pairAt(first + 2 * query, queryColumn + k);
				vec4 r = pairAt(first + 2 * key, keyColumn + k);
				sum += l.xxzz * r.xzxz;
				sum += l.yyww * r.ywyw;
			}
			setOutput(inside(sum * scaling, query, key, tokens, tokens));
		}
	`;
}

function contextCode(n: number, size: number): string {
	return `
		${INSIDE}
		${readTexels('weights', `${texelsFor(n)}`)}
		${readTexels('qkv', 'texelColumns')}
		${ROW_PAIR}
		vec2 contextAt(int row, int texelColumn) {
			int window = row / ${n};
			int own = row % ${n};
			int weightRow = (window * heads + texelColumn / ${size / 2}) * ${texelsFor(n)} + own / 2;
			int valueColumn = heads * ${size} + texelColumn;
			vec2 sum = vec2(0.0);
			for (int k = 0; k < ${texelsFor(n)}; k++) {
				vec4 both = weightsAt(weightRow, k);
				vec2 l = own % 2 == 0 ? both.xy : both.zw;
				vec4 r = pairAt(window * ${n} + 2 * k, valueColumn);
				sum += l.x * r.xy;
				if (2 * k + 1 < ${n}) sum += l.y * r.zw;
			}
			return sum;
		}
		void main() {
			ivec2 place = getOutputCoords() / 2;
			vec4 both = vec4(contextAt(2 * place.x, place.y), contextAt(2 * place.x + 1, place.y));
			setOutput(inside(both, place.x, place.y, rows, heads * ${size}));
		}
	`;
}

/** Scaled dot products inside each window: (windows * n, 3 * heads * size) -> (windows, heads, n, n). */
export const windowScoresKernel = webglKernel<'qkv'>('windowScores', (backend, { qkv }, { windows = 1, heads = 1 }) => {
	const [rows = 0, width = 0] = qkv.shape;
	const [n, size] = [rows / windows, width / 3 / heads];
	const isOdd = size % 2 === 1;
	const program: Program = {
		inputs: ['qkv'],
		outputShape: [windows * heads, n, n],
		uniforms: { heads, scaling: 1 / Math.sqrt(size), tokens: n, ...(isOdd ? {} : { texelColumns: texelsFor(width) }) },
		code: isOdd ? plainScoresCode(size, '(place.x / heads)', 'place.x % heads') : scoresCode(size),
		unpacked: isOdd
	};
	return { ...runProgram(backend, program, [qkv]), shape: [windows, heads, n, n] };
});

/** Values weighted by attention: (windows, heads, n, n), (windows * n, 3 * heads * size) -> (windows * n, heads * size). */
export const windowContextKernel = webglKernel<'weights' | 'qkv'>(
	'windowContext',
	(backend, { weights, qkv }, { windows = 1, heads = 1 }) => {
		const [rows = 0, width = 0] = qkv.shape;
		const [n, size] = [rows / windows, width / 3 / heads];
		const isOdd = size % 2 === 1;
		const program: Program = {
			inputs: ['weights', 'qkv'],
			outputShape: [rows, heads * size],
			uniforms: { heads, ...(isOdd ? {} : { rows, texelColumns: texelsFor(width) }) },
			code: isOdd ? plainContextCode(n, size, `place.x / ${n}`) : contextCode(n, size),
			unpacked: isOdd
		};
		return runProgram(backend, program, [{ ...weights, shape: [windows * heads, n, n] }, qkv]);
	}
);
