import { clsPart, rowOf, type Attention } from '../../analysis/attention';
import { inTurn, type Pause } from '../../base/slices';
import { weightPercent } from '../../marks/numbers';
import { num } from '../attention/words';
import type { Measure } from './figure';
import { tokensWords, type HeadReach } from './reaches';

/** The mean over all queries of a head: one weight a key. @param weights of the head, (query, key) */
function meanRow(weights: Float32Array, tokens: number): Float64Array {
	const mean = new Float64Array(tokens);
	for (let query = 0, at = 0; query < tokens; query++)
		for (let key = 0; key < tokens; key++, at++) mean[key] = (mean[key] ?? 0) + (weights[at] ?? 0) / tokens;
	return mean;
}

/**
 * How much of a head's map stays where it is, whichever token asks: the share that each query's weights have in common
 * with the mean of all, on average. 1: every query looks at the same; near 0: each looks somewhere else.
 */
export function staying(a: Attention, head: number): number {
	const { tokens } = a;
	// Read in place: the largest models have half a million weights a head, and the page may not stand still.
	const weights = a.data.subarray(head * tokens ** 2, (head + 1) * tokens ** 2);
	const mean = meanRow(weights, tokens);
	let common = 0;
	for (let query = 0, at = 0; query < tokens; query++)
		for (let key = 0; key < tokens; key++, at++) common += Math.min(weights[at] ?? 0, mean[key] ?? 0);
	return common / tokens;
}

/** Every block is measured once: its weights do not change, while the query moves. */
const known = new WeakMap<Float32Array, readonly number[]>();

/** {@link staying} of every head. @param pause awaited before each */
export async function stayingOf(a: Attention, pause: Pause): Promise<readonly number[]> {
	const before = known.get(a.data);
	if (before) return before;
	const found = await inTurn([...Array(a.heads).keys()], (head) => staying(a, head), pause);
	known.set(a.data, found);
	return found;
}

/** The place of the largest or the smallest of some values. */
function placeOf(values: readonly number[], which: 'most' | 'least'): number {
	return values.indexOf(which === 'most' ? Math.max(...values) : Math.min(...values));
}

/**
 * Which heads of a block follow the query, which stay, and which gives most to CLS; empty for a single head.
 * @param stay what {@link stayingOf} found; null until it has
 */
export function mapsWords(a: Attention, query: number, stay: readonly number[] | null): string {
	if (a.heads < 2 || !stay) return '';
	const heads = Array.from({ length: a.heads }, (_, head) => head);
	const [most, least] = [placeOf(stay, 'most'), placeOf(stay, 'least')];
	const share = (head: number) => weightPercent(stay[head] ?? 0);
	return (
		`Here: as the query moves, the map of head ${least + 1} changes most (on average, a query’s map has ${share(least)} in common with the mean of all), ` +
		`that of head ${most + 1} least (${share(most)}).${clsWords(a, heads, query)}`
	);
}

function clsWords(a: Attention, heads: readonly number[], query: number): string {
	if (!a.cls) return '';
	const shares = heads.map((head) => clsPart(a, rowOf(a, head, query)) ?? 0);
	const most = placeOf(shares, 'most');
	return ` Most to CLS, of this query, gives head ${most + 1}: ${weightPercent(shares[most] ?? 0)}.`;
}

const rangeOf = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];

const pixelsWords = ([from, to]: readonly [number, number]) => `have ${num(from)} to ${num(to)} px`;

const entropiesWords = (range: readonly [number, number]) =>
	`look at ${tokensWords(...range)} (${range.map(num).join(' to ')} nats)`;

/** Whether some heads of the first block look close by and others far, and what the last does; empty for a single block. */
export function depthWords(all: readonly HeadReach[], measure: Measure): string {
	const last = Math.max(...all.map(({ block }) => block));
	if (!(last > 0)) return '';
	const range = (of: number) => rangeOf(all.filter(({ block }) => block === of).map((one) => one[measure]));
	const [first, end] = [range(0), range(last)];
	const words = measure === 'distance' ? pixelsWords : entropiesWords;
	const wider = first[1] - first[0] > end[1] - end[0];
	return (
		`Here: the heads of block 1 ${words(first)}, those of block ${last + 1} ${words(end)}. ` +
		`The first block’s are the ${wider ? 'more' : 'less'} varied ones.`
	);
}
