import { columnAt, moments, rowAt } from '../../analysis/linear';

/** A tensor of tokens (rows) by features (columns), row-major. */
export interface Table {
	readonly data: Float32Array;
	readonly tokens: number;
	readonly features: number;
}

/**
 * What a mean and a variance are taken over: `features` for layer norm (one of each a token), `tokens` for batch norm
 * (one of each a feature).
 */
export type Over = 'features' | 'tokens';

/** Mean and (biased) variance of every line: one a token over `features`, one a feature over `tokens`. */
export interface Moments {
	readonly mean: Float64Array;
	readonly variance: Float64Array;
}

/** The line that the value at an index of the data belongs to. */
const lineAt = (index: number, features: number, over: Over) =>
	over === 'features' ? Math.floor(index / features) : index % features;

export function momentsOf({ data, tokens, features }: Table, over: Over): Moments {
	const line = (index: number) =>
		over === 'features' ? rowAt(data, features, index) : columnAt(data, features, index);
	const lines = Array.from({ length: over === 'features' ? tokens : features }, (_, index) => moments(line(index)));
	return {
		mean: Float64Array.from(lines, ({ mean }) => mean),
		variance: Float64Array.from(lines, ({ variance }) => variance)
	};
}

/** Every value less its line's mean, over the root of its line's variance and `eps`. */
export function standardise(table: Table, over: Over, eps: number, { mean, variance }: Moments): Table {
	const data = table.data.map((value, i) => {
		const line = lineAt(i, table.features, over);
		return (value - (mean[line] ?? 0)) / Math.sqrt((variance[line] ?? 0) + eps);
	});
	return { ...table, data };
}

/** Every value times its feature's gain, plus its feature's bias. @param gain (features) @param bias (features) */
export function rescale(table: Table, gain: Float32Array, bias: Float32Array): Table {
	const { features } = table;
	const data = table.data.map((value, i) => value * (gain[i % features] ?? NaN) + (bias[i % features] ?? NaN));
	return { ...table, data };
}
