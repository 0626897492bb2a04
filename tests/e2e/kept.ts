import type { Page } from 'playwright/test';

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
