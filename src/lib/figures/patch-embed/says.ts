import { weightPercent } from '../../marks/numbers';
import type { Filters } from './filters';

/** What a filter's weights are like: shares of the sum of their squares, over all channels, in [0, 1]. */
export interface Look {
	/** What is left when each channel is replaced by its mean: 1 for a filter that only measures colour. */
	readonly flat: number;
	/** What is left, beyond that, when each column, or each row, is replaced by its mean. */
	readonly upright: number;
	readonly lying: number;
}

/** See {@link Look}; zeros for a filter without weights. */
export function lookOf({ data, channels, side }: Filters, filter: number): Look {
	const area = side * side;
	const found = { flat: 0, upright: 0, lying: 0, all: 0 };
	for (let c = 0; c < channels; c++) {
		const start = (filter * channels + c) * area;
		const own = lookOfChannel(data, start, side);
		found.flat += own.flat;
		found.upright += own.upright - own.flat;
		found.lying += own.lying - own.flat;
		found.all += own.all;
	}
	const share = (part: number) => (found.all > 0 ? part / found.all : 0);
	return { flat: share(found.flat), upright: share(found.upright), lying: share(found.lying) };
}

/** The sums of squares of one channel's picture, which begins at `start`, and of its means: of all of it, and of its columns and rows. */
function lookOfChannel(data: Filters['data'], start: number, side: number) {
	const [columns, rows] = [new Float64Array(side), new Float64Array(side)];
	let [sum, all] = [0, 0];
	for (let i = 0; i < side * side; i++) {
		const value = data[start + i] ?? 0;
		columns[i % side] = (columns[i % side] ?? 0) + value;
		rows[Math.floor(i / side)] = (rows[Math.floor(i / side)] ?? 0) + value;
		sum += value;
		all += value * value;
	}
	const squares = (sums: Float64Array) => sums.reduce((total, one) => total + one * one, 0) / side;
	return { flat: (sum * sum) / (side * side), upright: squares(columns), lying: squares(rows), all };
}

/** Where to find the flattest filter and those with the plainest stripes; empty for fewer than two filters. */
export function filtersWords(filters: Filters): string {
	if (filters.count < 2) return '';
	const looks = Array.from({ length: filters.count }, (_, filter) => lookOf(filters, filter));
	const most = (of: keyof Look): string => {
		const values = looks.map((look) => look[of]);
		const value = Math.max(...values);
		return `filter ${values.indexOf(value) + 1} (${weightPercent(value)})`;
	};
	return (
		`Here: the flattest is ${most('flat')}; the plainest upright stripes are those of ${most('upright')}, and lying ones ` +
		`of ${most('lying')} (in brackets: the share of the filter’s squared weights that is of that pattern).`
	);
}

/**
 * How alike next neighbours are in one filter: the sum of the products of weights side by side and one above the other,
 * over that of their mean squares. 1 for a plain area, near 0 for noise and for stripes as fine as a pixel, -1 for a
 * checkerboard. 0 for a filter without weights.
 */
export function smoothness({ data, channels, side }: Filters, filter: number): number {
	const size = channels * side * side;
	const at = (i: number) => data[filter * size + i] ?? 0;
	let [products, squares] = [0, 0];
	const meet = (a: number, b: number) => {
		products += a * b;
		squares += (a * a + b * b) / 2;
	};
	for (let i = 0; i < size; i++) {
		if (i % side < side - 1) meet(at(i), at(i + 1));
		if (i % (side * side) < side * (side - 1)) meet(at(i), at(i + side));
	}
	return squares > 0 ? products / squares : 0;
}

/** Of how many components which kind is; empty where patches are single pixels. */
export function componentsWords(components: Filters): string {
	if (components.side < 2) return '';
	const all = Array.from({ length: components.count }, (_, i) => smoothness(components, i));
	const soft = all.filter((one) => one > 0.5).length;
	const boards = all.filter((one) => one < -0.5).length;
	return (
		`Here: in ${soft} of ${all.length}, neighbouring pixels are alike (a correlation over 0.5), as in areas, soft edges and broad ` +
		`stripes; in ${boards} they are opposite (under −0.5), as in a checkerboard; the other ${all.length - soft - boards} ` +
		'are finer stripes, or noise.'
	);
}
