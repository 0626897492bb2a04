import type { Page } from 'playwright/test';
import { isTooWide, scan } from '../axe';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { asUpload } from '../pictures';

const PAGES = ['', 'inspect/?backend=wasm', 'models/', 'about/', 'gallery/', 'learn/', 'learn/glossary/'];

async function ready(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	if (!path.startsWith('gallery')) await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 45_000 });
}

for (const path of PAGES) {
	test(`/${path}: WCAG 2.2 AA, narrow and wide, light and dark, and no sideways scrolling`, async ({ page }) => {
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 360, height: 740 });
		await ready(page, path);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			for (const width of [360, 1280]) {
				await page.setViewportSize({ width, height: 740 });
				expect(await isTooWide(page), `sideways scrolling at ${width} px`).toBe(false);
				await scan(page);
			}
		}
	});
}

test.describe('what opens on demand', () => {
	test.use({ tolerated: FAILED_REQUESTS });

	test('sentences, forms, the crop, the backends and the camera pass too', async ({ inspect, page, pictures }) => {
		await inspect.open();
		await inspect.radio('Crop', 'Pick it').check();
		await page.locator('summary').first().click();
		await inspect.button('Web address').click();
		await inspect.drop(asUpload('empty.png', Buffer.alloc(0)));
		await expect(inspect.alert).toBeVisible();
		await scan(page);
		await page.getByLabel('Address of a picture').fill(`${pictures.address}/never`);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('progressbar')).toBeVisible();
		await scan(page);
		await inspect.button('Cancel').click();
		// What opened there may lie over the button.
		await page.locator('summary').first().click();
		await inspect.button('Camera').click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await scan(page);
	});

	test('with reduced motion nothing moves by itself; without, work under way does', async ({
		inspect,
		page,
		pictures
	}) => {
		const moving = () =>
			page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
		for (const reducedMotion of ['no-preference', 'reduce'] as const) {
			await page.emulateMedia({ reducedMotion });
			await inspect.open();
			await inspect.button('Web address').click();
			await page.getByLabel('Address of a picture').fill(`${pictures.address}/never`);
			await page.keyboard.press('Enter');
			await expect(page.getByRole('progressbar')).toBeVisible();
			if (reducedMotion === 'reduce') await expect.poll(moving).toBe(0);
			else expect(await moving()).toBeGreaterThan(0);
			await inspect.button('Cancel').click();
		}
	});
});

test('the chosen theme holds against the system, and after a reload', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await ready(page, 'models/');
	const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await paper();
	await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
	await expect.poll(paper).not.toBe(light);
	const dark = await paper();
	await page.reload();
	expect(await paper()).toBe(dark);
	await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
});
