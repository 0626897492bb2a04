import type { Reduction } from '../check';
import type { Sizes } from '../error';

/** A pattern that reduce accepts, and the elements that fall on one of the output, written by hand. */
interface Reducing {
	readonly reduction: Reduction;
	readonly pattern: string;
	readonly shape: readonly number[];
	readonly sizes: Sizes;
	readonly out: readonly number[];
	/** The places in the input of all that makes one element of the output. */
	readonly from: (...at: number[]) => readonly (readonly number[])[];
}

const div = Math.floor;
const range = (length: number) => Array.from({ length }, (_, i) => i);
/** All pairs of places. */
const grid = (rows: number, columns: number) => range(rows).flatMap((r) => range(columns).map((c) => [r, c] as const));

type Row = [
	reduction: Reduction,
	pattern: string,
	shape: number[],
	sizes: Sizes,
	out: number[],
	from: Reducing['from']
];

const ROWS: Row[] = [
	['sum', 'a b -> a', [2, 3], {}, [2], (a = 0) => range(3).map((b) => [a, b])],
	['sum', 'a b -> b', [2, 3], {}, [3], (b = 0) => range(2).map((a) => [a, b])],
	['mean', 'a b ->', [2, 3], {}, [], () => grid(2, 3)],
	['max', 'a b -> 1 b', [4, 3], {}, [1, 3], (...[, b = 0]) => range(4).map((a) => [a, b])],
	['min', 'a b -> () ()', [4, 3], {}, [1, 1], () => grid(4, 3)],
	['prod', 'a ... -> a', [2, 3, 2], {}, [2], (a = 0) => grid(3, 2).map((rest) => [a, ...rest])],
	['sum', '... a -> ...', [2, 3, 4], {}, [2, 3], (i = 0, j = 0) => range(4).map((a) => [i, j, a])],
	['max', '... -> ', [2, 3], {}, [], () => grid(2, 3)],
	['mean', 'a ... b -> b a', [2, 3, 4], {}, [4, 2], (b = 0, a = 0) => range(3).map((i) => [a, i, b])],
	['mean', 'b c h w -> b c', [2, 3, 4, 2], {}, [2, 3], (b = 0, c = 0) => grid(4, 2).map((at) => [b, c, ...at])],
	[
		'max',
		'c (h 2) (w 2) -> c h w',
		[3, 4, 6],
		{},
		[3, 2, 3],
		(c = 0, h = 0, w = 0) => grid(2, 2).map(([y, x]) => [c, 2 * h + y, 2 * w + x])
	],
	[
		'mean',
		'(h p) (w q) -> (h w)',
		[4, 6],
		{ p: 2, q: 3 },
		[4],
		(n = 0) => grid(2, 3).map(([y, x]) => [2 * div(n / 2) + y, 3 * (n % 2) + x])
	],
	['sum', '(2 a) -> a', [6], {}, [3], (a = 0) => range(2).map((i) => [3 * i + a])],
	['sum', '2 a -> a', [2, 3], {}, [3], (a = 0) => range(2).map((i) => [i, a])],
	['sum', '(2 2) -> ', [4], {}, [], () => range(4).map((i) => [i])],
	['min', '(a b) c -> c b', [6, 2], { a: 3 }, [2, 2], (c = 0, b = 0) => range(3).map((a) => [2 * a + b, c])],
	['any', 'a b -> a', [3, 4], {}, [3], (a = 0) => range(4).map((b) => [a, b])],
	['all', 'a b -> b', [3, 4], {}, [4], (b = 0) => range(3).map((a) => [a, b])],
	['sum', 'a b -> b a', [2, 3], {}, [3, 2], (b = 0, a = 0) => [[a, b]]],
	['mean', 'a b -> (b a) 1', [2, 3], {}, [6, 1], (i = 0) => [[i % 2, div(i / 2)]]],
	['max', '->', [], {}, [], () => [[]]],
	['sum', 'a b -> a', [2, 0], {}, [2], () => []],
	['prod', 'a b -> a', [2, 0], {}, [2], () => []],
	['max', 'a b -> a', [0, 3], {}, [0], () => []]
];

export const REDUCINGS: readonly Reducing[] = ROWS.map(([reduction, pattern, shape, sizes, out, from]) => {
	return { reduction, pattern, shape, sizes, out, from };
});
