import { ranked, reach } from '../../analysis/vectors';
import { momentAt, SCENES, type SceneName } from './scenes';
import { dotProducts } from '../attention/steps';

/** What one head makes of one query: a token's row of its taps. */
export interface HeadOfQuery {
	/** Which token asks, counted from 0 with those before the patches. */
	readonly query: number;
	/** The query, `size` numbers, as the scores are made of it. */
	readonly vector: Float32Array;
	/** Keys and values, rows of `size` numbers, a row a token. */
	readonly keys: Float32Array;
	readonly values: Float32Array;
	/** The model's own: a score and a weight a token, and the head's output of `size` numbers. */
	readonly scores: Float32Array;
	readonly weights: Float32Array;
	readonly out: Float32Array;
}

/** All that frames are made of, worked out once for a run, a head and a query. */
export interface Film extends HeadOfQuery {
	readonly tokens: number;
	/** Features of a head. */
	readonly size: number;
	/** The query times every key, before the division. */
	readonly dots: Float64Array;
	/** All tokens, the largest weight first. */
	readonly order: readonly number[];
	/** Each token's place in {@link order}. */
	readonly rank: Int32Array;
	/** By rank: how much of the bar the larger ones take up together, in [0, 1]. */
	readonly starts: Float64Array;
	/** The largest that any partial sum of the weighted values gets, in the order in which they come home. */
	readonly sumReach: number;
	/** Smallest and largest product, 0 among them. */
	readonly low: number;
	readonly high: number;
}

/** Everything that is drawn at one moment. Its lists are written anew for the next: nothing is made for a frame. */
export interface Frame {
	scene: SceneName;
	/** How much of the scene is over, in [0, 1]. */
	share: number;
	/** How far the query's tile is lifted, in [0, 1]. */
	lift: number;
	/** A token each: how far the beam of the query has come to it, in [0, 1]. */
	readonly beams: Float32Array;
	/** What each token's column shows: its product, or what the root has left of it. */
	readonly columns: Float64Array;
	/** How far the columns have risen, in [0, 1]. */
	risen: number;
	/** By how much the axis of the columns is stretched, from 1 to the root. */
	zoom: number;
	/** By rank: how much of the bar is filled by this token. In the end its weight. */
	readonly segments: Float64Array;
	/** By rank: how far this token's value is on its way to the query, in [0, 1]. */
	readonly flown: Float32Array;
	/** The weighted values that have arrived, added up: `size` numbers. In the end the head's output. */
	readonly sum: Float64Array;
}

/** @throws RangeError where the rows do not fit each other */
export function filmOf(head: HeadOfQuery): Film {
	const { vector, keys, weights, values } = head;
	const [size, tokens] = [vector.length, weights.length];
	if (keys.length !== tokens * size || values.length !== tokens * size)
		throw new RangeError('Queries, keys and values of a head belong to other numbers of tokens.');
	const dots = dotProducts(vector, keys);
	const order = ranked(weights);
	const rank = new Int32Array(tokens);
	const starts = new Float64Array(tokens);
	let start = 0;
	order.forEach((token, i) => {
		rank[token] = i;
		starts[i] = start;
		start += weights[token] ?? 0;
	});
	const [low, high] = [Math.min(0, ...dots), Math.max(0, ...dots)];
	return { ...head, tokens, size, dots, order, rank, starts, low, high, sumReach: sumReachOf(head, order) };
}

function sumReachOf({ weights, values, vector }: HeadOfQuery, order: readonly number[]): number {
	const sum = new Float64Array(vector.length);
	let furthest = 0;
	for (const token of order) {
		addValue(sum, values, token, weights[token] ?? 0);
		furthest = Math.max(furthest, reach(sum));
	}
	return furthest;
}

function addValue(sum: Float64Array, values: Float32Array, token: number, factor: number): void {
	const start = token * sum.length;
	for (let f = 0; f < sum.length; f++) sum[f] = (sum[f] ?? 0) + factor * (values[start + f] ?? 0);
}

/** The lists that frames of a film are written into. */
export function blankFrame({ tokens, size }: Pick<Film, 'tokens' | 'size'>): Frame {
	return {
		scene: SCENES[0],
		share: 0,
		lift: 0,
		beams: new Float32Array(tokens),
		columns: new Float64Array(tokens),
		risen: 0,
		zoom: 1,
		segments: new Float64Array(tokens),
		flown: new Float32Array(tokens),
		sum: new Float64Array(size)
	};
}

const ease = (x: number) => x * x * (3 - 2 * x);
const within = (x: number) => Math.min(1, Math.max(0, x));
/** How far one of many is that begin one after the other. @param begins in [0, 1], times the part that beginnings take */
const staggered = (share: number, begins: number, part: number) => within((share - part * begins) / (1 - part));

/** Of the root's scene, the part in which it presses; in the rest the axis is stretched, so that the columns can be read. */
const PRESSING = 0.6;

/**
 * The film at a moment.
 * @param t in [0, 1], see `momentAt`
 * @param into of this film, see {@link blankFrame}; written over
 */
export function frameAt(film: Film, t: number, into: Frame = blankFrame(film)): Frame {
	const { scene, share } = momentAt(t);
	into.scene = SCENES[scene] ?? 'ask';
	into.share = share;
	/** How much of a scene is over at this moment: 0 before it, 1 after it. */
	const of = (name: SceneName) => within(scene - SCENES.indexOf(name) + share);
	into.lift = ease(of('ask'));
	into.risen = ease(of('scores'));
	press(film, of('root'), into);
	reachOut(film, of('beams'), into);
	pour(film, of('softmax'), into);
	bringHome(film, of('sum'), into);
	return into;
}

function press({ dots, size }: Film, share: number, into: Frame): void {
	const root = Math.sqrt(size);
	const factor = 1 + (1 / root - 1) * ease(within(share / PRESSING));
	for (let j = 0; j < dots.length; j++) into.columns[j] = (dots[j] ?? 0) * factor;
	into.zoom = root ** ease(within((share - PRESSING) / (1 - PRESSING)));
}

function reachOut({ tokens }: Film, share: number, into: Frame): void {
	for (let j = 0; j < tokens; j++) into.beams[j] = ease(staggered(share, j / tokens, 0.5));
}

function pour({ order, weights, starts }: Film, share: number, into: Frame): void {
	for (let i = 0; i < order.length; i++) {
		into.segments[i] = (weights[order[i] ?? 0] ?? 0) * ease(staggered(share, starts[i] ?? 0, 0.7));
	}
}

function bringHome({ order, weights, values, starts }: Film, share: number, into: Frame): void {
	into.sum.fill(0);
	for (let i = 0; i < order.length; i++) {
		const flown = ease(staggered(share, starts[i] ?? 0, 0.7));
		into.flown[i] = flown;
		const token = order[i] ?? 0;
		const here = arrived(flown);
		if (here > 0) addValue(into.sum, values, token, (weights[token] ?? 0) * here);
	}
}

/** What of a value counts: nothing until it has come most of the way. */
const arrived = (flown: number) => within((flown - 0.8) / 0.2);
