import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Locator, Page } from 'playwright/test';
import { launchWith, NO_GPU_ARGS } from '../../../scripts/lib/chromium.js';
import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';
import { folders, picture } from '../own-photos';

const FAKE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** A browser with a camera that films a test pattern, and a person who allows it. */
test.use({ launchOptions: launchWith([...NO_GPU_ARGS, ...FAKE]), fresh: true });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const classOf = (page: Page, name: string) => page.getByRole('region', { name: `Class ${name}`, exact: true });
const photosOf = (page: Page, name: string) => classOf(page, name).getByRole('list').getByRole('button');
const learned = (page: Page) => page.getByRole('region', { name: 'What it has learned' });

/** Presses a button by keyboard. */
async function press(one: Locator): Promise<void> {
	await one.focus();
	await one.press('Enter');
}

/** Presses a button by keyboard that asks for files, and gives them. */
async function choose(page: Page, one: Locator, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
	const chooser = page.waitForEvent('filechooser');
	await press(one);
	await (await chooser).setFiles(files);
}

async function open(page: Page): Promise<void> {
	await page.goto('train/?backend=wasm');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Train');
}

/** Two folders, and what is learned of them. */
async function teach(page: Page, place: string): Promise<void> {
	await choose(page, button(page, 'Add a folder'), await folders(place));
	await expect(photosOf(page, 'dots')).toHaveCount(5);
	await expect(button(page, 'Train')).toBeEnabled({ timeout: 45_000 });
	await press(button(page, 'Train'));
	await expect(learned(page)).toBeVisible({ timeout: 60_000 });
	await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 45_000 });
}

test('two folders become a live classifier, by keyboard, on a telephone', async ({ page }, info) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page);
	await expect(page.getByText(/^Add two classes/)).toBeVisible();
	await scan(page, 'before anything is there');
	await teach(page, info.outputPath('photos'));
	const left = page.getByRole('alert');
	await expect(left).toContainText('One file was left out; the others are here.');
	await expect(left).toContainText('notes.txt');
	await expect(photosOf(page, 'stripes')).toHaveCount(5);
	await expect(learned(page)).toContainText('10 of 10 right');
	await expect(learned(page)).toContainText('between 72 % and 100 %');
	await expect(learned(page)).toContainText(/From 1 of each class, \d+ % of\s+the others were right; from 4,/);
	expect(await isTooWide(page)).toBe(false);
	await scan(page, 'once it has learned');

	const tried = page.getByRole('region', { name: 'Try it' });
	await expect(tried.locator('.bars')).toHaveCount(0);
	await choose(page, button(page, 'Choose a photo'), {
		name: 'new.png',
		mimeType: 'image/png',
		buffer: await picture('dots', 9)
	});
	await expect(tried.getByRole('listitem').first()).toContainText('dots', { timeout: 45_000 });
	await expect(tried.getByRole('status')).toHaveText(/^new\.png: dots, \d+ %$/);
	await press(button(page, 'Live from the camera'));
	const share = tried.getByRole('listitem').first().locator('.mono');
	const before = await share.innerText();
	await expect(share).not.toHaveText(before, { timeout: 45_000 });
	await press(button(page, 'Live from the camera'));
	await expect(tried.locator('video')).toHaveCount(0);
});

test('photos are moved and removed, classes named and deleted, and every step taken back', async ({ page }, info) => {
	await open(page);
	await choose(page, button(page, 'Add a folder'), await folders(info.outputPath('photos')));
	await expect(photosOf(page, 'stripes')).toHaveCount(5);
	await expect(page.getByRole('progressbar')).toHaveCount(0);
	await press(photosOf(page, 'dots').first());
	await press(button(page, 'Remove it'));
	await expect(photosOf(page, 'dots')).toHaveCount(4);
	await expect(photosOf(page, 'dots').first()).toBeFocused();
	await page.keyboard.press('Control+z');
	await expect(photosOf(page, 'dots')).toHaveCount(5);
	await press(photosOf(page, 'dots').nth(1));
	await page.getByLabel('Move it to').selectOption('stripes');
	await expect(photosOf(page, 'stripes')).toHaveCount(6);
	await button(page, 'Undo').click();
	await expect(photosOf(page, 'stripes')).toHaveCount(5);
	const name = classOf(page, 'dots').getByLabel('Name of the class');
	await name.fill('Stripes');
	await name.press('Enter');
	await expect(classOf(page, 'Stripes 2')).toBeVisible();
	await button(page, 'Delete the class Stripes 2').click();
	await expect(classOf(page, 'Stripes 2')).toHaveCount(0);
	await expect(page.locator('[data-class]:focus')).toHaveCount(1);
	await page.locator('body').press('Control+z');
	await page.locator('body').press('Control+z');
	await expect(photosOf(page, 'dots')).toHaveCount(5);
	await page.keyboard.press('Control+Shift+z');
	await expect(photosOf(page, 'Stripes 2')).toHaveCount(5);

	await page.getByLabel('Remember my classes on this device').check();
	await page.waitForFunction(async () =>
		(await indexedDB.databases()).some((one) => one.name === 'patchwork-own-classes')
	);
	await page.reload();
	await expect(photosOf(page, 'Stripes 2')).toHaveCount(5);
	await button(page, 'Forget them').click();
	await page.reload();
	await expect(page.getByText(/^Add two classes/)).toBeVisible();
});

test('what was learned becomes a model, which is inspected, exported, deleted and brought again', async ({
	page,
	inspect
}, info) => {
	await open(page);
	await teach(page, info.outputPath('photos'));
	await page.getByLabel('Name of the model').fill('My patterns');
	await page.getByLabel('Name of the model').press('Enter');
	await expect(page.getByText('“My patterns” is in the list of models.')).toBeVisible({ timeout: 45_000 });
	const list = page.getByRole('list', { name: 'Models that you trained' });
	await scan(page);

	const saved = page.waitForEvent('download');
	await button(page, 'Export My patterns').click();
	const download = await saved;
	expect(download.suggestedFilename()).toBe('my-patterns-model.zip');
	const files = unzipSync(await readFile(await download.path()));
	expect(Object.keys(files).sort()).toEqual(['config.json', 'model.safetensors']);
	const config = JSON.parse(Buffer.from(files['config.json'] ?? []).toString()) as object;
	expect(config).toMatchObject({
		architecture: 'vit_tiny_patch16_224',
		num_classes: 2,
		label_names: ['dots', 'stripes']
	});

	await list.getByLabel('Name of My patterns').fill('Dots or stripes');
	await list.getByLabel('Name of My patterns').press('Enter');
	await button(page, 'Inspect with it').click();
	await expect(inspect.predictions).toContainText('Dots or stripes', { timeout: 45_000 });
	const drawn = { name: 'dots 7.png', type: 'image/png', data: await picture('dots', 7) };
	await inspect.drop(drawn);
	await inspect.shows('Your photo, dots 7.png');
	const [first] = await inspect.guesses();
	expect(first?.label).toBe('dots');
	await page.getByLabel('Over the photo', { exact: true }).selectOption('Relevance of a class');
	await expect(inspect.caption).toContainText('Relevance of “dots”', { timeout: 45_000 });
	// Once the page is loaded anew, it comes from what this browser keeps; the address follows what is shown a moment later.
	await expect(page).toHaveURL(/model=local%2FMy-patterns/);
	await page.reload();
	await expect(inspect.predictions).toContainText('Dots or stripes', { timeout: 45_000 });

	await page.getByRole('link', { name: 'Models', exact: true }).click();
	await expect(page.locator('#stored').getByRole('row', { name: /^Dots or stripes/ })).toContainText(
		'trained on this device'
	);

	await page.getByRole('link', { name: 'Train', exact: true }).click();
	await button(page, 'Delete Dots or stripes').click();
	await expect(page.getByRole('dialog')).toContainText('or have to train it once more');
	await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
	await expect(list).toHaveCount(0);

	await page.getByRole('link', { name: 'Models', exact: true }).click();
	await page
		.getByLabel('Files of a model')
		.setInputFiles(Object.entries(files).map(([name, data]) => ({ name, mimeType: '', buffer: Buffer.from(data) })));
	const found = page.getByRole('article').filter({ has: page.getByLabel('Its name in the menu') });
	await found.getByRole('button', { name: 'Use it' }).click();
	await page
		.getByRole('region', { name: 'Models that you brought' })
		.getByRole('link', { name: 'In use: look at it' })
		.click({ timeout: 45_000 });
	await inspect.settles();
	await inspect.drop(drawn);
	await inspect.shows('Your photo, dots 7.png');
	const again = await inspect.guesses();
	expect(again[0]).toEqual(first);
});
