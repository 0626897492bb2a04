import { scan } from '../axe';
import { expect, test } from '../fixtures';
import { InspectPage } from '../inspect-page';
import { plain, upload } from '../pictures';

test('a reload, and the link opened elsewhere, come back to the same', async ({ inspect, page, context }) => {
	await inspect.open({ sample: 'hot-air-balloon' });
	await inspect.shows(/hot-air balloon/);
	await inspect.chooseBlock(3);
	await inspect.radio('Head', '2').check();
	await inspect.click(9, 4);
	await page.mouse.move(1, 1);
	await inspect.radio('Show what', 'attends to this token').check();
	await inspect.radio('Scale', 'Shared').check();
	await page.getByRole('slider', { name: 'Opacity' }).fill('0.4');
	await page.getByLabel('Colour map').selectOption('Viridis');
	await inspect.toggle('Smooth').check();
	await inspect.toggle('Patch grid').uncheck();
	const wanted = {
		model: 'patchwork-t',
		sample: 'hot-air-balloon',
		block: '3',
		head: '2',
		token: String(1 + 8 * 14 + 3),
		direction: 'to',
		opacity: '40',
		colours: 'viridis',
		smooth: 'yes',
		scale: 'shared',
		grid: 'no',
		backend: 'wasm'
	};
	await expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams)).toEqual(wanted);
	const { photo, map, picture } = await inspect.result();
	const check = async (there: InspectPage) => {
		await there.shows(/hot-air balloon/);
		const found = await there.result();
		expect([found.photo, found.map, found.picture]).toEqual([photo, map, picture]);
		await expect(there.caption).toContainText('Block 3, head 2');
		await expect(there.radio('Show what', 'attends to this token')).toBeChecked();
		await expect(there.radio('Scale', 'Shared')).toBeChecked();
		await expect(there.page.getByRole('slider', { name: 'Opacity' })).toHaveValue('0.4');
		await expect(there.page.getByLabel('Colour map')).toHaveValue('viridis');
		await expect(there.toggle('Smooth')).toBeChecked();
		await expect(there.toggle('Patch grid')).not.toBeChecked();
	};
	await page.reload();
	await check(inspect);
	const other = await context.newPage();
	await other.goto(page.url());
	await check(new InspectPage(other));
});

test('nonsense in a link is left out, and what is valid beside it holds', async ({ inspect, page }) => {
	await inspect.open({ block: '2', head: 'none', token: '99999', opacity: '400', sample: 'no-such', colours: 'mud' });
	await expect(inspect.caption).toContainText('Block 2, mean over heads');
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: CLS');
	await expect(inspect.photo).toHaveAccessibleName(/golf ball/);
	await expect(page.getByRole('slider', { name: 'Opacity' })).toHaveValue('0.75');
	for (const said of ['head=none', 'opacity=400', 'colours=mud', 'patch 99,999', 'the sample photo ‘no-such’'])
		await expect(page.getByRole('status').filter({ hasText: 'The link' }).first(), said).toContainText(said);
});

test('a block that the model does not have gives its last one', async ({ inspect }) => {
	await inspect.open({ block: '13', head: '9' });
	await expect(inspect.caption).toContainText('Block 12, mean over heads');
});

test('a link to a model that has another name today leads to it, without a word', async ({ inspect, page }) => {
	await inspect.open({ model: 'patchwork-s', sample: 'teapot', block: '5', head: '4' });
	await inspect.shows(/teapot/);
	await expect(page.getByLabel('Model', { exact: true })).toHaveValue('patchwork-t');
	// It has three heads in each block, where its predecessor had four.
	await expect(inspect.caption).toContainText('Block 5, mean over heads');
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect.poll(() => new URL(page.url()).searchParams.get('model')).toBe('patchwork-t');
});

test('a link to a model that is not here says what to click, and shows another', async ({ inspect, page }) => {
	await inspect.open({ model: 'vit-tiny', block: '2', token: '42' });
	await expect(inspect.sentence).toHaveText(
		/ViT-Tiny\/16 is not in this browser, or no longer: Patchwork-T is used in its place\. .*fetch it on the page of models/
	);
	await expect(page.getByRole('alert').getByRole('link', { name: 'All models' })).toBeVisible();
	await expect(page.getByLabel('Model', { exact: true })).toHaveValue('patchwork-t');
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: CLS');
});

test('a photo of one’s own stays out of the address', async ({ inspect, page }) => {
	await inspect.open();
	await expect.poll(() => new URL(page.url()).searchParams.get('sample')).toBe('golf-ball');
	await inspect.drop(await upload('secret-name', plain('red')));
	await inspect.shows('Your photo, secret-name.png');
	await expect.poll(() => new URL(page.url()).searchParams.has('sample')).toBe(false);
	expect(page.url()).not.toContain('secret');
	expect(new URL(page.url()).searchParams.get('photo')).toBe('own');
});

test('a region that was picked is in the link, and leads to the same answer', async ({ inspect, page }) => {
	await inspect.open({ sample: 'church' });
	const centred = await inspect.guesses();
	await inspect.radio('Crop', 'Pick it').check();
	await inspect.button('Region that the model sees').focus();
	for (const key of ['-', '-', 'Shift+ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
	await expect(page).toHaveURL(/crop=[\d.]+-[\d.]+-[\d.]+-[\d.]+/);
	await inspect.settles();
	const picked = await inspect.guesses();
	expect(picked).not.toEqual(centred);
	await page.goto('models/');
	await page.goBack();
	await inspect.shows(/church/);
	await expect.poll(() => inspect.guesses()).toEqual(picked);
	await expect(inspect.radio('Crop', 'Pick it')).toBeChecked();
	await inspect.radio('Crop', 'Centre, as trained').check();
	await expect(page).not.toHaveURL(/crop=/);
});

test('a link made on a photo of somebody’s own says whose is missing, and takes one', async ({ inspect, page }) => {
	await inspect.open({ photo: 'own', block: '2' });
	const notice = page.getByRole('status').filter({ hasText: 'a photo of somebody’s own' });
	await expect(notice).toContainText(
		'neither a link nor a reload brings it back. “Golf ball on a lawn” is shown in its place'
	);
	await expect(inspect.photo).toHaveAccessibleName(/golf ball/);
	await expect(inspect.caption).toContainText('Block 2');
	await scan(page);
	const dialog = page.waitForEvent('filechooser');
	await notice.getByRole('button', { name: 'Open a photo of your own' }).click();
	const { name, type, data } = await upload('mine', plain('blue'));
	await (await dialog).setFiles({ name, mimeType: type, buffer: data });
	await inspect.shows('Your photo, mine.png');
	await expect(notice).toHaveCount(0);
	await expect(inspect.caption).toContainText('Block 2');
	await expect.poll(() => new URL(page.url()).searchParams.get('photo')).toBe('own');
});

test('a comparison made on photos of somebody’s own says so of each', async ({ page }) => {
	await page.goto('compare/?compare=photos&backend=wasm&photo=own&b-photo=own');
	const notices = page.getByRole('status').filter({ hasText: 'a photo of somebody’s own' });
	await expect(notices).toHaveCount(2, { timeout: 45_000 });
	await expect(notices.first()).toContainText('“Golf ball on a lawn”');
});

test('going to another page and back keeps the photo, without another run', async ({ inspect, page, engine }) => {
	await inspect.open();
	await inspect.drop(await upload('kept', plain('green')));
	await inspect.shows('Your photo, kept.png');
	const runs = await engine.asked('run');
	await page.getByRole('link', { name: 'Models', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible();
	await page.getByRole('link', { name: 'Inspect', exact: true }).click();
	await inspect.shows('Your photo, kept.png');
	expect(await engine.asked('run')).toBe(runs);
});
