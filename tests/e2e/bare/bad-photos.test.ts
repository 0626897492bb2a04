import sharp from 'sharp';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import type { Upload } from '../inspect-page';
import { asUpload, corruptJpeg, heic, hugePng, jpegThatClaims, plain, quarters, upload } from '../pictures';

/** A file that is refused, and the one sentence that says why and what to do. */
interface Bad {
	readonly what: string;
	readonly file: () => Promise<Upload>;
	readonly sentence: RegExp;
}

const text = (name: string, content: string, type: string) => async () => asUpload(name, Buffer.from(content), type);
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300"/></svg>';

const BAD: readonly Bad[] = [
	{
		what: 'a text that calls itself a JPEG',
		file: text('holiday.jpg', 'Dear diary, no picture today.', 'image/jpeg'),
		sentence: /^This is a text file, not a photo; choose a JPEG, PNG or WebP picture\.$/
	},
	{
		what: 'a file of no known kind',
		file: async () => asUpload('data.raw', Buffer.from([0, 1, 2, 3, 0xfe, 0xff, 7, 8])),
		sentence: /^This file is not a picture in any format known here; choose/
	},
	{
		what: 'a PDF',
		file: text('scan.pdf', '%PDF-1.7\n%', 'application/pdf'),
		sentence: /^This is a PDF document, not a photo; export/
	},
	{
		what: 'a corrupt JPEG',
		file: async () => asUpload('corrupt.jpg', await corruptJpeg(), 'image/jpeg'),
		sentence: /^This JPEG file is damaged; try to get it again or choose another photo\.$/
	},
	{
		what: 'a JPEG that was cut off',
		file: async () => {
			const { name, type, data } = await upload('cut', quarters(), 'jpeg');
			return { name, type, data: data.subarray(0, data.length >> 1) };
		},
		sentence: /^This JPEG file ends before the picture does \(after \d+ bytes\); try to get the file again\.$/
	},
	{
		what: 'a PNG whose pixels are damaged',
		file: async () => {
			const { name, type, data } = await upload('rotten', quarters());
			const pixels = data.indexOf('IDAT') + 4;
			return { name, type, data: Buffer.from(data).fill(0x5a, pixels, pixels + 40) };
		},
		sentence: /^This PNG file is damaged and cannot be decoded; try/
	},
	{
		what: 'an SVG',
		file: text('drawing.svg', svg, 'image/svg+xml'),
		sentence: /^This is an SVG drawing, .* save it as PNG/
	},
	{
		what: 'a HEIC that this browser cannot decode',
		file: async () => asUpload('IMG_0001.HEIC', heic(4032, 3024), 'image/heic'),
		sentence: /^This browser cannot decode this HEIC file; save the photo as JPEG or PNG and try that\.$/
	},
	{
		what: 'no bytes',
		file: text('empty.png', '', 'image/png'),
		sentence: /^This file is empty \(0 bytes\); choose another one\.$/
	},
	{
		what: 'a PNG of 12000 x 9000',
		file: async () => asUpload('huge.png', hugePng(12000, 9000), 'image/png'),
		sentence: /^This photo has 12000 × 9000 pixels, which is 108 megapixels, and the limit is 64; save it smaller/
	},
	{
		what: 'a JPEG that says it has 12000 x 9000',
		file: async () => asUpload('huge.jpg', await jpegThatClaims(12000, 9000), 'image/jpeg'),
		sentence: /^This photo has 12000 × 9000 pixels/
	},
	{
		what: 'a strip of 1 x 4000',
		file: async () => upload('strip', plain('red', 1, 4000)),
		sentence: /^This photo has 1 × 4000 pixels and each side must have at least 16; choose a larger one\.$/
	},
	{
		what: 'a strip of 20 x 4000',
		file: async () => upload('ribbon', plain('red', 20, 4000)),
		sentence: /^This photo has 20 × 4000 pixels, so one side is more than 20 times the other; cut out/
	}
];

test('whatever is no photo: one sentence, and all as it was', async ({ inspect, engine }) => {
	await inspect.open();
	const [result, held] = [await inspect.result(), await engine.held()];
	for (const { what, file, sentence } of BAD) {
		await test.step(what, async () => {
			await inspect.drop(await file());
			await expect(inspect.sentence).toHaveText(sentence);
			await inspect.settles();
			expect(await inspect.result()).toEqual(result);
			expect(await engine.held()).toEqual(held);
			await inspect.alert.getByRole('button', { name: 'Dismiss' }).click();
			await expect(inspect.alert).toHaveCount(0);
		});
	}
});

test('a drop without a picture says so', async ({ inspect }) => {
	await inspect.open();
	const result = await inspect.result();
	await inspect.dropData({ 'text/plain': 'just some words' });
	await expect(inspect.sentence).toHaveText(/^There is no picture in what was dropped or pasted; try a picture file/);
	expect(await inspect.result()).toEqual(result);
});

test('the sentence goes when the next photo is good', async ({ inspect }) => {
	await inspect.open();
	await inspect.drop(asUpload('empty.png', Buffer.alloc(0)));
	await expect(inspect.alert).toBeVisible();
	await inspect.drop(await upload('good', quarters()));
	await inspect.shows('Your photo, good.png');
	await expect(inspect.alert).toHaveCount(0);
});

test('sizes at the edge of what is taken: a PNG of 8000 x 8000, and one of 16 x 320', async ({ inspect }) => {
	await inspect.open();
	await inspect.drop(await upload('narrow', plain('green', 16, 320)));
	await inspect.shows('Your photo, narrow.png');
	await inspect.drop(asUpload('large.png', hugePng(8000, 8000), 'image/png'));
	await inspect.shows('Your photo, large.png');
	expect(await inspect.colourAt(0.5, 0.5)).toEqual([0, 0, 0]);
	expect((await sharp(hugePng(8000, 8000)).metadata()).width).toBe(8000);
});

test.describe('at a web address', () => {
	test.use({ tolerated: FAILED_REQUESTS });

	const ADDRESSES = [
		{
			what: 'a site that forbids reading',
			path: '/closed/a.png',
			sentence:
				/^The picture could not be fetched: 127\.0\.0\.1:\d+ does not answer, or the site at .* does not let other pages read its pictures; save the picture and drop/
		},
		{
			what: 'no such picture',
			path: '/gone.png',
			sentence: /^127\.0\.0\.1:\d+ answered with the error 404 Not Found; check the address\.$/
		},
		{ what: 'a web page', path: '/page', sentence: /^What is at this address is a web page, not a picture; give/ }
	];
	for (const { what, path, sentence } of ADDRESSES) {
		test(`${what}: one sentence, and all as it was`, async ({ inspect, engine, page, pictures }) => {
			await inspect.open();
			const [result, held] = [await inspect.result(), await engine.held()];
			await inspect.button('Web address').click();
			await page.getByLabel('Address of a picture').fill(pictures.address + path);
			await page.keyboard.press('Enter');
			await expect(inspect.sentence).toHaveText(sentence);
			expect(await inspect.result()).toEqual(result);
			expect(await engine.held()).toEqual(held);
		});
	}

	test('what is no address: one sentence', async ({ inspect, page }) => {
		await inspect.open();
		await inspect.button('Web address').click();
		await page.getByLabel('Address of a picture').fill('cat.jpg');
		await page.keyboard.press('Enter');
		await expect(inspect.sentence).toHaveText(/^This is not a complete web address; it should start with https:/);
		await expect(page.getByLabel('Address of a picture')).toHaveValue('cat.jpg');
	});

	test('a site that never answers can be left', async ({ inspect, page, pictures }) => {
		await inspect.open();
		const result = await inspect.result();
		await inspect.button('Web address').click();
		await page.getByLabel('Address of a picture').fill(`${pictures.address}/never.png`);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('progressbar', { name: 'Fetching the photo' })).toBeVisible();
		await inspect.button('Cancel').click();
		await inspect.settles();
		await expect(inspect.alert).toHaveCount(0);
		expect(await inspect.result()).toEqual(result);
		await expect(page.getByLabel('Address of a picture')).toHaveValue(`${pictures.address}/never.png`);
	});
});
