import type { Browser } from 'playwright';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { largestDifference } from '../gpu/page/numbers.ts';
import type { EngineRequest } from './alone/main.ts';
import { inTurn, type Engines, type Side } from './engines.ts';

/** Two checkouts' engines in turn. Milliseconds; a pair has the same place in both. */
export interface PairedTimes {
	readonly threads: number;
	readonly this: readonly number[];
	readonly other: readonly number[];
	/** The largest difference of their logits. */
	readonly difference: number;
}

/** Runs that come before those that count: WebAssembly and JavaScript are compiled better once they are in use. */
const WARM_UP = 3;

/**
 * Two pages in one browser, one run here, one run there: what else the machine does meets both.
 * @throws PatchworkError `backend` if they don't return the same kind of outputs, and so can't be compared
 */
export async function timePairs(
	browser: Browser,
	engines: Engines,
	backend: EngineRequest['backend'],
	threads: number,
	pairs: number
): Promise<PairedTimes> {
	const open = async (side: Side) => {
		const page = await engines.open(browser, side);
		const asked = engines.request(backend, threads);
		return { page, engine: await page.evaluateHandle((request) => window.engine.open(request), asked) };
	};
	const opened = { this: await open('this'), other: await open('other') };
	try {
		const times = { this: [] as number[], other: [] as number[] };
		for (let turn = -WARM_UP; turn < pairs; turn++) {
			for (const side of inTurn(engines.sides, turn + WARM_UP)) {
				const time = await opened[side].engine.evaluate(({ time }) => time());
				if (turn >= 0) times[side].push(time);
			}
		}
		const ours = await opened.this.engine.evaluate(({ outputs }) => outputs());
		const theirs = await opened.other.engine.evaluate(({ outputs }) => outputs());
		if (ours.maps !== theirs.maps) {
			const sentence = `The other engine returns ${theirs.maps} maps of attention and this one ${ours.maps}`;
			throw new PatchworkError('backend', `${sentence}: tests/bench/page/ours.ts has to ask both for the same.`);
		}
		return {
			threads: await opened.this.engine.evaluate(({ threads }) => threads()),
			...times,
			difference: largestDifference(ours.logits, theirs.logits)
		};
	} finally {
		await opened.this.page.close();
		await opened.other.page.close();
	}
}
