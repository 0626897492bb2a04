import { largestDifference, norm } from '../../analysis/linear';
import { plainNumber, tiny, weightPercent } from '../../marks/numbers';
import { firstPatch, prefixOf, tokenName, type Grid } from '../../marks/tokens';
import { num, tokenPhrase } from '../attention/words';
import { counted } from '../kit/words';
import type { Film } from './film';
import { SCENES, type SceneName } from './scenes';

/** Where the film takes place, for its sentences. */
export interface Place {
	readonly grid: Grid;
	/** Counted from 0, of so many. */
	readonly block: number;
	readonly blocks: number;
	readonly head: number;
	readonly heads: number;
}

/** What is to be seen in each scene, with this run's numbers: for those who cannot see it, and for those who read along. */
export function sceneWords(film: Film, place: Place): Readonly<Record<SceneName, string>> {
	return {
		ask: askWords(film, place),
		beams: beamWords(film, place),
		scores: scoreWords(film, place),
		root: rootWords(film),
		softmax: softmaxWords(film, place),
		sum: sumWords(film, place)
	};
}

/** The same as a list, in the order of the scenes. */
export const allWords = (words: Readonly<Record<SceneName, string>>): string[] => SCENES.map((scene) => words[scene]);

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function askWords({ query, size }: Film, { grid, block, blocks, head, heads }: Place): string {
	return (
		`${upper(tokenPhrase(query, grid))} asks, in head ${head + 1} of ${heads} of block ${block + 1} of ${blocks}. ` +
		`Its query is ${counted(size, 'number', 'numbers')}; every token has a key and a value of as many.`
	);
}

function beamWords({ tokens }: Film, { grid }: Place): string {
	const before = prefixOf(grid);
	const beside =
		before.length > 0
			? `, and of ${before.join(', ')} beside the photo, which ${before.length > 1 ? 'stand' : 'stands'} for no patch`
			: '';
	const patches = counted(tokens - firstPatch(grid), 'patch', 'patches');
	return `A beam goes from the query to each key, its own among them: those of ${patches}${beside}.`;
}

function scoreWords({ dots, tokens }: Film, { grid }: Place): string {
	const [least, most] = [Math.min(...dots), Math.max(...dots)];
	const below = dots.filter((dot) => dot < 0).length;
	return (
		`Query times key, number by number, and added up: one column for each of ${counted(tokens, 'key', 'keys')}, from ` +
		`${num(least)} to ${num(most)}, ${below} of them below zero. The largest product is that of ` +
		`${tokenPhrase(dots.indexOf(most), grid)}.`
	);
}

function rootWords({ scores, size, dots }: Film): string {
	const ends = (values: ArrayLike<number>) =>
		`from ${num(Math.min(...Array.from(values)))} to ${num(Math.max(...Array.from(values)))}`;
	return (
		`All are divided by √${size} = ${plainNumber(Math.sqrt(size))}: what went ${ends(dots)} now goes ${ends(scores)}. ` +
		`No column overtakes another. Then we come closer, and see them as large as before.`
	);
}

/** How many keys hold half of the bar together. */
export function halfOf({ order, weights }: Pick<Film, 'order' | 'weights'>): number {
	let held = 0;
	const at = order.findIndex((token) => (held += weights[token] ?? 0) >= 0.5);
	return at < 0 ? order.length : at + 1;
}

/** What a token is called by the one that asks. */
const nameFor = (query: number, grid: Place['grid']) => (token: number) =>
	token === query ? 'the asking token itself' : tokenName(token, grid);

function softmaxWords(film: Film, { grid }: Place): string {
	const { order, weights, query } = film;
	const name = nameFor(query, grid);
	const [first = 0, second = first] = order;
	const half = halfOf(film);
	const others = prefixOf(grid).map((of, token) => `${of} gets ${weightPercent(weights[token] ?? 0)}. `);
	return (
		`e to the power of each score, divided by their sum: shares of one bar of 100 %. The largest, ` +
		`${weightPercent(weights[first] ?? 0)}, goes to ${name(first)}, the next, ${weightPercent(weights[second] ?? 0)}, to ${name(second)}. ` +
		`${others.join('')}${half === 1 ? 'One key alone holds' : `Together, ${half} keys hold`} half or more.`
	);
}

/** How far our own sum is from what the model recorded. */
export const sumDifference = ({ weights, values, size, out }: Film): number => {
	const sum = new Float64Array(size);
	weights.forEach((weight, token) => {
		for (let f = 0; f < size; f++) sum[f] = (sum[f] ?? 0) + weight * (values[token * size + f] ?? 0);
	});
	return largestDifference(sum, out);
};

function sumWords(film: Film, { grid }: Place): string {
	const { size, out, order, weights, values, query } = film;
	const [first = 0] = order;
	const length = (weights[first] ?? 0) * norm(values.subarray(first * size, (first + 1) * size));
	return (
		`Each value comes home times its share, and they add up to ${counted(size, 'number', 'numbers')}, a vector of length ` +
		`${num(norm(out))}; the largest share, ${weightPercent(weights[first] ?? 0)} of the value of ${nameFor(query, grid)(first)}, contributes a vector of length ${num(length)}. The model has the same numbers, but ` +
		`for ${tiny(sumDifference(film))} at most.`
	);
}
