import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, type Page } from 'playwright/test';
import type { BackendName } from '../../src/lib/engine/backends/names';
import type { StartOptions } from './page/start';
import { buildPage, serveFolders, type LocalSite } from './site';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Reference material that may be absent, and is never a part of the project. */
const shared = `${root}../shared/`;
const SHARED = {
	'/parity/': `${shared}parity`,
	'/photos/': `${shared}photos`,
	'/zoo/': `${shared}zoo`,
	'/vit-tiny/': `${shared}models/vit-tiny`
};
const hasShared = Object.values(SHARED).every((folder) => existsSync(folder));

/** Call first in a test that needs the recordings: it is reported as skipped where they are not. */
export function needsShared(): void {
	base.info().skip(!hasShared, 'needs reference material that is not part of the project');
}

/** A model that every checkout has: a ViT-Tiny in float16. */
const BUNDLED = { '/bundled/': 'static/models/patchwork-t' };

/** A page that is built and served for the tests. */
interface ServedPage {
	readonly site: LocalSite;
	/** Opens it in a page of Playwright's; nothing is started in there yet. */
	open(page: Page): Promise<void>;
}

/**
 * @param folder of the page's index.html, relative to the project
 * @param ready name of the global that the page sets when it can be used
 * @param slot of the worker that asks: two may need the page at once, each for its own tests
 * @param more folders that it reads, by their path there
 */
async function serve(
	folder: string,
	ready: string,
	slot: number,
	more: Record<string, string> = {}
): Promise<ServedPage> {
	const built = `${root}.cache/${ready}-${slot}`;
	await buildPage(root + folder, built);
	const others = Object.fromEntries(Object.entries(more).map(([path, relative]) => [path, root + relative]));
	const site = await serveFolders({ '/': built, ...(hasShared ? SHARED : {}), ...others });
	return {
		site,
		open: async (page) => {
			await page.goto(site.url);
			await page.waitForFunction((name) => name in window, ready);
		}
	};
}

interface WorkerFixtures {
	/**
	 * The page of `tests/gpu/page` with a backend started, the same one for all who ask for it: a GPU in software takes
	 * most of its time for compiling shaders, and what a test before has compiled is there. So a test leaves nothing in
	 * there that was not there before it.
	 */
	running: (backend: BackendName, options?: StartOptions) => Promise<Page>;
}

export const test = base.extend<object, WorkerFixtures>({
	running: [
		async ({ browser }, use, { parallelIndex }) => {
			const { site, open } = await serve('tests/gpu/page', 'bridge', parallelIndex, BUNDLED);
			const pages = new Map<string, Promise<Page>>();
			const start = async (backend: BackendName, options: StartOptions) => {
				const page = await browser.newPage();
				await open(page);
				await page.evaluate(([name, how]) => window.bridge.start(name, how), [backend, options] as const);
				return page;
			};
			await use((backend, options = {}) => {
				const key = JSON.stringify([backend, options]);
				const page = pages.get(key) ?? start(backend, options);
				pages.set(key, page);
				return page;
			});
			for (const page of await Promise.all(pages.values())) await page.close();
			await site.close();
		},
		{ scope: 'worker', timeout: 120_000 }
	]
});

/**
 * Builds and serves a page for the tests of a file, with the folders that it reads beside it.
 * @param folder of the page's index.html, relative to the project
 * @param ready name of the global that the page sets when it can be used
 * @returns a function that opens it in a page of Playwright's; nothing is started in there yet
 */
export function servePage(
	folder: string,
	ready: string,
	more: Record<string, string> = {}
): (page: Page) => Promise<void> {
	let served: ServedPage;
	base.beforeAll(async () => {
		served = await serve(folder, ready, base.info().parallelIndex, more);
	});
	base.afterAll(() => served.site.close());
	return (page) => served.open(page);
}
