import type { Locator, Page } from 'playwright/test';
import { ExperimentPage } from '../experiment-page';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';

/** What a finger finds on a phone: targets are larger there than for a pointer, so that less has room. */
test.use({ fresh: true, hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

const boxOf = async (of: Locator) => {
	const box = await of.boundingBox();
	if (!box) throw new Error('What is looked for is not on the page.');
	return box;
};

for (const root of ['', 'de/'])
	test(`the pages of the site stand in one row that none of them leaves: /${root}`, async ({ page }) => {
		await page.goto(`${root}about/`);
		const links = await page.getByRole('banner').getByRole('navigation').getByRole('link').all();
		expect(links).toHaveLength(6);
		const boxes = await Promise.all(links.map(boxOf));
		for (const [i, { x, y }] of boxes.slice(1).entries()) {
			const before = boxes[i];
			expect(y).toBe(before?.y);
			expect(x).toBeGreaterThanOrEqual((before?.x ?? 0) + (before?.width ?? 0));
		}
	});

for (const [root, words] of [
	['', 'Point at the photo, or tap it'],
	['de/', 'Zeig auf das Foto']
] as const)
	test(`the line under the photo is seen above the sheet at half its height: /${root}`, async ({ page }) => {
		await page.goto(`${root}inspect/?backend=wasm`);
		const line = page.getByText(words).first();
		await expect(line).toBeVisible();
		const sheet = page.locator('section.sheet');
		const { y, height } = await boxOf(line);
		expect(y + height).toBeLessThanOrEqual((await boxOf(sheet)).y);
	});

test('the figure of recorded training begins with its picture, and its controls follow', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('training', 'start');
	const { figure } = lesson;
	const plot = await boxOf(figure.getByText('right, of new pictures'));
	for (const control of [figure.getByRole('slider', { name: 'Steps', exact: true }), figure.getByLabel('Both learn')])
		expect((await boxOf(control)).y).toBeGreaterThan(plot.y + plot.height);
	await expect(lesson.ledger).toBeHidden();
});

/** A finger that goes from one point to another, as the browser gets it. */
async function swipe(page: Page, from: readonly [number, number], to: readonly [number, number]) {
	const browser = await page.context().newCDPSession(page);
	const touch = (type: 'touchStart' | 'touchMove', share: number) => {
		const [x = 0, y = 0] = from.map((start, i) => start + share * ((to[i] ?? start) - start));
		return browser.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
	};
	await touch('touchStart', 0);
	for (let step = 1; step <= 8; step++) await touch('touchMove', step / 8);
	await browser.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
	await browser.detach();
}

test('a finger scrolls past the photo of an experiment where it begins up or down, and paints else', async ({
	page
}) => {
	const experiment = new ExperimentPage(page);
	await experiment.open();
	await experiment.brush.scrollIntoViewIfNeeded();
	const scrolled = () => page.evaluate(() => scrollY);
	const [start, { x, y, height }] = [await scrolled(), await boxOf(experiment.brush)];
	await swipe(page, [x + 100, y + height - 20], [x + 110, y + height - 220]);
	await expect.poll(scrolled).toBeGreaterThan(start + 100);
	await expect(experiment.hidden).toContainText('Nothing is hidden yet');
	const now = await boxOf(experiment.brush);
	await swipe(page, [now.x + 60, now.y + now.height - 60], [now.x + 220, now.y + now.height - 50]);
	await expect(experiment.hidden).toContainText(/^[78] of 196 patches are hidden/);
	const before = await experiment.hidden.innerText();
	await page.touchscreen.tap(now.x + 300, now.y + now.height - 120);
	await expect(experiment.hidden).not.toHaveText(before);
	await expect(experiment.hidden).toContainText(/^[89] of 196 patches are hidden/);
});
