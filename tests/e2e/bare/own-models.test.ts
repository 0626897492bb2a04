import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { SIZES, timmCheckpoint } from '../../../src/lib/engine/testing/checkpoint';
import { startHub } from '../../hub/server';
import { isTooWide, scan } from '../axe';
import { expect, FAILED_REQUESTS, needsShared, SHARED, test } from '../fixtures';

/** Small checkpoints with random weights, of families that the site has no model of. */
const parity = (name: string) => join(SHARED, 'parity', name);

/** Without a network the browser says so of each request. */
test.use({ tolerated: FAILED_REQUESTS, fresh: true });

const menu = (page: Page) => page.getByLabel('Model', { exact: true });

test('a repository is named, looked up, fetched, used, kept and deleted', async ({ page, inspect, context }) => {
	needsShared();
	const hub = await startHub({ 'someone/tiny-dinov2': parity('dinov2-registers') });
	await page.addInitScript((endpoint) => localStorage.setItem('patchwork.hub', endpoint), hub.endpoint);
	await page.goto('models/?backend=wasm');
	const field = page.getByLabel('Name or address of the repository');
	await field.fill('someone/tiny-dinov2');
	await page.getByRole('button', { name: 'Look it up' }).click();
	const found = page.getByRole('article', { name: 'someone/tiny-dinov2' });
	await expect(found).toContainText('dinov2_with_registers');
	await expect(found).toContainText('CLS, 4 registers and 4 × 4 patches of 14 px');
	await scan(page);
	expect(await isTooWide(page)).toBe(false);
	await found.getByRole('button', { name: /^Fetch 0\.3 MB and use it$/ }).click();
	const own = page.getByRole('region', { name: 'Models that you brought' });
	await own.getByRole('link', { name: 'In use: look at it' }).click({ timeout: 45_000 });

	await expect(page.getByRole('heading', { name: 'The samples it finds most alike' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Pick Register 4' })).toBeVisible();
	await expect(page.getByText('This model has no classifier, so it names no classes.')).toBeVisible();
	await inspect.settles();
	await expect(page.getByRole('navigation', { name: 'From photo to prediction' })).toContainText('No classifier');
	await hub.close();
	// A model without registers looks from CLS in their place; with them again, from the one that was picked.
	await page.getByRole('button', { name: 'Pick Register 4' }).click();
	await menu(page).selectOption('Patchwork-T');
	await expect(inspect.predictions).toContainText('Patchwork-T', { timeout: 45_000 });
	await inspect.settles();
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: CLS');
	await context.setOffline(true);
	await menu(page).selectOption({ label: 'someone/tiny-dinov2 (kept in this browser)' });
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: Register 4', { timeout: 45_000 });
	await context.setOffline(false);

	await page.getByRole('link', { name: 'Models', exact: true }).click();
	await page.getByRole('button', { name: 'Delete someone/tiny-dinov2' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
	await expect(page.getByText('Nothing yet.')).toBeVisible();
});

test('the files of a folder are dropped, named, used and kept', async ({ page, inspect }) => {
	needsShared();
	await page.goto('models/?backend=wasm');
	const files = page.getByLabel('Files of a model');
	const weights = join(parity('deit-distilled'), 'model.safetensors');
	await files.setInputFiles(weights);
	await expect(page.getByText('model.safetensors is here; now add config.json.')).toBeVisible();
	await files.setInputFiles(join(parity('vit-patch16'), 'config.json'));
	await expect(page.getByRole('alert')).toContainText('These two files don’t belong together: config.json says');
	await files.setInputFiles(['config.json', 'model.safetensors'].map((name) => join(parity('deit-distilled'), name)));
	await expect(page.getByRole('article', { name: 'deit-3-blocks-3-heads-48-wide' })).toBeVisible();
	await page.getByLabel('Folder of a model').setInputFiles(parity('deit-distilled'));
	const found = page.getByRole('article', { name: 'deit-distilled', exact: true });
	await expect(found).toContainText('CLS, the distillation token and 4 × 4 patches of 16 px');
	await found.getByLabel('Its name in the menu').fill('my own deit');
	await found.getByRole('button', { name: 'Use it' }).click();
	const own = page.getByRole('region', { name: 'Models that you brought' });
	await own.getByRole('link', { name: 'In use: look at it' }).click({ timeout: 45_000 });
	await expect(page.getByRole('button', { name: 'Pick Distillation' })).toBeVisible();
	await expect(page).toHaveURL(/model=local(\/|%2F)my-own-deit/);
	await inspect.photo.focus();
	for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
	// A link counts the patches alone: this is the seventh of them, whatever stands before.
	await expect(page).toHaveURL(/[?&]token=7(&|$)/);
	await page.reload();
	await expect(page.getByRole('button', { name: 'Pick Distillation' })).toBeVisible({ timeout: 45_000 });
	await expect(menu(page)).toHaveValue('local/my-own-deit');
	await inspect.settles();
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 2, column 3');
	await expect(page.getByText(/files give its 9 classes no names.*The likeliest is class \d/)).toBeVisible();
	await expect(inspect.radio('Crop', 'Whole photo, squeezed')).toBeChecked();

	await page.locator('summary', { hasText: 'Reads 64 × 64 px' }).click();
	await page.getByRole('slider', { name: 'Size of the input' }).press('ArrowRight');
	await expect(page.getByText(/^51 tokens in place of 18: /)).toBeVisible();
	await page.getByRole('button', { name: 'Read at 112 × 112 px' }).click();
	await expect(page.locator('summary', { hasText: 'Reads 112 × 112 px' })).toBeVisible();
	await expect(page).toHaveURL(/size=112/);
	// The middle of row 2, column 3, of 4 x 4 patches lies there in 7 x 7.
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 3, column 5');

	await page.getByRole('link', { name: 'Models', exact: true }).click();
	await page.getByRole('button', { name: 'Delete my-own-deit' }).click();
	const dialog = page.getByRole('dialog', { name: 'Delete my-own-deit?' });
	await expect(dialog).toContainText('It stays in use');
	await scan(page);
	await dialog.getByRole('button', { name: 'Delete it' }).click();
	await expect(page.getByText('Nothing yet.')).toBeVisible();
	await page.goBack();
	await page.reload();
	await expect(inspect.sentence).toHaveText(
		/^my-own-deit is not in this browser, or no longer: .* is used in its place/
	);
});

test('a thousand classes without names go by ImageNet’s, which is said and can be undone', async ({
	page,
	inspect
}) => {
	const { config, weights } = timmCheckpoint({ ...SIZES, classes: 1000 });
	await page.goto('models/?backend=wasm');
	await page.getByLabel('Files of a model').setInputFiles([
		{ name: 'config.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(config)) },
		{ name: 'model.safetensors', mimeType: '', buffer: Buffer.from(weights) }
	]);
	const found = page.getByRole('article').filter({ has: page.getByLabel('Its name in the menu') });
	await found.getByRole('button', { name: 'Use it' }).click();
	const own = page.getByRole('region', { name: 'Models that you brought' });
	await own.getByRole('link', { name: 'In use: look at it' }).click({ timeout: 45_000 });
	await inspect.shows(/golf ball/);
	const sentence = 'The file names no classes; these are ImageNet’s, assumed because there are a thousand.';
	await expect(inspect.predictions).toContainText(sentence);
	for (const { label } of await inspect.guesses()) expect(label).not.toMatch(/^class \d+$/);
	await inspect.button('Go by their numbers').click();
	const numbers = page.getByText(/files give its 1,000 classes no names.*The likeliest is class \d/);
	await expect(numbers).toBeVisible({ timeout: 45_000 });
	await page.reload();
	await expect(numbers).toBeVisible({ timeout: 45_000 });
	await inspect.button('Use ImageNet’s names').click();
	await expect(inspect.predictions).toContainText(sentence, { timeout: 45_000 });
});
