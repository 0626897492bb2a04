import type { ParameterValues, Recipe } from './contract';

/*
 * Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019, arXiv
 * 1711.05101, algorithm 2), in plain arrays: what was learned lies in no backend and outlives one, and saving it is a copy.
 */

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** What is learned, with what Adam remembers of each number: parameters, mean and mean square of the gradients. */
export interface Moments {
	readonly parameters: ParameterValues;
	readonly means: ParameterValues;
	readonly squares: ParameterValues;
}

export const zerosLike = (values: ParameterValues): ParameterValues =>
	new Map([...values].map(([name, { length }]) => [name, new Float32Array(length)]));

/** The share of the highest rate that is left at the end, and goes on after it. */
const LAST = 0.01;

/**
 * The learning rate of a step, counted from 1: up in a line, then down half a cosine (Loshchilov and Hutter 2017, arXiv
 * 1608.03983, equation 5).
 */
export function rateAt(step: number, { rate, warmUp, steps }: Pick<Recipe, 'rate' | 'warmUp' | 'steps'>): number {
	if (step <= warmUp) return (rate * step) / warmUp;
	const done = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
	return rate * (LAST + ((1 - LAST) * (1 + Math.cos(Math.PI * done))) / 2);
}

/**
 * Moves a parameter, in place.
 * @param gradient of the loss with respect to it
 * @param step counted from 1 @param decay share of itself, times the rate, that it loses
 */
export function adamStep(
	{ parameters, means, squares }: Moments,
	name: string,
	gradient: Float32Array,
	{ step, rate, decay }: { readonly step: number; readonly rate: number; readonly decay: number }
): void {
	const [values, mean, square] = [of(parameters, name), of(means, name), of(squares, name)];
	const [unbiased1, unbiased2] = [1 - BETA1 ** step, 1 - BETA2 ** step];
	for (let i = 0; i < values.length; i++) {
		const g = gradient[i] ?? 0;
		const m = BETA1 * (mean[i] ?? 0) + (1 - BETA1) * g;
		const v = BETA2 * (square[i] ?? 0) + (1 - BETA2) * g * g;
		mean[i] = m;
		square[i] = v;
		const value = values[i] ?? 0;
		values[i] = value - rate * (m / unbiased1 / (Math.sqrt(v / unbiased2) + EPSILON) + decay * value);
	}
}

function of(values: ParameterValues, name: string): Float32Array {
	const own = values.get(name);
	if (own) return own;
	throw new Error(`There is no parameter '${name}' to learn.`);
}
