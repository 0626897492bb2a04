import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures';
import type { InspectPage } from '../inspect-page';
import { COLOURS, plain, quarters, upload } from '../pictures';

const region = (inspect: InspectPage) => inspect.button('Region that the model sees');
/** Width, height and the left upper corner of the region, as the page writes them. */
const written = async (inspect: InspectPage) => {
	const line = await inspect.page.getByText(/px of \d+ × \d+, from/).innerText();
	const [width, height, , , x, y] = (line.match(/\d+/g) ?? []).map(Number);
	return { width, height, x, y };
};

test.describe('picking the crop', () => {
	test.beforeEach(async ({ inspect }) => {
		await inspect.open();
		await inspect.drop(await upload('wide', quarters(600, 300)));
		await inspect.shows('Your photo, wide.png');
		await inspect.radio('Crop', 'Pick it').check();
	});

	test('with the mouse, the model sees what was dragged to', async ({ inspect, page }) => {
		const box = await region(inspect).boundingBox();
		if (!box) throw new Error('There is no region to drag.');
		await region(inspect).scrollIntoViewIfNeeded();
		const { x, y, width, height } = (await region(inspect).boundingBox()) ?? box;
		await page.mouse.move(x + width / 2, y + height / 2);
		await page.mouse.down();
		await page.mouse.move(x - 2 * width, y + height / 2, { steps: 4 });
		await page.mouse.up();
		expect((await written(inspect)).x).toBe(0);
		await inspect.toggle('Pixels the model saw').check();
		// The left of the photo has no green and no yellow.
		for (const [v, colour] of [
			[0.1, COLOURS.red],
			[0.9, COLOURS.blue]
		] as const) {
			await expect.poll(() => inspect.colourAt(0.9, v)).toEqual([...colour]);
		}
		await inspect.radio('Crop', 'Centre, as trained').check();
		await expect.poll(() => inspect.colourAt(0.9, 0.1)).toEqual([...COLOURS.green]);
	});

	test('with the keyboard: arrows move it, + and - change its size, and it stays inside', async ({ inspect, page }) => {
		await region(inspect).focus();
		const start = await written(inspect);
		await page.keyboard.press('Shift+ArrowLeft');
		const moved = await written(inspect);
		expect(moved.x).toBeLessThan(start.x ?? 0);
		expect(moved.width).toBe(start.width);
		await page.keyboard.press('-');
		expect((await written(inspect)).width).toBeLessThan(start.width ?? 0);
		for (let i = 0; i < 60; i++) await page.keyboard.press('-');
		const least = await written(inspect);
		expect(least.width).toBe(30);
		expect(least.height).toBe(30);
		for (let i = 0; i < 80; i++) await page.keyboard.press('+');
		for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowRight');
		expect(await written(inspect)).toEqual({ width: 300, height: 300, x: 300, y: 0 });
		await inspect.toggle('Pixels the model saw').check();
		await expect.poll(() => inspect.colourAt(0.1, 0.1)).toEqual([...COLOURS.green]);
	});

	test('another photo starts with its centre again', async ({ inspect, page }) => {
		await region(inspect).focus();
		await page.keyboard.press('Shift+ArrowLeft');
		await inspect.drop(await upload('next', plain('red')));
		await inspect.shows('Your photo, next.png');
		await expect(inspect.radio('Crop', 'Centre, as trained')).toBeChecked();
		await expect(region(inspect)).toHaveCount(0);
	});
});

const remember = (inspect: InspectPage) =>
	inspect.page.getByRole('checkbox', { name: 'Remember my photo on this device' });

/** How many photos this browser keeps for the page. */
const keptPhotos = (page: Page) =>
	page.evaluate(async () => {
		const [found] = await indexedDB.databases();
		if (!found?.name) return 0;
		const opened = indexedDB.open(found.name);
		const database = await new Promise<IDBDatabase>((resolve) => (opened.onsuccess = () => resolve(opened.result)));
		const [store = ''] = database.objectStoreNames;
		const counted = database.transaction(store).objectStore(store).count();
		const count = await new Promise<number>((resolve) => (counted.onsuccess = () => resolve(counted.result)));
		database.close();
		return count;
	});

test.describe('remembering the photo', () => {
	test.use({ fresh: true });

	test('is not done unless asked for', async ({ inspect, page }) => {
		await inspect.open();
		await expect(remember(inspect)).not.toBeChecked();
		await inspect.drop(await upload('private', plain('red')));
		await inspect.shows('Your photo, private.png');
		await page.goto('inspect/?backend=wasm');
		await inspect.shows(/golf ball/);
		expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
	});

	test('brings it back until it is forgotten', async ({ inspect, page }) => {
		await inspect.open();
		await inspect.drop(await upload('mine', plain('blue')));
		await inspect.shows('Your photo, mine.png');
		await remember(inspect).check();
		await expect.poll(() => keptPhotos(page)).toBe(1);
		await page.goto('inspect/?backend=wasm');
		await inspect.shows('Your photo, Your last photo');
		expect(await inspect.colourAt(0.5, 0.5)).toEqual([...COLOURS.blue]);
		await expect(remember(inspect)).toBeChecked();
		await inspect.button('Forget it').click();
		await expect(remember(inspect)).not.toBeChecked();
		await expect.poll(() => keptPhotos(page)).toBe(0);
		await page.goto('inspect/?backend=wasm');
		await inspect.shows(/golf ball/);
	});

	test('with the storage full: one sentence, and all stays', async ({ inspect, page, context, site, engine }) => {
		await inspect.open();
		await inspect.drop(await upload('mine', plain('blue')));
		await inspect.shows('Your photo, mine.png');
		const [result, held] = [await inspect.result(), await engine.held()];
		const browser = await context.newCDPSession(page);
		await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(site).origin, quotaSize: 1 });
		await remember(inspect).check();
		await expect(inspect.sentence).toHaveText(
			/^The photo was not remembered: the storage of this browser is full\. Everything else works without it\.$/
		);
		expect(await inspect.result()).toEqual(result);
		expect(await engine.held()).toEqual(held);
		await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(site).origin });
	});

	test('with the storage forbidden: one sentence, and all stays', async ({ inspect, page }) => {
		await page.addInitScript(() => {
			IDBFactory.prototype.open = () => {
				throw new DOMException('Not here.', 'SecurityError');
			};
		});
		await inspect.open();
		await remember(inspect).check();
		await inspect.drop(await upload('mine', plain('blue')));
		await inspect.shows('Your photo, mine.png');
		await expect(inspect.sentence).toHaveText(
			/^The photo was not remembered: this browser does not let the page store anything\./
		);
	});
});
