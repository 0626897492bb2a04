import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures';

/** Every mark of the gallery whose items can be read, by its label. */
const MARKS = [
	'Tokens of a painted landscape',
	'Shuffled tokens',
	'Attention of a made-up head',
	'Five rows of eight signed numbers',
	'A vector of 192 numbers',
	'The vector of 196 numbers',
	'Three made-up curves over twelve blocks',
	'Five made-up points'
];

const mark = (page: Page, name: string): Locator => page.getByRole('slider', { name, exact: true });
const tip = (of: Locator): Locator => of.locator('[popover]');

test.beforeEach(async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('gallery/');
	await expect(mark(page, 'Tokens of a painted landscape')).toBeVisible();
});

/** What is shown is what is spoken, and all of it is on the screen. */
async function reads(page: Page, surface: Locator): Promise<void> {
	await expect(tip(surface)).toBeVisible();
	const box = await tip(surface).boundingBox();
	const { width = 0, height = 0 } = page.viewportSize() ?? {};
	expect(box?.x).toBeGreaterThanOrEqual(0);
	expect(box?.y).toBeGreaterThanOrEqual(0);
	expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
	expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
}

for (const name of MARKS) {
	test(`${name}: read with the keyboard, from one end to the other`, async ({ page }) => {
		const surface = mark(page, name);
		await surface.focus();
		await page.keyboard.press('Home');
		const first = await surface.getAttribute('aria-valuetext');
		expect(first).not.toBe('');
		for (const key of ['ArrowRight', 'End']) {
			await page.keyboard.press(key);
			await expect(surface).not.toHaveAttribute('aria-valuetext', first ?? '');
			await reads(page, surface);
			expect(await tip(surface).textContent()).toBe(await surface.getAttribute('aria-valuetext'));
		}
		await page.keyboard.press('Escape');
		await expect(tip(surface)).toHaveCount(0);
	});
}

test('the pointer reads, and what it left is not read any more', async ({ page }) => {
	const surface = mark(page, 'Five rows of eight signed numbers');
	await surface.hover({ position: { x: 2, y: 2 } });
	await reads(page, surface);
	await expect(tip(surface)).toContainText('Row 1, column 1');
	await page.mouse.move(0, 0);
	await expect(tip(surface)).toHaveCount(0);
});

test('Enter and a click choose', async ({ page }) => {
	const surface = mark(page, 'Five made-up points');
	await expect(surface).toHaveAttribute('aria-valuenow', '2');
	await surface.focus();
	await page.keyboard.press('Home');
	await page.keyboard.press('Enter');
	await expect(surface.locator('.selected')).toHaveCount(1);
	await expect(surface).toHaveAttribute('aria-valuenow', '0');
});

test.describe('with a finger', () => {
	test.use({ hasTouch: true });

	test('a tap reads, and keeps being read until another or Escape', async ({ page }) => {
		const surface = mark(page, 'A vector of 192 numbers');
		await surface.tap({ position: { x: 4, y: 20 } });
		await reads(page, surface);
		await expect(tip(surface)).toContainText('Feature');
		await page.keyboard.press('Escape');
		await expect(tip(surface)).toHaveCount(0);
	});
});
