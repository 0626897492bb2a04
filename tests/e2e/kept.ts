import type { Page } from 'playwright/test';
import { expect } from './fixtures';

/** How many models lie in this site's private file system, whole or in part. */
export function filesKept(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle('patchwork-models').catch(() => null);
		const names: string[] = [];
		for await (const name of folder?.keys() ?? []) names.push(name);
		return names.length;
	});
}

/** Waits until the site itself is kept by its service worker, `path` included, which is relative to the page. */
export async function siteIsKept(page: Page, path: string): Promise<void> {
	await page.evaluate(async () => void (await navigator.serviceWorker.ready));
	const isKept = () => page.evaluate(async (path) => !!(await caches.match(new URL(path, location.href))), path);
	await expect.poll(isKept, { timeout: 60_000 }).toBe(true);
}
