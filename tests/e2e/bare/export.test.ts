import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from '../fixtures';
import { lineOf, readJson, readNpz } from '../attention-file';

test.beforeEach(({ inspect }) => inspect.open());

async function decode(file: string) {
	const data = await readFile(file);
	const [{ width, height, format }, { channels }] = await Promise.all([sharp(data).metadata(), sharp(data).stats()]);
	return { width, height, format, spread: channels.map(({ stdev }) => stdev) };
}

test('NPZ and JSON hold the same attention, and every row sums to 1', async ({ inspect }) => {
	const zip = await inspect.save('Attention as NPZ');
	const [npz, json] = [await readNpz(zip), await readJson(await inspect.save('Attention as JSON'))];
	expect(zip.suggestedFilename()).toBe('golf-ball-on-a-lawn-patchwork-t-attention.npz');
	expect(npz.meta).toEqual(json.meta);
	expect(npz.meta.model).toBe('patchwork-t');
	expect(npz.meta.top[0]?.label).toBe('golf ball');
	expect(npz.blocks).toHaveLength(12);
	let furthest = 0;
	for (const [i, block] of npz.blocks.entries()) {
		expect([block.heads, block.tokens]).toEqual([3, 197]);
		const [one, other] = [block.data, json.blocks[i]?.data ?? []].map((data) =>
			Buffer.from(Float32Array.from(data).buffer)
		);
		expect(other && one?.equals(other)).toBe(true);
		for (let row = 0; row < block.heads * block.tokens; row++) {
			const sum = lineOf(block, Math.floor(row / block.tokens), row % block.tokens).reduce(
				(total, weight) => total + weight,
				0
			);
			furthest = Math.max(furthest, Math.abs(sum - 1));
		}
	}
	expect(furthest).toBeLessThan(1e-5);
});

test('the overlay as PNG is the figure as it stands, with words', async ({ inspect, page }) => {
	await inspect.chooseBlock(3);
	await inspect.radio('Head', '2').check();
	await inspect.click(4, 4);
	await page.mouse.move(1, 1);
	const saved = await inspect.save('Overlay as PNG');
	expect(saved.suggestedFilename()).toBe('golf-ball-on-a-lawn-patchwork-t-overlay.png');
	const { width, height, format, spread } = await decode(await saved.path());
	expect([format, width]).toEqual(['png', 1184]);
	expect(height).toBeGreaterThan(1184);
	for (const stdev of spread.slice(0, 3)) expect(stdev).toBeGreaterThan(10);
	await inspect.radio('Head', '3').check();
	const other = await inspect.save('Overlay as PNG');
	expect(await readFile(await other.path())).not.toEqual(await readFile(await saved.path()));
});

test('the overlay shows the photo where it is fully transparent', async ({ inspect, page }) => {
	await page.getByRole('slider', { name: 'Opacity' }).fill('0');
	await inspect.toggle('Patch grid').uncheck();
	const saved = await inspect.save('Overlay as PNG');
	const drawn = await sharp(await saved.path())
		.extract({ left: 32, top: 32, width: 1120, height: 1120 })
		.resize(56, 56)
		.removeAlpha()
		.raw()
		.toBuffer();
	// Patchwork-T sees 224 pixels of the shorter side's 248, from the middle; this photo has 960 x 720.
	const crop = { left: 154, top: 35, width: 650, height: 650 };
	const wanted = await sharp('static/samples/golf-ball.webp')
		.extract(crop)
		.resize(56, 56)
		.removeAlpha()
		.raw()
		.toBuffer();
	const middle = drawn.map((value, i) => Math.abs(value - (wanted[i] ?? NaN))).toSorted((a, b) => a - b)[
		drawn.length >> 1
	];
	expect(middle).toBeLessThanOrEqual(4);
});

test('all heads as PNG has a row a block and a column a head', async ({ inspect }) => {
	const saved = await inspect.save('All heads as PNG');
	expect(saved.suggestedFilename()).toBe('golf-ball-on-a-lawn-patchwork-t-heads.png');
	const { width, height, format, spread } = await decode(await saved.path());
	expect(format).toBe('png');
	expect(width).toBeGreaterThan(3 * 140);
	expect(height).toBeGreaterThan(12 * 140);
	for (const stdev of spread.slice(0, 3)) expect(stdev).toBeGreaterThan(10);
	await inspect.radio('Scale', 'Shared').check();
	const shared = await inspect.save('All heads as PNG');
	expect(await readFile(await shared.path())).not.toEqual(await readFile(await saved.path()));
});

test('the link is copied, and says that a photo of one’s own is not in it', async ({ inspect, page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await inspect.chooseBlock(2);
	await inspect.button('Copy the link').click();
	await expect(page.getByText('The link is copied.')).toBeVisible();
	const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
	expect(link.pathname).toBe('/inspect/');
	expect(link.searchParams.get('block')).toBe('2');
	expect(link.searchParams.get('sample')).toBe('golf-ball');
});

test('the blocks are played, and saved as a video; given up, nothing is saved', async ({ inspect, page }) => {
	const block = page.getByLabel('Block', { exact: true });
	await inspect.chooseBlock(5);
	await inspect.button('Play through the blocks').click();
	await expect(block.locator('option:checked')).toHaveText('Block 6');
	await inspect.button('Pause').click();
	const shown = await block.inputValue();

	await inspect.button('Blocks as a video').click();
	await page.getByRole('progressbar', { name: /^Recording the blocks/ }).waitFor();
	await inspect.button('Cancel').click();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
	await expect(inspect.alert).toHaveCount(0);
	await expect(block).toHaveValue(shown);

	const file = await inspect.save('Blocks as a video');
	expect(file.suggestedFilename()).toMatch(/^golf-ball-on-a-lawn-patchwork-t-blocks\.(webm|mp4)$/);
	const bytes = await readFile(await file.path());
	const isWebm = bytes.readUInt32BE(0) === 0x1a45dfa3;
	expect(isWebm || bytes.subarray(4, 8).toString() === 'ftyp', 'the file begins as a video does').toBe(true);
	expect(bytes.length).toBeGreaterThan(10_000);
	await expect(block).toHaveValue(shown);
});
