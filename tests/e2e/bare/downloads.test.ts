import { CHROMIUM_ARGS, launchWith } from '../../../scripts/lib/chromium.js';
import type { Locator, Page } from 'playwright/test';
import { expect, FAILED_REQUESTS, needsShared, test } from '../fixtures';
import { filesKept, siteIsKept } from '../kept';

/** A download that is stopped in every way there is, on the page where models are fetched and deleted. */
test.use({
	tolerated: FAILED_REQUESTS,
	fresh: true,
	serviceWorkers: 'allow',
	launchOptions: launchWith(CHROMIUM_ARGS)
});

test.beforeEach(() => needsShared());

const card = (page: Page): Locator => page.getByRole('article', { name: 'ViT-Tiny/16' });
const progress = (page: Page): Locator => page.getByRole('progressbar', { name: 'Fetching ViT-Tiny/16' });
const stored = (page: Page): Locator => page.getByRole('row', { name: /ViT-Tiny\/16/ });

/** Megabytes that have come so far, as the page says it. */
async function arrived(page: Page): Promise<number> {
	const text = (await progress(page).getAttribute('aria-valuetext')) ?? '';
	return Number(/^[\d.]+/.exec(text)?.[0]);
}

const hasCome = (page: Page, megabytes: number) =>
	expect.poll(() => arrived(page), { timeout: 45_000 }).toBeGreaterThan(megabytes);

test('a download is paused, goes on, is cancelled, and is taken up after a reload; then the model needs no network', async ({
	page,
	hub,
	context
}) => {
	const ranges = () => hub.seen.filter(({ path }) => path.endsWith('model.safetensors')).map(({ range }) => range);
	hub.faults.slow = 40;
	await page.goto('models/');
	await card(page).getByRole('button', { name: 'Fetch 22.9 MB and use it' }).click();
	await hasCome(page, 1);

	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(progress(page)).toHaveAttribute('aria-valuetext', /paused/);
	await expect(stored(page)).toContainText(/of 22\.9 MB/);
	const [paused, asked] = [await arrived(page), ranges().length];
	await page.waitForTimeout(500);
	expect(await arrived(page)).toBe(paused);
	await page.getByRole('button', { name: 'Go on' }).click();
	await hasCome(page, paused + 0.5);
	expect(ranges()[asked]).toMatch(/^bytes=[1-9]\d*-$/);

	await page.getByRole('button', { name: 'Cancel' }).last().click();
	await expect(progress(page)).toHaveCount(0);
	await expect(stored(page)).toContainText(/[1-9][\d.]* of 22\.9 MB/);
	await expect(page.getByRole('alert')).toHaveCount(0);

	await page.reload();
	await expect(stored(page)).toContainText(/[1-9][\d.]* of 22\.9 MB/);
	hub.faults.slow = 0;
	const before = ranges().length;
	await card(page).getByRole('button', { name: 'Fetch the rest and use it' }).click();
	await expect(card(page).getByRole('link', { name: 'In use: look at it' })).toBeVisible({ timeout: 45_000 });
	expect(ranges()[before]).toMatch(/^bytes=[1-9]\d*-$/);

	await hub.close();
	await card(page).getByRole('link', { name: 'In use: look at it' }).click();
	await expect(page.getByRole('gridcell')).toHaveCount(36, { timeout: 45_000 });
	await siteIsKept(page, '../inspect/');
	await context.setOffline(true);
	await page.reload();
	await expect(page.getByRole('gridcell')).toHaveCount(36, { timeout: 45_000 });
	await expect(page.getByLabel('Model', { exact: true })).toHaveValue('vit-tiny');

	await page.getByRole('link', { name: 'Models', exact: true }).click();
	await page.getByRole('button', { name: 'Delete ViT-Tiny/16' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
	await expect(page.getByText('Nothing yet.')).toBeVisible();
	expect(await filesKept(page)).toBe(0);
});

test('all that is kept is forgotten while a model comes, which is cancelled', async ({ page, hub }) => {
	hub.faults.slow = 40;
	await page.goto('models/');
	await card(page).getByRole('button', { name: 'Fetch 22.9 MB and use it' }).click();
	await hasCome(page, 1);
	const kept = page.getByRole('region', { name: 'All that this browser keeps' });
	await kept.getByRole('button', { name: 'Forget everything kept here' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click();
	await expect(kept.getByRole('status')).toHaveText(/All of it is forgotten/);
	await expect(progress(page)).toHaveCount(0);
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect(kept.locator('[data-kept="models"]')).toHaveText('nothing');
	await expect(page.getByText('Nothing yet.')).toBeVisible();
	expect(await filesKept(page)).toBe(0);
});

test('a GPU that is lost after the model was fetched costs no second download', async ({
	page,
	hub,
	inspect,
	engine
}) => {
	await inspect.open({ backend: 'webgl' });
	await inspect.button(/^Fetch ViT-Tiny/).click();
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
	await inspect.settles();
	const [guesses, asked] = [await inspect.guesses(), hub.seen.length];
	await engine.loseGpu();
	await expect(page.locator('summary').filter({ hasText: 'Runs on wasm' })).toBeVisible({ timeout: 45_000 });
	await inspect.settles();
	expect((await inspect.guesses())[0]?.label).toBe(guesses[0]?.label);
	expect(hub.seen).toHaveLength(asked);
});
