import { CHROMIUM_ARGS, launchWith } from '../../../scripts/lib/chromium.js';
import { backendLine } from '../backend-loss';
import { expect, FAILED_REQUESTS, needsShared, test } from '../fixtures';
import { siteIsKept } from '../kept';
import { LessonPage } from '../lesson-page';
import { plain, upload } from '../pictures';
import { bringSwin } from '../swin-file';

/** Everything that a bare clone needs is there once the page is: it works on a plane. */
test.use({ tolerated: FAILED_REQUESTS, fresh: true, launchOptions: launchWith(CHROMIUM_ARGS) });

test('without a network a new photo still works, and so does every export', async ({ inspect, context }) => {
	await inspect.open();
	await context.setOffline(true);
	await inspect.drop(await upload('on a plane', plain('blue')));
	await inspect.shows('Your photo, on a plane.png');
	expect(await inspect.guesses()).toHaveLength(5);
	await inspect.hover(3, 3);
	await expect(inspect.tip).toContainText('Row 3, column 3. Of the patches, most to');
	expect((await inspect.save('Overlay as PNG')).suggestedFilename()).toMatch(/overlay\.png$/);
	expect((await inspect.save('Attention as NPZ')).suggestedFilename()).toMatch(/attention\.npz$/);
	await expect(inspect.alert).toHaveCount(0);
});

test('a sample that was not opened yet says that the device is offline, and all stays', async ({
	inspect,
	context
}) => {
	await inspect.open();
	await context.setOffline(true);
	const result = await inspect.result();
	await inspect.sample('Balloons over the hills').click();
	await expect(inspect.sentence).toHaveText(
		"The sample image 'Balloons over the hills' could not be fetched; are you offline?"
	);
	expect(await inspect.result()).toEqual(result);
});

test('a web address says that the device is offline, and all stays', async ({ inspect, page, context, pictures }) => {
	await inspect.open();
	await context.setOffline(true);
	const result = await inspect.result();
	await inspect.button('Web address').click();
	await page.getByLabel('Address of a picture').fill(`${pictures.address}/open/a.png`);
	await page.keyboard.press('Enter');
	await expect(inspect.sentence).toHaveText(
		/^This device is offline, so the picture cannot be fetched; connect it, or drop a file/
	);
	expect(await inspect.result()).toEqual(result);
});

test('a model of the hub says that the device is offline, and comes when it is back', async ({
	inspect,
	page,
	context,
	hub
}) => {
	void hub;
	await inspect.open();
	await context.setOffline(true);
	const result = await inspect.result();
	const fetch = inspect.button(/^Fetch ViT-Tiny/);
	await fetch.click();
	await expect(inspect.sentence).toHaveText(
		/^This device is offline, so timm\/vit_tiny.* could not be fetched: connect, then try again\.$/
	);
	expect(await inspect.result()).toEqual(result);
	await context.setOffline(false);
	await fetch.click();
	await expect(inspect.predictions).toContainText('ViT-Tiny/16', { timeout: 45_000 });
	await expect(inspect.alert).toHaveCount(0);
	await expect(page.getByRole('gridcell')).toHaveCount(36);
});

test("a GPU that is lost on a plane: the site's own model comes again from the disk", async ({
	inspect,
	engine,
	context
}) => {
	// The browser has seen the next backend's code on an earlier visit.
	await inspect.open({ backend: 'wasm' });
	await inspect.open({ backend: 'webgl' });
	await context.setOffline(true);
	await engine.loseGpu();
	await expect(backendLine(inspect)).toContainText('Runs on wasm', { timeout: 45_000 });
	await inspect.drop(await upload('on a plane', plain('blue')));
	await inspect.shows('Your photo, on a plane.png');
	expect(await inspect.guesses()).toHaveLength(5);
	await expect(inspect.alert).toHaveCount(0);
});

test.describe('once a model has run here', () => {
	test.use({ serviceWorkers: 'allow' });

	test('every page opens again without a network, and the model runs', async ({ inspect, page, context }) => {
		await inspect.open();
		await siteIsKept(page, '../models/patchwork-t/model.safetensors');
		await context.setOffline(true);
		await page.reload();
		await inspect.shows(/./);
		expect(await inspect.guesses()).toHaveLength(5);
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
		await inspect.sample('Balloons over the hills').click();
		await inspect.shows('A hot-air balloon');

		await new LessonPage(page).open('attention');
		await page.getByRole('link', { name: 'Models', exact: true }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Models');

		// A page that nobody kept is answered with one that says what is kept.
		const follow = (path: string) => page.evaluate((to) => location.assign(to), path);
		await follow('../no-such/page/');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(
			'There is no network, and this page is not kept here'
		);
		await follow('../../de/inspect/');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Es gibt kein Netz/);
		await page.getByRole('link', { name: 'Modelle' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Models');

		// What nobody kept shows that there was no network.
		const answer = await page.evaluate(() => fetch('../offline.json').catch(() => null));
		expect(answer).toBeNull();
	});

	test('with a Swin the tutorial keeps the recorded run, which it stays with', async ({ page, context }) => {
		needsShared();
		await bringSwin(page);
		await page.getByRole('link', { name: 'Learn', exact: true }).click();
		await page.getByRole('link', { name: /^7\s*Positions/ }).click();
		const recorded = page.locator('aside .recorded');
		await expect(recorded).toContainText('attends in windows');
		await siteIsKept(page, '../../recorded/parameters.pos_embed.f16');
		await siteIsKept(page, '../../recorded/seen.rgb');
		await expect(page).toHaveURL(/model=local/);
		await context.setOffline(true);
		await page.reload();
		await expect(recorded).toContainText('attends in windows', { timeout: 45_000 });
		await expect(page.locator('aside .figure > figure')).toHaveAttribute('aria-busy', 'false');
		await expect(page.getByRole('alert')).toHaveCount(0);
	});
});
