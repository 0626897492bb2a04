import { scrubOnce } from '../../bench/scrub-loop';
import { SLIDER } from '../../bench/scrub';
import { PAGES } from '../../bench/pages';
import { watchOpening } from '../../bench/watch-opening';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';

/* What `npm run bench` measures on pages of the site really happens there, and in the order that it must have. */

test('the bench draws the film through all its scenes and back, a step a frame', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('attention', 'real');
	const film = lesson.figure.locator('.film');
	await film.evaluate((node) => {
		const seen: (string | undefined)[] = [];
		Object.assign(window, { seen });
		new MutationObserver(() => seen.push((node as HTMLElement).dataset['scene'])).observe(node, { attributes: true });
	});
	const frames = await page.evaluate(scrubOnce, { selector: SLIDER, steps: 120 });
	expect(frames).toHaveLength(241);
	expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
		...['beams', 'scores', 'root', 'softmax', 'sum', 'softmax', 'root', 'scores', 'beams', 'ask']
	]);
});

for (const { name, path, signs, ends } of PAGES) {
	test.describe(`the ${name} page`, () => {
		test.use({ fresh: true });
		test('comes to all that the bench waits for', async ({ page }) => {
			await page.addInitScript(watchOpening, signs);
			await page.goto(path);
			await page.waitForFunction((wanted) => wanted.every((one) => one in window.watched().times), ends);
			const { times } = await page.evaluate(() => window.watched());
			const { html = NaN, firstPaint = NaN, picture = NaN, live = NaN } = times;
			expect(html).toBeLessThan(firstPaint);
			expect(picture).toBeGreaterThanOrEqual(firstPaint);
			expect(live).toBeGreaterThan(picture);
		});
	});
}
