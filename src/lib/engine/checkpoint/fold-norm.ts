import type { ConvSizes } from './tensor-maker';

const NOTHING = new Float32Array();

/**
 * A convolution and the batch norm behind it (Ioffe and Szegedy 2015, arXiv 1502.03167) as one convolution with a bias.
 * After training a batch norm is a factor and a summand for each channel: `y = (x - mean) / sqrt(variance + eps) * scale +
 * offset`. It is worked out in double precision, because a variance near 0 makes the factor large, and rounded once.
 * @param stored `weight` (outputs, inputs of each, rows, columns), then the norm's scale, offset, mean and variance (outputs)
 * @returns `weight` (rows, columns, inputs of each, outputs) and `bias` (outputs), row-major
 */
export function foldNorm(
	[weight = NOTHING, scale = NOTHING, offset = NOTHING, mean = NOTHING, variance = NOTHING]: readonly Float32Array[],
	{ outputs, kernel, eps }: Pick<ConvSizes, 'outputs' | 'kernel' | 'eps'>
): { weight: Float32Array; bias: Float32Array } {
	const area = kernel ** 2;
	const each = weight.length / outputs;
	const inputs = each / area;
	const [folded, bias] = [new Float32Array(weight.length), new Float32Array(outputs)];
	for (let output = 0; output < outputs; output++) {
		const factor = (scale[output] ?? 0) / Math.sqrt((variance[output] ?? 0) + eps);
		bias[output] = (offset[output] ?? 0) - (mean[output] ?? 0) * factor;
		for (let i = 0; i < each; i++) {
			const [input, place] = [Math.floor(i / area), i % area];
			folded[(place * inputs + input) * outputs + output] = (weight[output * each + i] ?? 0) * factor;
		}
	}
	return { weight: folded, bias };
}
