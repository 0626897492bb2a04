import type { Page } from 'playwright/test';
import { lineOf, readNpz } from '../attention-file';
import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';
import { tokenOf, type InspectPage } from '../inspect-page';

const GRID = 14;
const ranking = (inspect: InspectPage) => inspect.page.getByRole('region', { name: 'Who looks in here?' });

/** Draws from the middle of one patch to the middle of another with the mouse. */
async function drag(inspect: InspectPage, from: readonly [number, number], to: readonly [number, number]) {
	const [a, b] = [await inspect.placeOf(...from), await inspect.placeOf(...to)];
	await inspect.page.mouse.move(a.x, a.y);
	await inspect.page.mouse.down();
	await inspect.page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2);
	await inspect.page.mouse.move(b.x, b.y);
	await inspect.page.mouse.up();
}

/** The same with a finger. */
async function stroke(inspect: InspectPage, from: readonly [number, number], to: readonly [number, number]) {
	const [a, b] = [await inspect.placeOf(...from), await inspect.placeOf(...to)];
	const browser = await inspect.page.context().newCDPSession(inspect.page);
	const touch = (type: 'touchStart' | 'touchMove', { x, y }: { x: number; y: number }) =>
		browser.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
	await touch('touchStart', a);
	await touch('touchMove', { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
	await touch('touchMove', b);
	await browser.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
	await browser.detach();
}

/** The heads that look most from a token into rows and columns counted from 1, all of them included, by the file. */
async function byFile(inspect: InspectPage, token: number, [top, left, bottom, right]: readonly number[]) {
	const { blocks } = await readNpz(await inspect.save('Attention as NPZ'));
	const isIn = (patch: number) => {
		const [row, column] = [Math.floor(patch / GRID) + 1, (patch % GRID) + 1];
		return row >= (top ?? 0) && row <= (bottom ?? 0) && column >= (left ?? 0) && column <= (right ?? 0);
	};
	return blocks
		.flatMap((block, at) =>
			Array.from({ length: block.heads }, (_, head) => {
				const patches = lineOf(block, head, token).slice(1);
				const share = patches.reduce((sum, weight, patch) => sum + (isIn(patch) ? weight : 0), 0);
				return { name: `Block ${at + 1}, head ${head + 1}`, share };
			})
		)
		.sort((a, b) => b.share - a.share);
}

test('a box dragged on the photo ranks the heads by what lands in it, and leads to them', async ({ inspect, page }) => {
	await inspect.open();
	await drag(inspect, [5, 4], [10, 11]);
	await expect(inspect.query.getByRole('heading'), 'a drag picks no query').not.toHaveText(/row 10, column 11/);
	await page.mouse.move(1, 1);
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: CLS');
	// From the middles of two patches: 7 columns and 5 rows of 14.
	await expect(ranking(inspect)).toContainText(`The box is ${((100 * 7 * 5) / GRID ** 2).toFixed(1)} % of the picture`);
	await expect(ranking(inspect).getByRole('listitem')).toHaveCount(8);
	const first = ranking(inspect).getByRole('listitem').first();
	const [, name = ''] = /(Block \d+, head \d+)/.exec(await first.innerText()) ?? [];
	await first.getByRole('button').click();
	await expect(inspect.caption).toContainText(name);
	await ranking(inspect).getByRole('button', { name: 'All 36 heads' }).click();
	await expect(ranking(inspect).getByRole('listitem')).toHaveCount(36);
	await scan(page);
	await inspect.button('Remove the box').click();
	await expect(inspect.button('Draw a box')).toBeFocused();
	await expect(ranking(inspect).getByRole('listitem')).toHaveCount(0);
});

test('by keyboard: whole patches, whose shares are those of the file, and a link that brings the box back', async ({
	inspect,
	page
}) => {
	await inspect.open();
	await inspect.click(7, 7);
	await inspect.button('Draw a box').focus();
	await page.keyboard.press('Enter');
	const box = page.getByRole('slider', { name: 'Box on the photo' });
	await expect(box).toBeFocused();
	await expect(box).toHaveAttribute('aria-valuetext', '50 % wide, 50 % high, from 25 % across and 25 % down');
	for (let i = 0; i < GRID; i++) await page.keyboard.press('ArrowRight');
	for (let i = 0; i < GRID; i++) await page.keyboard.press('ArrowDown');
	await expect(box).toHaveAttribute('aria-valuetext', '50 % wide, 50 % high, from 50 % across and 50 % down');
	await page.keyboard.press('Shift+ArrowUp');
	await page.keyboard.press('Enter');
	await expect(inspect.button('Draw another box')).toBeFocused();
	const wanted = await byFile(inspect, tokenOf(7, 7), [8, 8, 13, 14]);
	const lines = await ranking(inspect).getByRole('listitem').allInnerTexts();
	expect(lines).toHaveLength(8);
	for (const [i, line] of lines.entries()) {
		const [, name, percent] = /(Block \d+, head \d+)\s+([\d.]+) %/s.exec(line) ?? [];
		const share = wanted.find((one) => one.name === name)?.share ?? NaN;
		expect(Math.abs(Number(percent) - 100 * share)).toBeLessThan(0.06);
		expect(share).toBeCloseTo(wanted[i]?.share ?? NaN, 6);
	}
	await expect.poll(() => new URL(page.url()).searchParams.get('box')).toBe('50-50-50-42.86');
	await page.reload();
	await inspect.shows(/./);
	expect((await ranking(inspect).getByRole('listitem').allInnerTexts())[0]).toBe(lines[0]);
	await inspect.sample('Balloons over the hills').click();
	await inspect.shows(/hot-air balloon/);
	await expect(inspect.query.getByRole('heading'), 'a new photo begins at CLS').toHaveText('Query token: CLS');
	await expect(inspect.button('Draw a box'), 'and without a box').toBeVisible();
});

test('a model without attention says so in place of a ranking', async ({ inspect }) => {
	await inspect.open({ model: 'patchwork-c', box: '25-25-50-50' });
	await expect(ranking(inspect)).toContainText('Nothing in this model attends, so no head looks into a box.');
	await expect(inspect.button(/^Draw a/)).toHaveCount(0);
});

const isPhotoInSight = (page: Page) =>
	page.getByRole('slider', { name: /^Query token on the photo/ }).evaluate((photo) => {
		const { left, right, top, bottom, width, height } = photo.getBoundingClientRect();
		const corners = [
			[left + 3, top + 3],
			[right - 3, bottom - 3],
			[left + width / 2, top + height / 2]
		] as const;
		return corners.every(([x, y]) => photo.contains(document.elementFromPoint(x, y)));
	});

for (const [width, height] of [
	[1280, 800],
	[1920, 1080],
	[896, 700]
] as const) {
	test(`at ${width} x ${height} the photo stays in sight beside the last of the controls`, async ({
		inspect,
		page
	}) => {
		await page.setViewportSize({ width, height });
		await inspect.open();
		for (const control of [
			inspect.button('Copy the link'),
			inspect.radio('Show what', 'attends to this token'),
			page.getByRole('grid').getByRole('button', { name: 'Block 12, head 1' })
		]) {
			await control.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
			expect(await isPhotoInSight(page)).toBe(true);
		}
	});
}

test.describe('on a phone', () => {
	test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

	test('the controls are in a sheet of three heights, and the photo is whole above each', async ({ inspect, page }) => {
		await inspect.open();
		const sheet = page.getByRole('region', { name: 'Controls' });
		const top = async () => (await sheet.boundingBox())?.y ?? NaN;
		const tops: number[] = [];
		for (const height of ['Low', 'Half', 'Tall']) {
			await inspect.radio('Height of the controls', height).check({ force: true });
			await page.waitForFunction(() => document.getAnimations().length === 0);
			tops.push(await top());
			expect(await isPhotoInSight(page), height).toBe(true);
			expect(await isTooWide(page)).toBe(false);
			const photo = await page.getByRole('slider', { name: /^Query token on the photo/ }).boundingBox();
			expect(photo?.width, height).toBeGreaterThanOrEqual({ Low: 310, Half: 260, Tall: 150 }[height] ?? NaN);
			const title = await page.locator('figcaption .title').boundingBox();
			if (height !== 'Low') expect((title?.y ?? NaN) + (title?.height ?? NaN)).toBeLessThanOrEqual(tops.at(-1) ?? NaN);
		}
		expect(tops).toEqual(tops.toSorted((a, b) => b - a));
		for (const part of ['Heads', 'Query', 'Photo']) {
			await page.getByRole('navigation', { name: 'Parts of the controls' }).getByRole('link', { name: part }).click();
			expect(await isPhotoInSight(page), part).toBe(true);
		}
		await scan(page);
	});

	test('it is dragged by its head, rests at the nearest height, and opens for the keyboard', async ({
		inspect,
		page
	}) => {
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await inspect.open();
		const checked = (height: string) => expect(inspect.radio('Height of the controls', height)).toBeChecked();
		await checked('Half');
		const box = await page.getByText('Height of the controls').boundingBox();
		if (!box) throw new Error('The sheet has no head.');
		const pull = async (from: number, to: number) => {
			await page.mouse.move(box.x + 5, from);
			await page.mouse.down();
			await page.mouse.move(box.x + 5, (from + to) / 2);
			await page.mouse.move(box.x + 5, to);
			await page.mouse.up();
		};
		await pull(box.y + 5, 735);
		await checked('Low');
		await inspect.radio('Height of the controls', 'Low').focus();
		for (let presses = 0; presses < 12; presses++) await page.keyboard.press('Tab');
		await checked('Half');
		await page.keyboard.press('Escape');
		await inspect.radio('Height of the controls', 'Half').focus();
		await page.keyboard.press('ArrowRight');
		await checked('Tall');
		await pull((await page.getByText('Height of the controls').boundingBox())?.y ?? 0, 440);
		await checked('Half');
	});

	test('a finger draws a box after the button, and none before; a tap alone draws none', async ({ inspect }) => {
		await inspect.open();
		await stroke(inspect, [5, 4], [6, 11]);
		await expect(ranking(inspect).getByRole('listitem')).toHaveCount(0);
		await expect(inspect.button('Draw a box')).toBeVisible();
		await inspect.button('Draw a box').tap();
		const layer = inspect.page.getByRole('slider', { name: 'Box on the photo' });
		await expect(layer).toBeVisible();
		const place = await inspect.placeOf(5, 4);
		await inspect.page.touchscreen.tap(place.x, place.y);
		await expect(layer).toHaveCount(0);
		await expect(inspect.button('Draw a box')).toBeVisible();
		await inspect.button('Draw a box').tap();
		await stroke(inspect, [5, 4], [10, 11]);
		await expect(ranking(inspect).getByRole('listitem')).toHaveCount(8);
	});

	test('the foot of the page can be scrolled up from behind the sheet', async ({ inspect, page }) => {
		await inspect.open();
		const last = page.getByRole('contentinfo').getByRole('link', { name: 'About Patchwork' });
		await last.focus();
		await expect(last).toBeInViewport({ ratio: 1 });
		const sheet = await page.getByRole('region', { name: 'Controls' }).boundingBox();
		const box = await last.boundingBox();
		expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(sheet?.y ?? NaN);
	});
});

test('the Tab key stops once a group', async ({ inspect, page }) => {
	await inspect.open();
	await page.getByRole('link', { name: 'Compare it with another head, photo or model' }).focus();
	const groups = [
		page.getByRole('navigation', { name: 'From photo to prediction' }),
		page.getByRole('list', { name: 'Sample images' }),
		page.getByRole('region', { name: 'Photo', exact: true }).locator('.buttons'),
		page.getByRole('region', { name: 'Take it with you' }).locator('.buttons'),
		page.getByRole('grid', { name: 'Every head of every block' })
	];
	const stops = groups.map(() => 0);
	let presses = 0;
	const last = page.getByRole('link', { name: 'About Patchwork' });
	while (!(await last.evaluate((link) => link === document.activeElement))) {
		if (++presses > 40) throw new Error('Tab does not come to the end.');
		await page.keyboard.press('Tab');
		for (const [i, group] of groups.entries())
			if (await group.evaluate((element) => element.contains(document.activeElement))) stops[i] = (stops[i] ?? 0) + 1;
	}
	expect(stops).toEqual([1, 1, 1, 1, 1]);
	expect(presses).toBeLessThanOrEqual(30);
	await inspect.sample('Golf ball on a lawn').focus();
	await page.keyboard.press('End');
	await expect(inspect.sample('Candle at night')).toBeFocused();
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowRight');
	await expect(inspect.sample('Balloons over the hills')).toBeFocused();
});
