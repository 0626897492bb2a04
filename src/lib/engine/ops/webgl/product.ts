/** An operand's texels along the inner dimension `k`: a texture (see `readTexels`) and GLSL expressions. */
interface Operand {
	readonly name: string;
	readonly texelRow: string;
	readonly texelColumn: string;
}

interface TexelProduct {
	/** Numbers (not texels) that are summed over: a constant in the code, because a loop of known length is faster. */
	readonly inner: number;
	/** A texel of it holds two rows by two steps of the inner dimension. */
	readonly left: Operand;
	readonly right: Operand;
	/** Whether the inner dimension runs down the right operand's rows or along its columns. */
	readonly rightInner: 'rows' | 'columns';
}

/** The halves of the right operand's texel that belong to the first and to the second step, for both result columns. */
const RIGHT_HALVES = { rows: ['xyxy', 'zwzw'], columns: ['xzxz', 'ywyw'] } as const;

/** A texel of a texture that is as wide as its matrix. */
const direct = ({ name, texelRow, texelColumn }: Operand) =>
	`texelFetch(${name}, ivec2(${texelColumn}, ${texelRow}), 0)`;

/** A texel of any texture. */
const folded = ({ name, texelRow, texelColumn }: Operand) => `${name}At(${texelRow}, ${texelColumn})`;

/**
 * GLSL statements that leave 2 x 2 results in `vec4 sum`. Where both textures are as wide as their matrices (almost
 * always), the loop has nothing in it but two reads and two multiply-adds: with the test inside of it, it would take
 * twice as long. The two products of a texel are added one after the other, as tfjs does (its issue 1735).
 */
export function texelProduct({ inner, left, right, rightInner }: TexelProduct): string {
	const [first, second] = RIGHT_HALVES[rightInner];
	const loop = (read: (operand: Operand) => string) => `
		for (int k = 0; k < ${Math.floor(inner / 2)}; k++) {
			vec4 l = ${read(left)};
			vec4 r = ${read(right)};
			sum += l.xxzz * r.${first};
			sum += l.yyww * r.${second};
		}
	`;
	const lastHalf = `
		const int k = ${Math.floor(inner / 2)};
		sum += ${folded(left)}.xxzz * ${folded(right)}.${first};
	`;
	return `
		vec4 sum = vec4(0.0);
		if (${left.name}IsDirect() && ${right.name}IsDirect()) { ${loop(direct)} } else { ${loop(folded)} }
		${inner % 2 === 1 ? `{ ${lastHalf} }` : ''}
	`;
}
