import { expect, test } from '../fixtures';
import { animation, COLOURS, largePhoto, plain, quarters, turnedQuarters, upload } from '../pictures';

/** Within what JPEG and resizing make of a colour. */
function near(found: readonly number[], wanted: readonly number[]): void {
	expect(found).toHaveLength(3);
	for (const [i, value] of wanted.entries()) expect(Math.abs((found[i] ?? NaN) - value)).toBeLessThanOrEqual(12);
}

test.beforeEach(({ inspect, engine }) => {
	void engine;
	return inspect.open();
});

test('a photo dropped on the page is shown, with its five classes', async ({ inspect, page }) => {
	const before = await inspect.guesses();
	const file = await upload('four quarters', quarters());
	const transfer = await inspect.transferOf([file]);
	await page.locator('main').dispatchEvent('dragenter', { dataTransfer: transfer });
	await expect(page.getByText('Drop a photo, or the files of a model, anywhere')).toBeVisible();
	await inspect.dropTransfer(transfer);
	await inspect.shows('Your photo, four quarters.png');
	await expect(page.getByText('Drop a photo, or the files of a model, anywhere')).toHaveCount(0);
	const guesses = await inspect.guesses();
	expect(guesses).toHaveLength(5);
	expect(guesses).not.toEqual(before);
	const likeliestFirst = guesses.map(({ probability }) => probability);
	expect(likeliestFirst).toEqual([...likeliestFirst].sort((a, b) => b - a));
	near(await inspect.colourAt(0.05, 0.05), COLOURS.red);
	near(await inspect.colourAt(0.95, 0.95), COLOURS.yellow);
});

test('a copied picture is pasted with Ctrl+V', async ({ inspect, page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const { data } = await upload('copied', plain('blue'));
	await page.evaluate(async (base64) => {
		const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
		await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
	}, data.toString('base64'));
	await page.keyboard.press('Control+V');
	await inspect.shows('Your photo, image.png');
	near(await inspect.colourAt(0.5, 0.5), COLOURS.blue);
});

test('text pasted into a field stays in that field', async ({ inspect, page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const before = await inspect.result();
	await inspect.button('Web address').click();
	await page.evaluate(() => navigator.clipboard.writeText('https://example.org/a.png'));
	await page.keyboard.press('Control+V');
	await expect(page.getByLabel('Address of a picture')).toHaveValue('https://example.org/a.png');
	expect(await inspect.result()).toEqual(before);
});

test('a photo is chosen in the file dialog, and the same one again', async ({ inspect, page, engine }) => {
	const file = await upload('chosen', plain('green'), 'webp');
	const choose = async () => {
		const dialog = page.waitForEvent('filechooser');
		await inspect.button('Open a photo').click();
		await (await dialog).setFiles({ name: file.name, mimeType: file.type, buffer: file.data });
	};
	await choose();
	await inspect.shows('Your photo, chosen.webp');
	near(await inspect.colourAt(0.5, 0.5), COLOURS.green);
	const runs = await engine.asked('run');
	await choose();
	await expect.poll(() => engine.asked('run')).toBe(runs + 1);
});

test('a picture at a web address is fetched, without telling that site who asks', async ({
	inspect,
	page,
	pictures
}) => {
	const asked = page.waitForRequest((request) => request.url().startsWith(pictures.address));
	await inspect.button('Web address').click();
	await page.getByLabel('Address of a picture').fill(`${pictures.address}/open/quarters.png`);
	await page.keyboard.press('Enter');
	await inspect.shows('Your photo, quarters.png');
	await expect(page.getByLabel('Address of a picture')).toHaveCount(0);
	const headers = await (await asked).allHeaders();
	expect(headers['referer']).toBeUndefined();
	expect(headers['cookie']).toBeUndefined();
});

test('a picture dragged over from another page is fetched, not the link around it', async ({ inspect, pictures }) => {
	await inspect.dropData({
		'text/uri-list': `${pictures.address}/page`,
		'text/html': `<a href="${pictures.address}/page"><img src="${pictures.address}/open/dragged.png?a=1&amp;b=2"></a>`
	});
	await inspect.shows('Your photo, dragged.png');
	expect(pictures.seen).toEqual(['/open/dragged.png?a=1&b=2']);
});

test('a sample image is opened, and is the one that is marked', async ({ inspect }) => {
	const balloons = inspect.sample('Balloons over the hills');
	await expect(balloons).toHaveAttribute('aria-pressed', 'false');
	await balloons.click();
	await inspect.shows(/hot-air balloon/);
	await expect(balloons).toHaveAttribute('aria-pressed', 'true');
	await expect(inspect.sample('Golf ball on a lawn')).toHaveAttribute('aria-pressed', 'false');
});

const LYING = [
	['jpeg', 3],
	['jpeg', 6],
	['jpeg', 8],
	['webp', 6]
] as const;
for (const [format, orientation] of LYING) {
	test(`a ${format} with EXIF orientation ${orientation} is shown upright, and the model sees it so`, async ({
		inspect
	}) => {
		const plainly = await upload('upright', quarters(), format);
		await inspect.drop(plainly);
		await inspect.shows(`Your photo, ${plainly.name}`);
		const upright = await inspect.guesses();
		const turned = await turnedQuarters(orientation, format);
		await inspect.drop(turned);
		await inspect.shows(`Your photo, ${turned.name}`);
		for (const seen of [false, true]) {
			if (seen) await inspect.toggle('Pixels the model saw').check();
			near(await inspect.colourAt(0.05, 0.05), COLOURS.red);
			near(await inspect.colourAt(0.95, 0.05), COLOURS.green);
			near(await inspect.colourAt(0.05, 0.95), COLOURS.blue);
		}
		const guesses = await inspect.guesses();
		expect(guesses[0]?.label).toBe(upright[0]?.label);
		expect(guesses[0]?.probability).toBeCloseTo(upright[0]?.probability ?? NaN, 1);
	});
}

test('what is transparent lies on white, for the eye and for the model', async ({ inspect }) => {
	await inspect.drop(await upload('white', plain(null).flatten({ background: '#fff' })));
	await inspect.shows('Your photo, white.png');
	const onWhite = await inspect.guesses();
	await inspect.drop(await upload('nothing', plain(null)));
	await inspect.shows('Your photo, nothing.png');
	expect(await inspect.guesses()).toEqual(onWhite);
	await inspect.toggle('Pixels the model saw').check();
	expect(await inspect.colourAt(0.5, 0.5)).toEqual([255, 255, 255]);
});

test('of a moving GIF the first frame is taken', async ({ inspect }) => {
	await inspect.drop(await animation('red', 'blue'));
	await inspect.shows('Your photo, moving.gif');
	near(await inspect.colourAt(0.5, 0.5), COLOURS.red);
});

test('photo after photo leaves nothing behind', async ({ inspect, engine }) => {
	const files = await Promise.all((['red', 'green', 'blue'] as const).map((colour) => upload(colour, plain(colour))));
	const before = await engine.held();
	for (const file of files) {
		await inspect.drop(file);
		await inspect.shows(file.name);
	}
	expect(await engine.held()).toEqual(before);
	expect(before.bitmaps).toBe(1);
});

test('a large photo works as a small one does, and leaves nothing behind', async ({ inspect, engine }) => {
	const before = await engine.held();
	const large = await largePhoto();
	expect(large.data.length).toBeGreaterThan(1_000_000);
	await inspect.drop(large);
	await inspect.shows('Your photo, large.jpg');
	const [red = NaN, green = NaN, blue = NaN] = await inspect.colourAt(0.25, 0.25);
	expect(red).toBeGreaterThan(2 * Math.max(green, blue));
	expect(await engine.held()).toEqual(before);
	const { name, type, data } = large;
	await inspect.drop({ name, type, data: data.subarray(0, data.length - 1000) });
	await expect(inspect.sentence).toHaveText(/^This JPEG file ends before the picture does/);
	expect(await engine.held()).toEqual(before);
});

test('of two photos dropped one after the other the later wins, and neither leaks', async ({
	inspect,
	engine,
	page
}) => {
	const before = await engine.held();
	const [first, second] = await Promise.all([upload('first', plain('red')), upload('second', plain('blue'))]);
	const later = await inspect.transferOf([second]);
	// The second comes at the very moment at which the page has asked for a run of the first.
	await page.evaluate((dataTransfer) => {
		const drop = (event: Event) => {
			if ((event as CustomEvent).detail !== 'run') return;
			window.removeEventListener('engine-asked', drop);
			document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
		};
		window.addEventListener('engine-asked', drop);
	}, later);
	await inspect.drop(first);
	await inspect.shows('Your photo, second.png');
	near(await inspect.colourAt(0.5, 0.5), COLOURS.blue);
	await expect(inspect.alert).toHaveCount(0);
	await expect.poll(() => engine.held()).toEqual(before);
});
