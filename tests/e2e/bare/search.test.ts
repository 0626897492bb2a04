import type { Page } from 'playwright/test';
import { isTooWide, scan } from '../axe';
import { expect, FAILED_REQUESTS, test } from '../fixtures';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search the lesson' });
const words = (page: Page) => dialog(page).getByRole('combobox');
const options = (page: Page) => dialog(page).getByRole('option');

test('the key / opens it, a slip of the finger is forgiven, and Enter leads to the step', async ({ page }) => {
	await page.goto('about/');
	await page.keyboard.press('/');
	await expect(words(page)).toBeFocused();
	await page.keyboard.type('sofmax');
	await expect(options(page).first()).toContainText(/softmax/i);
	await expect(dialog(page).locator('mark').first()).toHaveText(/softmax/i);
	const second = await options(page).nth(1).getAttribute('href');
	await page.keyboard.press('ArrowDown');
	await expect(options(page).nth(1)).toHaveAttribute('aria-selected', 'true');
	const address = new URL(second ?? '', page.url()).href;
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(address);
	await expect(dialog(page)).toHaveCount(0);
});

test('a result opens the chapter at its step, and the glossary at its term', async ({ page }) => {
	await page.goto('learn/');
	await page.getByRole('button', { name: 'Search' }).click();
	await words(page).fill('gelu');
	await dialog(page)
		.getByRole('option', { name: /The bend: GELU/ })
		.click();
	await expect(page.getByRole('heading', { name: 'The bend: GELU' })).toBeInViewport();
	await page.getByRole('button', { name: 'Search' }).click();
	await words(page).fill('cls');
	await dialog(page)
		.getByRole('option', { name: /^CLS token Glossary/ })
		.click();
	await expect(page.locator('#cls')).toBeInViewport();
});

test('a result that is opened in a tab of its own leaves the list where it is', async ({ page, context }) => {
	await page.goto('about/');
	await page.keyboard.press('/');
	await words(page).fill('softmax');
	const opened = context.waitForEvent('page');
	await options(page)
		.first()
		.click({ modifiers: ['ControlOrMeta'] });
	await (await opened).close();
	await expect(options(page).first()).toBeVisible();
});

test('Escape closes it and gives the focus back; / is typed where something is typed', async ({ page }) => {
	await page.goto('models/');
	const box = page.getByLabel('Address of the hub');
	await box.focus();
	await page.keyboard.press('/');
	await expect(dialog(page)).toHaveCount(0);
	await expect(box).toHaveValue(/\/$/);
	const button = page.getByRole('button', { name: 'Search' });
	await button.focus();
	await page.keyboard.press('Enter');
	await words(page).fill('zzzzz');
	await expect(dialog(page).getByRole('status')).toHaveText(/Nothing found/);
	await page.keyboard.press('Escape');
	await expect(dialog(page)).toHaveCount(0);
	await expect(button).toBeFocused();
});

test('the key can be turned off, and Ctrl K opens it all the same', async ({ page }) => {
	await page.goto('about/');
	await page.keyboard.press('Control+k');
	await dialog(page).getByRole('checkbox').uncheck();
	await page.keyboard.press('Escape');
	await page.keyboard.press('/');
	await page.keyboard.press('Control+k');
	await expect(words(page)).toHaveValue('');
	await expect(dialog(page).getByRole('checkbox')).not.toBeChecked();
});

test('WCAG 2.2 AA with results, narrow and wide, light and dark', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('about/');
	await page.keyboard.press('/');
	await words(page).fill('attention');
	await expect(options(page).first()).toBeVisible();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const width of [360, 1280]) {
			await page.setViewportSize({ width, height: 740 });
			expect(await isTooWide(page)).toBe(false);
			await scan(page, `${colorScheme}, ${width}`);
		}
	}
});

test.describe('without its index', () => {
	test.use({ tolerated: FAILED_REQUESTS, fresh: true });

	test('it says so, and tries again', async ({ page }) => {
		await page.route('**/search.json', (route) => route.abort());
		await page.goto('about/');
		await page.keyboard.press('/');
		await expect(dialog(page).getByRole('alert')).toContainText('could not be fetched');
		await page.unroute('**/search.json');
		await words(page).fill('token');
		await dialog(page).getByRole('button', { name: 'Try again' }).click();
		await expect(options(page).first()).toBeVisible();
	});
});
