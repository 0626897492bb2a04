import { join } from 'node:path';
import type { Browser } from 'playwright';
import { buildPage, serveFolders } from '../gpu/site.ts';
import type { EngineRequest } from './alone/main.ts';
import { engineOf } from './engine-of.ts';
import type { Side } from './engines.ts';
import type { Launches } from './launches/main.ts';

/** Of this checkout's engine, and of another's where one is laid beside it. */
export type LaunchesOfSides = Readonly<Partial<Record<Side, Launches>>> & { readonly this: Launches };

/**
 * Counts the programs that one run gives a GPU.
 * @param root of this checkout @param built folder to build the page into @param model folder of a checkpoint
 * @param against another checkout, or null; see `engine-of.ts`
 */
export async function countLaunches(
	browser: Browser,
	{ root, built, model, against }: { root: string; built: string; model: string; against: string | null },
	asked: Pick<EngineRequest, 'backend'>
): Promise<LaunchesOfSides> {
	const folder = join(root, 'tests/bench/launches');
	await buildPage(folder, join(built, 'this'));
	if (against !== null) await buildPage(folder, join(built, 'other'), [engineOf(root, against)]);
	const site = await serveFolders({ '/': built, '/model/': model });
	const count = async (side: Side) => {
		const page = await browser.newPage();
		await page.goto(`${site.url}${side}/`);
		await page.waitForFunction(() => 'launches' in window);
		const request: EngineRequest = { ...asked, threads: 1, model: `${site.url}model/` };
		const found = await page.evaluate((one) => window.launches(one), request);
		await page.close();
		return found;
	};
	try {
		const own = await count('this');
		return against === null ? { this: own } : { this: own, other: await count('other') };
	} finally {
		await site.close();
	}
}
