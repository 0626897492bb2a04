import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Locator } from 'playwright/test';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';

/* What lies in the window: the lesson's figures beside and above the prose, and the first page. */

const PHONE = { width: 360, height: 740 };
const LAPTOP = { width: 1280, height: 800 };
const LARGE = { width: 1920, height: 1080 };

test.describe('on a phone', () => {
	test.use({ viewport: PHONE });

	test('the figure stays above the prose, and all of the window is a press away', async ({ page }) => {
		const lesson = new LessonPage(page);
		await lesson.open('patches', 'sequence');
		const pane = page.getByRole('group', { name: 'Figure' });
		await expect(pane).toBeInViewport({ ratio: 1 });
		const compact = (await pane.boundingBox())?.height ?? NaN;
		expect(compact).toBeLessThan(PHONE.height / 2);
		await page.getByRole('button', { name: 'Show more of the figure' }).press('Enter');
		// The whole photo with its controls, in one view.
		await expect(pane.locator('canvas').first()).toBeInViewport({ ratio: 1 });
		await expect(pane.getByRole('slider', { name: 'Taken apart' })).toBeInViewport({ ratio: 1 });
		await page.keyboard.press('Escape');
		await expect(page.getByRole('button', { name: 'Show more of the figure' })).toBeVisible();
		expect((await pane.boundingBox())?.height).toBeCloseTo(compact, 0);
	});

	test('the first page begins with the photo, and what is done with it is in the same view', async ({
		page,
		inspect
	}) => {
		await page.goto('./');
		await inspect.shows(/golf ball/);
		const photo = page.locator('.live .frame');
		await expect(photo).toBeInViewport({ ratio: 1 });
		await expect(page.getByRole('radiogroup', { name: 'What the pointer does' })).toBeInViewport({ ratio: 1 });
		await expect(page.getByRole('list', { name: 'Sample images' })).toBeInViewport();
		const topOf = async (one: Locator) => (await one.boundingBox())?.y ?? NaN;
		const [above, below] = [await topOf(photo), await topOf(page.getByText('A real model runs here'))];
		expect(above).toBeLessThan(below);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
	});
});

test.describe('the first picture', () => {
	test.use({ fresh: true, tolerated: /Failed to load resource|net::ERR_|Failed to fetch dynamically imported module/ });

	test('is there before any script, in few bytes, and says that it is recorded until the live one comes', async ({
		page,
		inspect,
		site
	}) => {
		await page.route('**/*.js', (route) => route.abort());
		// Without its scripts the page never says that it listens.
		await page.evaluate((address) => void location.assign(address), site);
		const recorded = page.locator('.live figure', { hasText: 'Recorded: block 7, head 3' });
		await expect(recorded.locator('svg path')).toHaveCount(196);
		const drawn = recorded.getByRole('img', { name: /golf ball/ });
		await expect.poll(() => drawn.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth)).toBe(448);
		expect(bytesOfFirstPaint()).toBeLessThan(150_000);

		await page.unroute('**/*.js');
		await page.goto('./');
		await inspect.shows(/golf ball/);
		await expect(recorded).toHaveCount(0);
	});
});

/** The page itself and all style sheets that it may wait for, as they are sent. */
function bytesOfFirstPaint(): number {
	const html = readFileSync('build/index.html');
	const sheets = [...html.toString().matchAll(/href="\.\/([^"]+\.css)"/g)].map(([, path]) =>
		readFileSync(`build/${path}`)
	);
	expect(sheets.length).toBeGreaterThan(0);
	expect(readdirSync('build')).toContain('index.html');
	return [html, ...sheets].reduce((sum, file) => sum + gzipSync(file).length, 0);
}

test.describe('on a small screen', () => {
	test.use({ viewport: LAPTOP });

	test('what a button finds and what is said of a pattern are in view', async ({ page }) => {
		const lesson = new LessonPage(page);
		await lesson.open('cls-token');
		const run = lesson.figure.getByRole('button', { name: 'Run the model on two other pictures' });
		await expect(run).toBeInViewport({ ratio: 1 });
		await run.click();
		const found = lesson.figure.getByText('Before the first block the CLS tokens differ by exactly 0.');
		await expect(found).toBeInViewport({ ratio: 1, timeout: 45_000 });
		await expect(
			lesson.figure.getByRole('img', { name: /How the CLS tokens/ }).or(lesson.figure.locator('.curves').first())
		).toBeInViewport();

		await lesson.open('reshaping');
		const pattern = lesson.figure.getByRole('textbox', { name: 'Pattern' });
		await pattern.fill('b c (h p1) (w p2) -> b (h w) (p1 p2 c)');
		await expect(lesson.figure.getByText('The output is the model’s own patches')).toHaveCount(0);
		await pattern.fill('b c (h p1) (w p2) -> b (h w) (c p1 p2)');
		await expect(lesson.figure.getByText('The output is the model’s own patches')).toBeInViewport({ ratio: 1 });
	});

	test('the ledger says what the figure is turned to', async ({ page }) => {
		const lesson = new LessonPage(page);
		await lesson.open('what-a-vit-is', 'patches');
		await expect(lesson.ledger).toContainText('196 patch');
		await lesson.figure.getByRole('button', { name: /^Photo/ }).click();
		await expect(lesson.ledger).toContainText('pixel_values');
		await expect(lesson.ledger).not.toContainText('196');
		await lesson.open('patches', 'sizes');
		await expect(lesson.ledger).toContainText('49 patch');
		await expect(lesson.ledger).toContainText('if cut at 32 px');
		await lesson.figure.getByRole('radio', { name: '16 (this model)' }).check();
		await expect(lesson.ledger).toContainText('196 patch');
		await expect(lesson.ledger).not.toContainText('if cut');
	});

	test('the length of the stream is told by this run, with the median and those that stand out', async ({ page }) => {
		const lesson = new LessonPage(page);
		await lesson.open('layer-norm', 'stream');
		await expect(lesson.figure).toContainText(/CLS (begins at|grows from|shrinks from) [\d.]+/);
		await expect(lesson.figure).toContainText(/the median patch (begins at|grows from|shrinks from) [\d.]+/);
		await expect(lesson.figure).toContainText(/(more|ever more) than four times as long/);
	});
});

test.describe('in a large window', () => {
	test.use({ viewport: LARGE });

	test('what is drawn larger is still taken where the pointer is', async ({ page }) => {
		const lesson = new LessonPage(page);
		await lesson.open('patches');
		const zoom = await lesson.figure.evaluate((figure) => Number(getComputedStyle(figure).zoom));
		expect(zoom).toBeGreaterThan(1.2);
		// The corner of the first patch, to the corner of one of 32 pixels.
		const knob = lesson.figure.getByRole('slider', { name: /Corner of the first patch/ });
		const box = await knob.boundingBox();
		if (!box) throw new Error('The first patch has no corner to drag.');
		const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
		const side = (await lesson.figure.locator('canvas').first().boundingBox())?.height ?? NaN;
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x + side / 14, y + side / 14, { steps: 4 });
		await page.mouse.up();
		await expect(lesson.ledger).toContainText('if cut at 32 px');
	});
});
