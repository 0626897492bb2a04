import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test, type Page } from 'playwright/test';
import { buildPage, serveFolders, type LocalSite } from './site';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Reference material that may be absent, and is never a part of the project. */
const shared = `${root}../shared/`;
const SHARED = {
	'/parity/': `${shared}parity`,
	'/photos/': `${shared}photos`,
	'/vit-tiny/': `${shared}models/vit-tiny`
};
const hasShared = Object.values(SHARED).every((folder) => existsSync(folder));

/** Call first in a test that needs the recordings: it is reported as skipped where they are not. */
export function needsShared(): void {
	test.info().skip(!hasShared, 'needs reference material that is not part of the project');
}

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
	let site: LocalSite;
	test.beforeAll(async () => {
		// Two files may need it at once, each for its own tests.
		const built = `${root}.cache/${ready}-${test.info().parallelIndex}`;
		await buildPage(root + folder, built);
		const others = Object.fromEntries(Object.entries(more).map(([path, relative]) => [path, root + relative]));
		site = await serveFolders({ '/': built, ...(hasShared ? SHARED : {}), ...others });
	});
	test.afterAll(() => site.close());
	return async (page) => {
		await page.goto(site.url);
		await page.waitForFunction((name) => name in window, ready);
	};
}
