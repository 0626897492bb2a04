import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { buildPage, serveFolders, type LocalSite } from '../gpu/site.ts';
import type { EngineRequest } from './alone/main.ts';
import { engineOf } from './engine-of.ts';

/** Which of two checkouts: this one, or the one that it is laid beside. */
export type Side = 'this' | 'other';

/** Engines of one or two checkouts under one local address, and a model for them. */
export interface Engines {
	readonly sides: readonly Side[];
	/** A fresh page with the engine of a side, in a process of its own; nothing is started in there yet. */
	open(browser: Browser, side: Side): Promise<Page>;
	/** What the pages are asked for. */
	request(backend: EngineRequest['backend'], threads: number): EngineRequest;
	close(): Promise<void>;
}

/**
 * Builds the same small page on the engine of each checkout, and serves them.
 * @param root this checkout
 * @param built folder to build into
 * @param model folder of a checkpoint
 * @param other another checkout, if there is one; see `engine-of.ts` for what can be wrong with it
 */
export async function serveEngines(root: string, built: string, model: string, other: string | null): Promise<Engines> {
	const page = join(root, 'tests/bench/alone');
	const sides: Side[] = other === null ? ['this'] : ['this', 'other'];
	if (other !== null) await buildPage(page, join(built, 'other'), [engineOf(root, other)]);
	await buildPage(page, join(built, 'this'));
	const site: LocalSite = await serveFolders({ '/': built, '/model/': model });
	return {
		sides,
		async open(browser, side) {
			const page = await browser.newPage();
			await page.goto(`${site.url}${side}/`);
			await page.waitForFunction(() => 'engine' in window);
			return page;
		},
		request: (backend, threads) => ({ model: `${site.url}model/`, backend, threads }),
		close: site.close
	};
}

/** Each side goes first in every other turn, so that neither always finds what the other has left. */
export function inTurn<T>(sides: readonly T[], turn: number): T[] {
	return turn % 2 === 0 ? [...sides] : [...sides].reverse();
}
