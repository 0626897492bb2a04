import type { Browser } from 'playwright';
import { drawnBound, runBudget } from '../../src/lib/worker/budget.ts';
import type { EngineMemory, EngineRequest } from './alone/main.ts';
import { inTurn, type Engines } from './engines.ts';

/** What each fresh page took, in order; a pair has the same place in both, and `other` is empty without another. */
export interface MemoryRuns {
	readonly this: readonly EngineMemory[];
	readonly other: readonly EngineMemory[];
}

/** What runs and the page are given on a device of 8 GB, which is the most that a browser tells of. */
const DEVICE = { deviceMemory: 8 };
const BUDGET = runBudget(DEVICE).one;

/**
 * Loads and runs the model in fresh pages, those of two checkouts in turn.
 * @param size side of the input, in pixels; null for the model's own
 */
export async function measureMemory(
	browser: Browser,
	engines: Engines,
	backend: EngineRequest['backend'],
	threads: number,
	pages: number,
	size: number | null = null
): Promise<MemoryRuns> {
	const runs = { this: [] as EngineMemory[], other: [] as EngineMemory[] };
	for (let turn = 0; turn < pages; turn++) {
		for (const side of inTurn(engines.sides, turn)) {
			const page = await engines.open(browser, side);
			const asked = { ...engines.request(backend, threads), budget: BUDGET, drawn: drawnBound(DEVICE), size };
			runs[side].push(await page.evaluate((request) => window.engine.memory(request), asked));
			await page.close();
		}
	}
	return runs;
}
