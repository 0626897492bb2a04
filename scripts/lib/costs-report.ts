import type { CostTimes } from '../../tests/bench/costs/main.ts';
import { median } from './median.ts';
import { describeRatio, pairedRatio, round, type PairedRatio } from './paired-ratio.ts';

/** A cost as a part of that of plain runs, and what it may be. */
export interface Cost {
	readonly name: string;
	readonly ratio: PairedRatio;
	readonly most: number;
}

/** What one backend takes for what is more than a plain run, for the JSON. */
export interface Costs {
	readonly backend: string;
	readonly threads: number;
	readonly turns: number;
	/** Milliseconds of a plain run. */
	readonly plain: number;
	readonly costs: readonly Cost[];
}

/** What relevance may cost, in plain runs; and a sweep of all heads, of as many of them. */
const MOST = { relevance: 4, sweep: 0.65 };
/** An edit may cost this much more than its share of the steps. */
const EDIT_SLACK = 1.15;

export function toCosts(backend: string, times: CostTimes): Costs {
	const { threads, relevance, sweep, edits, blocks, heads } = times;
	const { plain } = relevance;
	// The embedding and the head are steps too.
	const share = (block: number) => (blocks - block + 1) / (blocks + 2);
	const ofEdits = Object.entries(edits).map(([block, found]) => ({
		name: `a head of block ${Number(block) + 1} switched off`,
		ratio: pairedRatio(found.times, found.plain),
		most: round(share(Number(block)) * EDIT_SLACK, 3)
	}));
	const all = sweep.plain.map((time) => time * blocks * heads);
	return {
		backend,
		threads,
		turns: plain.length,
		plain: round(median(plain), 1),
		costs: [
			{ name: 'relevance', ratio: pairedRatio(relevance.times, plain), most: MOST.relevance },
			...ofEdits,
			{ name: `a sweep of all ${blocks * heads} heads`, ratio: pairedRatio(sweep.times, all), most: MOST.sweep }
		]
	};
}

/** A few lines for people. */
export function describeCosts({ backend, threads, turns, plain, costs }: Costs): string {
	const lines = costs.map(({ name, ratio, most }) => `  ${name}: ${describeRatio(ratio)}; at most ${most}`);
	const on = threads > 1 ? `${backend}, ${threads} threads` : backend;
	return [`${on}, ${turns} turns, a plain run ${plain} ms; in plain runs`, ...lines].join('\n');
}
