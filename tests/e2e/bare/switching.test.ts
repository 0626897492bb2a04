import type { Page } from 'playwright/test';
import { CHROMIUM_ARGS, launchWith } from '../../../scripts/lib/chromium.js';
import { expect, test } from '../fixtures';

// Pages that were there before would be counted too, and the light Chromium counts nothing.
test.use({ fresh: true, launchOptions: launchWith(CHROMIUM_ARGS) });

/** Bytes of the page and its workers together, as the browser counts them when it has collected garbage. */
function memory(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const measured = performance as Performance & {
			measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
		};
		return (await measured.measureUserAgentSpecificMemory()).bytes;
	});
}

// Twenty times over it is done in src/lib/worker/host.switching.test.ts, where a time costs nothing.
test('switching models eight times leaves the tensors and the heap as they were', async ({
	inspect,
	page,
	hub,
	engine
}, info) => {
	void hub;
	info.setTimeout(300_000);
	await inspect.open({ backend: 'wasm' });
	await inspect.button(/^Fetch ViT-Tiny/).click();
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
	const use = async (label: RegExp, title: string) => {
		const menu = page.getByLabel('Model', { exact: true });
		await menu.selectOption(await menu.locator('option', { hasText: label }).getAttribute('value'));
		await expect(inspect.predictions).toContainText(title, { timeout: 45_000 });
		await inspect.settles();
	};
	const round = async () => {
		await use(/^Patchwork-T/, 'Patchwork-T');
		await use(/^ViT-Tiny/, 'ViT-Tiny/16');
	};
	await round();
	const [held, before] = [await engine.held(), await memory(page)];
	for (let i = 0; i < 4; i++) await round();
	expect(await engine.held()).toEqual(held);
	const after = await memory(page);
	info.annotations.push({ type: 'bytes', description: `${before} before, ${after} after` });
	expect(after).toBeLessThan(1.1 * before);
});
