import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures';

/** Presses Tab until the element has the focus, and makes sure that the focus can be seen there. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
	const focused = () => target.evaluate((element) => element === document.activeElement);
	for (let presses = 0; !(await focused()); presses++) {
		if (presses > 80) throw new Error('Tab does not lead there.');
		await page.keyboard.press(key);
	}
	const ring = await target.evaluate((element) => {
		const shown = [element, element.nextElementSibling, element.parentElement].filter((one) => one !== null);
		return shown.some(
			(one) => getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none'
		);
	});
	expect(ring, 'a visible focus').toBe(true);
}

test('with the keyboard alone: a sample, a query, a block, a head, a file', async ({ inspect, page }) => {
	await inspect.open();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();

	await tabTo(page, inspect.photo);
	for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 3, column 1');
	await expect(inspect.tip).toContainText('Row 3, column 1. Of the patches, most to');

	await tabTo(page, inspect.sample('Golf ball on a lawn'));
	await page.keyboard.press('ArrowRight');
	await expect(inspect.sample('Balloons over the hills')).toBeFocused();
	await page.keyboard.press('Enter');
	await inspect.shows(/hot-air balloon/);
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: CLS');

	await tabTo(page, inspect.radio('Show what', 'this token attends to'));
	await page.keyboard.press('ArrowRight');
	await expect(inspect.radio('Show what', 'attends to this token')).toBeChecked();

	await tabTo(page, page.getByLabel('Block', { exact: true }));
	await page.keyboard.press('ArrowUp');
	await expect(inspect.caption).toContainText('Block 6');
	await tabTo(page, inspect.radio('Head', 'Mean'));
	await page.keyboard.press('ArrowRight');
	await expect(inspect.caption).toContainText('Block 6, head 1');

	await tabTo(page, page.getByRole('grid').getByRole('button', { name: 'Block 6, head 1' }));
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await expect(inspect.caption).toContainText('Block 5, head 3');

	await tabTo(page, inspect.button('Overlay as PNG'));
	const saved = page.waitForEvent('download');
	await page.keyboard.press('Enter');
	expect((await saved).suggestedFilename()).toBe('balloons-over-the-hills-patchwork-t-overlay.png');
});

test('a person who cannot see the picture hears what happens', async ({ inspect, page }) => {
	await inspect.open();
	await expect(inspect.predictions.getByRole('status')).toHaveText(/^golf ball, \d+ percent\.$/);
	await expect(inspect.photo).toHaveAttribute('aria-valuetext', /^CLS\. Of the patches, most to row \d+, column \d+: /);
	await inspect.photo.focus();
	await page.keyboard.press('ArrowRight');
	await expect(inspect.photo).toHaveAttribute(
		'aria-valuetext',
		/^Row 1, column 1\. Of the patches, most to row \d+, column \d+: /
	);
	await expect(inspect.photo).toHaveAccessibleDescription(/Arrow keys move to the next patch/);
	await expect(inspect.photo).toHaveAccessibleName(/: A white dimpled golf ball/);
});
