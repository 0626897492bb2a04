/** GLSL expressions of a sum of products over texels `k`. */
interface TexelProduct {
	/** Numbers (not texels) that are summed over: a constant in the code, because a loop of known length is faster. */
	readonly inner: number;
	/** The texel of the left operand at `k`: two rows by two steps of the inner dimension. */
	readonly left: string;
	/** The texel of the right operand at `k`. */
	readonly right: string;
	/** Whether the inner dimension runs down the right operand's rows or along its columns. */
	readonly rightInner: 'rows' | 'columns';
}

/** The halves of the right operand's texel that belong to the first and to the second step, for both result columns. */
const RIGHT_HALVES = { rows: ['xyxy', 'zwzw'], columns: ['xzxz', 'ywyw'] } as const;

/**
 * GLSL statements that leave 2 x 2 results in `vec4 sum`. The order of the additions is the shader's own float32; the
 * two products of a texel are added one after the other, as tfjs does (its issue 1735).
 */
export function texelProduct({ inner, left, right, rightInner }: TexelProduct): string {
	const [first, second] = RIGHT_HALVES[rightInner];
	const whole = `
		for (int k = 0; k < ${Math.floor(inner / 2)}; k++) {
			vec4 l = ${left};
			vec4 r = ${right};
			sum += l.xxzz * r.${first};
			sum += l.yyww * r.${second};
		}
	`;
	const half = `
		{
			const int k = ${Math.floor(inner / 2)};
			sum += (${left}).xxzz * (${right}).${first};
		}
	`;
	return `vec4 sum = vec4(0.0); ${whole} ${inner % 2 === 1 ? half : ''}`;
}
