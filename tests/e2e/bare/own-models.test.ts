import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { startHub } from '../../hub/server';
import { isTooWide, scan } from '../axe';
import { expect, FAILED_REQUESTS, needsShared, SHARED, test } from '../fixtures';

/** Small checkpoints with random weights, of families that the site has no model of. */
const parity = (name: string) => join(SHARED, 'parity', name);
const filesIn = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

/** Without a network the browser says so of each request. */
test.use({ tolerated: FAILED_REQUESTS });

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
	await inspect.settles();
	await expect(page.getByRole('navigation', { name: 'From photo to prediction' })).toContainText('No head');
	await hub.close();
	await menu(page).selectOption('Patchwork-S');
	await expect(inspect.predictions).toContainText('Patchwork-S', { timeout: 45_000 });
	await inspect.settles();
	await context.setOffline(true);
	await menu(page).selectOption({ label: 'someone/tiny-dinov2 (kept in this browser)' });
	await expect(page.getByRole('button', { name: 'Pick Register 4' })).toBeVisible({ timeout: 45_000 });
	await context.setOffline(false);

	await page.getByRole('link', { name: 'Models', exact: true }).click();
	await page.getByRole('button', { name: 'Delete someone/tiny-dinov2' }).click();
	await expect(page.getByText('Nothing yet.')).toBeVisible();
});

test('the files of a folder are dropped, named, used and kept', async ({ page, inspect }) => {
	needsShared();
	await page.goto('models/?backend=wasm');
	const files = page.getByLabel('Files of a model');
	await files.setInputFiles(filesIn(parity('deit-distilled')).filter((path) => !path.endsWith('config.json')));
	await expect(page.getByRole('alert')).toContainText('config.json');
	await files.setInputFiles(filesIn(parity('deit-distilled')));
	const found = page.getByRole('article', { name: 'deit', exact: true });
	await expect(found).toContainText('CLS, distillation and 4 × 4 patches of 16 px');
	await found.getByLabel('Its name in the menu').fill('my own deit');
	await found.getByRole('button', { name: 'Use it' }).click();
	const own = page.getByRole('region', { name: 'Models that you brought' });
	await own.getByRole('link', { name: 'In use: look at it' }).click({ timeout: 45_000 });
	await expect(page.getByRole('button', { name: 'Pick Distillation' })).toBeVisible();
	await expect(page).toHaveURL(/model=local(\/|%2F)my-own-deit/);
	await page.reload();
	await expect(page.getByRole('button', { name: 'Pick Distillation' })).toBeVisible({ timeout: 45_000 });
	await expect(menu(page)).toHaveValue('local/my-own-deit');
	await inspect.settles();

	await page.locator('summary', { hasText: 'Reads 64 × 64 px' }).click();
	await page.getByRole('slider', { name: 'Side of the input' }).press('ArrowRight');
	await expect(page.getByText(/^51 tokens in place of 18: /)).toBeVisible();
	await page.getByRole('button', { name: 'Read at 112 × 112 px' }).click();
	await expect(page.locator('summary', { hasText: 'Reads 112 × 112 px' })).toBeVisible();
	await expect(page).toHaveURL(/size=112/);
});
