import { expect, it } from 'vitest';
import { describeCosts, toCosts } from './costs-report.ts';

const plain = [100, 200, 100];
const TIMES = {
	threads: 1,
	blocks: 12,
	heads: 3,
	relevance: { times: [250, 500, 300], plain },
	edits: { 0: { times: [95, 190, 95], plain }, 11: { times: [5, 10, 15], plain: [50, 100, 50] } },
	sweep: { times: [1800, 3600, 1800], plain }
};

it('lays everything beside the plain runs of the same turn', () => {
	const { plain: run, turns, costs } = toCosts('wasm', TIMES);
	expect([run, turns]).toEqual([100, 3]);
	expect(costs.map(({ name, ratio, most }) => [name, ratio.median, most])).toEqual([
		['relevance', 2.5, 4],
		// Twelve blocks and the head of fourteen steps; one block and the head.
		['a head of block 1 switched off', 0.95, 1.068],
		['a head of block 12 switched off', 0.1, 0.164],
		['a sweep of all 36 heads', 0.5, 0.65]
	]);
});

it('says so in lines for people', () => {
	expect(describeCosts(toCosts('wasm', TIMES)).split('\n')).toEqual([
		'wasm, 3 turns, a plain run 100 ms; in plain runs',
		'  relevance: ratio 2.500, too few pairs for a 95 % interval; at most 4',
		'  a head of block 1 switched off: ratio 0.950, too few pairs for a 95 % interval; at most 1.068',
		'  a head of block 12 switched off: ratio 0.100, too few pairs for a 95 % interval; at most 0.164',
		'  a sweep of all 36 heads: ratio 0.500, too few pairs for a 95 % interval; at most 0.65'
	]);
});
