import type { Browser } from 'playwright';
import { buildPage, serveFolders } from '../gpu/site.ts';
import type { EngineRequest } from './alone/main.ts';
import type { CostTimes } from './costs/main.ts';

/**
 * What edits, a sweep and relevance cost, in turn with plain runs.
 * @param page folder of the page @param built folder to build it into @param model folder of a checkpoint of a ViT
 */
export async function measureCosts(
	browser: Browser,
	{ page: folder, built, model }: { page: string; built: string; model: string },
	asked: Pick<EngineRequest, 'backend' | 'threads'> & { readonly turns: number }
): Promise<CostTimes> {
	await buildPage(folder, built);
	const site = await serveFolders({ '/': built, '/model/': model });
	const page = await browser.newPage();
	try {
		await page.goto(site.url);
		await page.waitForFunction(() => 'costs' in window);
		const { turns, ...rest } = asked;
		const request = { ...rest, model: `${site.url}model/` };
		return await page.evaluate(([one, count]) => window.costs(one, count), [request, turns] as const);
	} finally {
		await page.close();
		await site.close();
	}
}
