import type { Locator, Page } from 'playwright/test';
import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';

/* Attention as a film: drawn back and forth by keyboard, mouse and finger, and every number in it is the engine's. */

const PATCHES = 196;
const TOKENS = PATCHES + 1;
const SCENES = 6;

const filmOf = (lesson: LessonPage) => {
	const { figure } = lesson;
	return {
		film: figure.locator('.film'),
		says: figure.locator('.film .says'),
		slider: figure.getByRole('slider', { name: 'Scene' }),
		photo: figure.getByRole('slider', { name: /^Query token/ }),
		canvas: figure.locator('.film canvas')
	};
};

/** Which scene the slider says it is in, from 1. */
const sceneOf = async (slider: Locator) => Number(/^\d/.exec((await slider.getAttribute('aria-valuetext')) ?? '')?.[0]);

/** The film once its head has been found among all blocks, and not only in the one that is recorded. */
async function openFilm(page: Page, step = 'real') {
	const lesson = new LessonPage(page);
	await lesson.open('attention', step);
	const parts = filmOf(lesson);
	await expect(lesson.figure).toContainText('The page chose this head');
	return { lesson, ...parts };
}

const pixelsOf = (canvas: Locator) => canvas.evaluate((node) => (node as HTMLCanvasElement).toDataURL());

test('arrow keys lead through the film, scene by scene and back, on a phone', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const { film, slider, says, canvas } = await openFilm(page);
	const seen: string[] = [];
	await slider.press('Home');
	await slider.focus();
	for (let scene = 1; scene <= SCENES; scene++) {
		await slider.press('ArrowRight');
		expect(await sceneOf(slider)).toBe(scene);
		seen.push(`${await says.innerText()} ${await pixelsOf(canvas)}`);
	}
	// Each is another picture with another sentence, and the way back shows the same.
	expect(new Set(seen).size).toBe(SCENES);
	await slider.press('ArrowRight');
	expect(await sceneOf(slider)).toBe(SCENES);
	for (let scene = SCENES - 1; scene >= 1; scene--) {
		await slider.press('ArrowLeft');
		expect(`${await says.innerText()} ${await pixelsOf(canvas)}`).toBe(seen[scene - 1]);
	}
	// With Shift in small steps, which stay in the scene and change the picture alone.
	await slider.press('ArrowRight');
	const [sentence, picture] = [await says.innerText(), await pixelsOf(canvas)];
	await slider.press('Shift+ArrowLeft');
	expect(await says.innerText()).toBe(sentence);
	await expect.poll(() => pixelsOf(canvas)).not.toBe(picture);

	// The picture and what moves it are in view at once.
	const [frame, above, next] = await Promise.all(
		[page.locator('aside .figure'), canvas, film.getByRole('button', { name: 'The next scene' })].map((node) =>
			node.boundingBox()
		)
	);
	expect(above?.y).toBeGreaterThanOrEqual(frame?.y ?? NaN);
	expect((next?.y ?? NaN) + (next?.height ?? NaN)).toBeLessThanOrEqual((frame?.y ?? NaN) + (frame?.height ?? NaN));
	expect(await isTooWide(page)).toBe(false);
	await scan(page, 'the film at 360 pixels');
});

test('it is drawn with the mouse, plays, and is stopped', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	const { lesson, film, slider, canvas } = await openFilm(page);
	const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
	const at = (share: number) => [box.x + 10 + share * (box.width - 20), box.y + box.height / 2] as const;
	await page.mouse.move(...at(0.1));
	await page.mouse.down();
	await page.mouse.move(...at(0.9), { steps: 4 });
	expect(await sceneOf(slider)).toBe(6);
	await page.mouse.move(...at(0.3), { steps: 4 });
	await page.mouse.up();
	expect(await sceneOf(slider)).toBe(2);

	const before = await pixelsOf(canvas);
	await film.getByRole('button', { name: 'Play' }).click();
	await expect.poll(() => pixelsOf(canvas)).not.toBe(before);
	await film.getByRole('button', { name: 'Pause' }).click();
	const stopped = await slider.inputValue();
	await expect(film.getByRole('button', { name: 'Play' })).toBeVisible();
	expect(await slider.inputValue()).toBe(stopped);
	const speed = film.getByRole('button', { name: /^Speed: 1 times/ });
	await speed.click();
	await expect(film.getByRole('button', { name: /^Speed: 2 times/ })).toBeVisible();
	expect(await isTooWide(page)).toBe(false);

	// The prose leads on: its scene is played to its end, and no further.
	await page.evaluate(() => (location.hash = 'dot'));
	await expect(film).toHaveAttribute('data-scene', 'scores');
	await expect.poll(() => slider.inputValue()).toBe('60');
	await expect(film.getByRole('button', { name: 'Play' })).toBeVisible();
	await expect(lesson.figure.getByRole('alert')).toHaveCount(0);
	await scan(page, 'the film at 1280 pixels');
});

test('every number is the engine’s, for the query and the head that are chosen', async ({ page, engine }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	const { film, photo, says, slider } = await openFilm(page);
	// The page chooses first, once the live run is there, and would choose anew over what was chosen before.
	await expect(film).toContainText('more than any other before the last block');
	await film.getByLabel('Block', { exact: true }).selectOption('3');
	await film.getByLabel('Head', { exact: true }).selectOption('2');
	await expect(film).toContainText('Your choice.');
	await slider.press('End');
	await slider.press('ArrowLeft');
	const [weights = []] = await engine.read(['blocks.2.attn.pattern']);
	const [scores = []] = await engine.read(['blocks.2.attn.scores']);
	for (const query of ['CLS', 'row 5, column 9'] as const) {
		if (query === 'CLS') {
			await film.getByRole('button', { name: 'CLS asks' }).click();
		} else {
			const box = (await photo.boundingBox()) ?? { width: 0, height: 0 };
			await photo.click({ position: { x: (8.5 * box.width) / 14, y: (4.5 * box.height) / 14 } });
		}
		const token = query === 'CLS' ? 0 : 1 + 4 * 14 + 8;
		await expect(photo).toHaveAttribute('aria-valuenow', String(token));
		const row = (values: readonly number[]) => values.slice((TOKENS + token) * TOKENS, (TOKENS + token + 1) * TOKENS);
		const most = Math.max(...row(weights));
		await expect(says).toContainText(`The largest, ${Number((100 * most).toPrecision(3))} %, goes to`);
		const [, said = ''] = /score ([−\d.]+)/.exec((await photo.getAttribute('aria-valuetext')) ?? '') ?? [];
		// Written with three digits.
		const score = row(scores)[token] ?? NaN;
		expect(Math.abs(Number(said.replace('−', '-')) - score)).toBeLessThan(0.005 * Math.abs(score) + 5e-4);
	}
	// The keyboard chooses, too.
	await photo.press('ArrowRight');
	await expect(photo).toHaveAttribute('aria-valuetext', /^row 5, column 10:/);
	await photo.press('c');
	await expect(photo).toHaveAttribute('aria-valuetext', /^CLS:/);
	await film.getByText('The whole film as text').click();
	await expect(film.getByRole('listitem')).toHaveCount(SCENES);
});

test('a choice goes on from the one before, drawn or not', async ({ page }) => {
	const { film } = await openFilm(page);
	await expect(film).toContainText('more than any other before the last block');
	const [block, head] = ['Block', 'Head'].map((name) => film.getByLabel(name, { exact: true })) as [Locator, Locator];
	// Both before the taps of the first have come.
	const choose = (select: Locator, value: string) =>
		select.evaluate((node, value) => {
			(node as HTMLSelectElement).value = value;
			node.dispatchEvent(new Event('change', { bubbles: true }));
		}, value);
	await Promise.all([choose(block, '2'), choose(head, '1')]);
	await expect(film).toContainText('Your choice.');
	await expect(block).toHaveValue('2');
	await expect(head).toHaveValue('1');
});

test('where nothing may move, it is a still for each scene', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.setViewportSize({ width: 1280, height: 800 });
	const { film, slider, canvas } = await openFilm(page);
	await expect(film.getByRole('button', { name: 'Play' })).toHaveCount(0);
	await page.evaluate(() => (location.hash = 'softmax'));
	await expect(film).toHaveAttribute('data-scene', 'softmax');
	await expect(slider).toHaveValue('100');
	const there = await pixelsOf(canvas);
	await slider.press('ArrowLeft');
	await slider.press('ArrowRight');
	expect(await pixelsOf(canvas)).toBe(there);
	await slider.press('Shift+ArrowLeft');
	expect(await sceneOf(slider)).toBe(4);
	await expect(slider).toHaveValue('80');
});

for (const width of [360, 1280]) {
	test(`the toy is dragged, and its shares make one whole, at ${width} pixels`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		const lesson = new LessonPage(page);
		await lesson.open('attention', 'toy-shares');
		const { figure } = lesson;
		const key = figure.getByRole('slider', { name: 'Key 3' });
		const shares = async () =>
			(await figure.locator('td.share').allInnerTexts()).map((text) => Number(text.replace(' %', '')));
		const before = await shares();
		expect(before.reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
		await key.press('ArrowRight');
		await expect(key).toHaveAttribute('aria-valuetext', '−1.4 and 1.0, product with the query −1.8');
		const box = (await key.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
		const svg = (await figure.getByRole('group', { name: /^A query and three keys/ }).boundingBox()) ?? box;
		await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await page.mouse.down();
		await page.mouse.move(svg.x + 0.9 * svg.width, svg.y + 0.3 * svg.height, { steps: 5 });
		await page.mouse.up();
		const after = await shares();
		expect(after[2]).toBeGreaterThan(10 * (before[2] ?? NaN));
		expect(after[0]).toBeLessThan(before[0] ?? NaN);
		expect(after.reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
		await expect(figure).toContainText('its numbers are made up');
		expect(await isTooWide(page)).toBe(false);
		await scan(page, `the toy at ${width} pixels`);
	});
}

test('beside a CNN the toy is there, and the film is the recorded run’s', async ({ page }) => {
	const lesson = new LessonPage(page);
	await page.goto('learn/attention/?model=patchwork-c');
	await lesson.isLive();
	await expect(lesson.figure).toContainText('its numbers are made up');
	await page.goto('learn/attention/?model=patchwork-c#sum');
	await expect(lesson.figure.locator('.recorded')).toContainText('so this is recorded', { timeout: 45_000 });
	const { film, says } = filmOf(lesson);
	await expect(film).toContainText('The page chose this head');
	await expect(says).toContainText('The model has the same numbers');
	await expect(lesson.figure.getByRole('alert')).toHaveCount(0);
});
