import { readFile } from 'node:fs/promises';
import { percent } from '../../../src/lib/marks/numbers';
import type { Growing } from '../../../src/lib/figures/training/growing';
import { scan } from '../axe';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';

/** The chapter on training: two networks grow, as it was recorded, and the reader moves through their steps. */
test('what grows is seen step by step, by keyboard, and what was recorded is what is said', async ({ page }) => {
	const grown = JSON.parse(await readFile('static/recorded/growing.json', 'utf8')) as Growing;
	const lesson = new LessonPage(page);
	await page.setViewportSize({ width: 1280, height: 800 });
	await lesson.open('training', 'start');
	const { figure } = lesson;
	await expect(figure).toContainText('Before the first step nearly every number is drawn by lot');
	const map = figure.getByRole('img', { name: 'Picture 1, head 1' });
	await expect(map).toBeVisible();
	const before = await map.screenshot();
	const steps = figure.getByRole('slider', { name: 'Steps', exact: true });
	await steps.focus();
	await page.keyboard.press('End');
	const { vit, placeless } = grown.tasks.shape;
	const last = (curve: typeof vit) => percent(curve.at(-1)?.[1] ?? NaN);
	await expect(figure).toContainText(`After 400 steps, of pictures that they have not learned from: ViT ${last(vit)}`);
	expect((await map.screenshot()).equals(before)).toBe(false);
	await scan(page, 'two networks grow');
	await figure.getByRole('radio', { name: 'No positions' }).check();
	await expect(figure).toContainText(`ViT without positions ${last(placeless)}`);
	// What was not looked at while it grew is not shown.
	await expect(map).toHaveCount(0);
	await figure.getByLabel('Both learn').selectOption('position');
	await expect(figure).toContainText(`ViT without positions ${last(grown.tasks.position.placeless)}`);
	await figure.getByRole('radio', { name: 'Taught' }).check();
	await expect(figure).toContainText(`ViT, taught ${last(grown.taught.taught)}`);
	await expect(figure.getByLabel('Both learn')).toBeDisabled();
});
