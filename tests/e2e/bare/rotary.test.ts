import type { Locator } from 'playwright/test';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';

/* Rotary positions, turned by hand: two places, by mouse and by keyboard, of which the product knows the difference alone. */

for (const width of [360, 1280]) {
	test(`the product of two arrows stays while both move, at ${width} pixels`, async ({ page }) => {
		await page.setViewportSize({ width, height: 1000 });
		const lesson = new LessonPage(page);
		await lesson.open('positions', 'rotary');
		const { figure } = lesson;
		// On a narrow screen only the beginning of a figure is shown.
		const more = page.getByRole('button', { name: 'Show more of the figure' });
		if (await more.isVisible()) await more.click();

		const product = figure.locator('[data-product=turned]');
		const arrow = (of: 'query' | 'key'): Locator =>
			figure.getByRole('group').getByRole('slider', { name: `Place of the ${of}` });
		const on = figure.getByRole('button', { name: 'Both one place on' });
		const start = await product.innerText();

		await on.click();
		await expect(arrow('query')).toHaveAttribute('aria-valuenow', '4');
		await expect(arrow('key')).toHaveAttribute('aria-valuenow', '6');
		await expect(product).toHaveText(start);

		await arrow('key').press('ArrowRight');
		await expect(arrow('key')).toHaveAttribute('aria-valuenow', '7');
		await expect(product).not.toHaveText(start);
		await arrow('query').press('ArrowRight');
		await expect(product).toHaveText(start);

		await arrow('key').press('End');
		await expect(arrow('key')).toHaveAttribute('aria-valuenow', '12');
		// There is no place beyond; the button keeps the focus, and does nothing.
		await expect(on).toBeDisabled();
		await on.press('Enter');
		await expect(arrow('query')).toHaveAttribute('aria-valuenow', '5');

		await dragOnto(arrow('query'), arrow('key'));
		await expect(arrow('query')).not.toHaveAttribute('aria-valuenow', '5');
	});
}

/** Drags the middle of one thing to that of another. */
async function dragOnto(one: Locator, other: Locator): Promise<void> {
	await one.scrollIntoViewIfNeeded();
	const [from, to] = [await one.boundingBox(), await other.boundingBox()];
	const middle = (box: typeof from) =>
		[(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
	const { mouse } = one.page();
	await mouse.move(...middle(from));
	await mouse.down();
	await mouse.move(...middle(to), { steps: 5 });
	await mouse.up();
}

test('of a model that turns nothing it is said, and the arrows can still be turned', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('positions', 'rotary-run');
	await expect(lesson.figure).toContainText('does not turn its queries and keys');
	await expect(lesson.figure.getByRole('button', { name: 'Both one place on' })).toBeVisible();
});
