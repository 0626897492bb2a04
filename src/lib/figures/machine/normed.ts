import { layerNorm, moments } from '../../analysis/linear';
import { num } from '../kit/words';
import type { Making } from './making';
import type { Explained } from './sums';

/** The parameters of a layer norm. @param name of both, as `parameters.norm` */
export const normTaps = (name: string): string[] => [`${name}.weight`, `${name}.bias`];

/** One number behind a layer norm, with the row's own mean and deviation. @param row all that it is over */
export function normed(
	{ config, cell, tap }: Making,
	row: Float32Array,
	name: string
): Pick<Explained, 'formula' | 'computed'> {
	const [weight, bias] = normTaps(name).map((own) => tap(own).data);
	const eps = config.layerNormEps;
	const { mean, variance } = moments(row);
	const computed = layerNorm(row, { weight: weight ?? [], bias: bias ?? [], eps })[cell.column] ?? NaN;
	const [own, gain, shift] = [row, weight, bias].map((of) => of?.[cell.column] ?? NaN) as [number, number, number];
	return {
		formula: `(${num(own)} − ${bracketed(mean)}) ÷ ${num(Math.sqrt(variance + eps))} × ${bracketed(gain)} + ${bracketed(shift)} = ${num(computed)}: less the row’s mean, divided by its deviation, then times a learned gain, plus a learned shift`,
		computed
	};
}

/** A number within a formula: in brackets where it is negative. */
export const bracketed = (value: number): string => (value < 0 ? `(${num(value)})` : num(value));
