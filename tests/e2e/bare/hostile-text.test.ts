import type { Page } from 'playwright/test';
import { fileOf, SIZES, timmConfig, timmTensors } from '../../../src/lib/engine/testing/checkpoint';
import { OVERLAYS } from '../../../src/lib/run/url';
import { ComparePage } from '../compare-page';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { LessonPage } from '../lesson-page';
import { picture } from '../own-photos';
import { asUpload, plain } from '../pictures';

/** Markup that does no harm, and that is easily found where it became any. */
const HOSTILE = '<img src=x onerror=window.ran=1><b class=hostile>"\'&amp;{{1}}';

/** One of the addresses leads nowhere. */
test.use({ tolerated: new RegExp(`${FAILED_REQUESTS.source}|^\\w+: Not found: `) });

/** That it stands nowhere as markup, whether or not the policy would have let it run. */
async function isText(page: Page, where: string): Promise<void> {
	const found = await page.evaluate(() => ({
		ran: 'ran' in window,
		made: document.querySelectorAll('.hostile, img[src="x"], [onerror]').length
	}));
	expect([where, found]).toEqual([where, { ran: false, made: 0 }]);
}

/** A model whose classes have hostile names. @param more what its configuration says otherwise */
function hostileModel(more: object = {}) {
	const config = {
		...timmConfig(),
		...more,
		label_names: Array.from({ length: SIZES.classes }, (_, i) => `${HOSTILE}${i}`)
	};
	return [
		{ name: 'config.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(config)) },
		{
			name: 'model.safetensors',
			mimeType: 'application/octet-stream',
			buffer: Buffer.from(fileOf(timmTensors()))
		}
	];
}

test('names out of a checkpoint and of a photo’s file are text, in every overlay and in what is saved', async ({
	page,
	inspect
}) => {
	await page.goto('models/?backend=wasm');
	const files = page.getByLabel('Files of a model');
	await files.setInputFiles(hostileModel({ architecture: HOSTILE }));
	await expect(page.getByText(`is of the architecture '${HOSTILE}'`)).toBeVisible();
	await isText(page, 'a model that is refused');
	await files.setInputFiles(hostileModel());
	await page.getByLabel('Its name in the menu').fill(HOSTILE);
	const found = page.getByRole('article').filter({ has: page.getByLabel('Its name in the menu') });
	await expect(page.getByLabel('Its name in the menu')).toHaveValue(HOSTILE);
	await expect(found.getByRole('heading')).toBeVisible();
	await isText(page, 'the model as it was found');
	await found.getByRole('button', { name: 'Use it' }).click();
	const own = page.getByRole('region', { name: 'Models that you brought' });
	// Of a name, only what every system takes is kept.
	await expect(own).toContainText('img-src-x-onerror', { timeout: 45_000 });
	await isText(page, 'the list of models');
	await expect(own.getByRole('link', { name: 'In use: look at it' })).toBeVisible({ timeout: 45_000 });
	await expect(own).toContainText('Kept in this browser');
	// What lies beside the store may have been written by anyone who had the browser.
	await page.evaluate((text) => {
		const entries = JSON.parse(localStorage.getItem('patchwork.own-models') ?? '[]') as object[];
		const told = entries.map((entry) => ({ ...entry, title: text, family: text }));
		localStorage.setItem('patchwork.own-models', JSON.stringify(told));
	}, HOSTILE);
	await page.reload();
	await expect(own.getByRole('rowheader')).toHaveText(`${HOSTILE} ${HOSTILE}`);
	await isText(page, 'what was written down of a model');
	await own.getByRole('button', { name: 'Use it' }).click();
	await own.getByRole('link', { name: 'In use: look at it' }).click();
	await inspect.shows(/./);
	await expect(inspect.predictions.getByRole('listitem').first()).toContainText(HOSTILE);
	await inspect.drop(asUpload(`${HOSTILE}.png`, await plain('red').png().toBuffer(), 'image/png'));
	await inspect.shows(`Your photo, ${HOSTILE}.png`);
	const overlays = page.getByLabel('Over the photo', { exact: true });
	const all = await overlays
		.locator('option:not(:disabled)')
		.evaluateAll((list) => list.map((option) => (option as HTMLOptionElement).value));
	expect(all.filter((id) => OVERLAYS.some((one) => one === id)).length).toBeGreaterThan(8);
	for (const id of all) {
		await overlays.selectOption(id);
		await inspect.settles();
		await isText(page, id);
	}
	const saved = await inspect.save('Overlay as PNG');
	expect(saved.suggestedFilename()).toMatch(/^[\w.-]+\.png$/);
	await page.getByRole('link', { name: 'Experiment' }).first().click();
	await expect(page.getByText(HOSTILE).filter({ visible: true }).first()).toBeVisible({ timeout: 45_000 });
	await isText(page, 'the experiment');
});

test('a link, a search, a repository and a hub of that name are text', async ({ page, inspect }) => {
	const keys = ['model', 'sample', 'photo', 'address', 'token', 'overlay', 'colours', 'box', 'class', 'part', 'of'];
	const query = new URLSearchParams([...keys.map((key) => [key, HOSTILE]), ['backend', 'wasm']]);
	const lesson = new LessonPage(page);
	const compare = new ComparePage(page);
	const SETTLED: Readonly<Record<string, () => Promise<void>>> = {
		'inspect/': () => inspect.shows(/./),
		'experiment/': () => expect(page.getByRole('alert')).toBeVisible({ timeout: 45_000 }),
		'compare/': () => compare.ready(),
		'learn/attention/': () => lesson.isLive(),
		'gallery/': () => expect(page.getByRole('img').first()).toBeVisible(),
		[HOSTILE]: () => expect(page.getByRole('heading', { level: 1 })).toBeVisible()
	};
	const hash = `#edits=${encodeURIComponent(JSON.stringify([{ tap: HOSTILE, do: HOSTILE }]))}`;
	for (const [path, settled] of Object.entries(SETTLED)) {
		await page.goto(`${encodeURI(path)}?${query}${hash}`);
		await settled();
		await isText(page, path);
	}
	await page.goto('models/');
	await page.keyboard.press('/');
	await page.getByRole('combobox').fill(HOSTILE);
	await expect(page.getByText(/^(Nothing found|\d+ places?\b)/)).toBeVisible();
	await isText(page, 'the search');
	await page.keyboard.press('Escape');
	await page.getByLabel('Name or address of the repository').fill(HOSTILE);
	await page.getByRole('button', { name: 'Look it up' }).click();
	await expect(page.getByRole('alert')).toContainText(HOSTILE);
	await isText(page, 'a repository');
	await page.getByRole('button', { name: 'Dismiss' }).click();
	await page.getByLabel('Address of the hub').fill(HOSTILE);
	const hub = page.getByRole('form', { name: 'Where models come from' });
	await hub.getByRole('button', { name: 'Use it' }).click();
	await expect(page.getByRole('alert')).toContainText(HOSTILE);
	await isText(page, 'the address of a hub');
});

test('folders and files of the reader’s own are text, and so is what is kept of them', async ({ page }) => {
	const mirror = `http://hub.example/${HOSTILE}`;
	await page.addInitScript((hub) => localStorage.setItem('patchwork.hub', hub), mirror);
	await page.goto('train/?backend=wasm');
	await page.getByRole('button', { name: 'Add an empty class' }).click();
	await page.getByLabel('Name of the class').fill(HOSTILE);
	await page.getByLabel('Name of the class').press('Enter');
	const card = page.getByRole('region', { name: /^Class </ });
	const chooser = page.waitForEvent('filechooser');
	await card.getByRole('button', { name: 'Add photos' }).click();
	await (
		await chooser
	).setFiles([
		{ name: `${HOSTILE}.png`, mimeType: 'image/png', buffer: await picture('dots', 1) },
		{ name: `${HOSTILE}.txt`, mimeType: 'text/plain', buffer: Buffer.from('No picture.') }
	]);
	await expect(card.getByRole('img')).toHaveAttribute('alt', `${HOSTILE}.png`);
	await expect(page.getByRole('alert')).toContainText(`${HOSTILE}.txt`);
	await isText(page, 'classes of one’s own');
	await page.goto('models/');
	await expect(page.getByText('so not from hub.example')).toBeVisible();
	await expect(page.getByLabel('Address of the hub')).toHaveValue(/^http:\/\/hub\.example\/.*onerror/);
	await expect(page.locator('[data-kept="settings"]')).toHaveText(/bytes|kB/);
	await isText(page, 'the hub of an earlier visit, and the list of what is kept');
});
