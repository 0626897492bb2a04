import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, FAILED_REQUESTS, hasPhotos, needsShared, SHARED, test, VIT_TINY } from '../fixtures';
import { lineOf, readNpz } from '../attention-file';
import { asUpload } from '../pictures';
import { tokenOf } from '../inspect-page';

interface Answers {
	readonly samples: {
		readonly photos: readonly { readonly file: string; readonly reference_top5: [number, number][] }[];
	};
}

const OWL = 'n01622779_great_grey_owl.JPEG';
const owl = async () => asUpload('owl.jpg', await readFile(`${SHARED}/photos/samples/${OWL}`), 'image/jpeg');

test('a site that has ViT-Tiny opens on it, and it knows the sample image', async ({ inspect, page }) => {
	await inspect.open();
	await expect(page.getByLabel('Model', { exact: true })).toHaveValue('vit-tiny');
	await expect(page.getByRole('gridcell')).toHaveCount(36);
	const [first] = await inspect.guesses();
	expect(first?.label).toBe('golf ball');
	expect(first?.probability).toBeGreaterThan(0.99);
	await expect(page.getByRole('button', { name: /from the hub/ })).toHaveCount(0);
});

test('the great grey owl: the five classes and their probabilities are those of PyTorch', async ({ inspect }) => {
	needsShared(hasPhotos);
	const answers = JSON.parse(readFileSync(`${SHARED}/photos/answers.json`, 'utf8')) as Answers;
	const labels = JSON.parse(readFileSync(`${VIT_TINY}/labels.json`, 'utf8')) as string[];
	const reference = answers.samples.photos.find(({ file }) => file === OWL)?.reference_top5 ?? [];
	await inspect.open();
	await inspect.drop(await owl());
	await inspect.shows('Your photo, owl.jpg');
	const guesses = await inspect.guesses();
	expect(guesses[0]?.label).toBe('great grey owl');
	expect(guesses.map(({ label }) => label)).toEqual(reference.map(([index]) => labels[index]?.split(',')[0]));
	for (const [i, [, probability]] of reference.entries()) {
		expect(Math.abs((guesses[i]?.probability ?? NaN) - probability)).toBeLessThan(0.0015);
	}
});

test('what hovering tells is what the file holds, in all twelve blocks', async ({ inspect }) => {
	needsShared(hasPhotos);
	await inspect.open();
	await inspect.drop(await owl());
	await inspect.shows('Your photo, owl.jpg');
	const { blocks, meta } = await readNpz(await inspect.save('Attention as NPZ'));
	expect(meta.model).toBe('vit-tiny');
	expect(blocks).toHaveLength(12);
	await inspect.radio('Head', '3').check();
	for (const [i, block] of blocks.entries()) {
		await inspect.chooseBlock(i + 1);
		await inspect.hover(i + 1, 14 - i);
		const [, ...patches] = lineOf(block, 2, tokenOf(i + 1, 14 - i));
		const strongest = patches.indexOf(Math.max(...patches));
		const place = `row ${Math.floor(strongest / 14) + 1}, column ${(strongest % 14) + 1}`;
		await expect(inspect.tip).toContainText(`Row ${i + 1}, column ${14 - i}. Of the patches, most to ${place}: `);
		const [, less, percent] = /column \d+: (< )?([\d.]+) %/.exec(await inspect.tip.innerText()) ?? [];
		const share = (patches[strongest] ?? NaN) / (Number(percent) / 100);
		if (less) expect(share).toBeLessThan(1);
		else expect(Math.abs(share - 1)).toBeLessThan(0.0052);
	}
});

test.describe('where a file of the site is not what the site lists', () => {
	test.use({ tolerated: FAILED_REQUESTS });

	for (const what of ['altered', 'truncated'] as const) {
		test(`${what}: one sentence, and the model before stays in use`, async ({ inspect, page, engine }) => {
			await inspect.open();
			const [result, held] = [await inspect.result(), await engine.held()];
			const weights = readFileSync('static/models/patchwork-t/model.safetensors');
			if (what === 'altered') weights[weights.length >> 1] = (weights[weights.length >> 1] ?? 0) ^ 0xff;
			const body = what === 'altered' ? weights : weights.subarray(0, 1_000_000);
			await page.route('**/models/patchwork-t/model.safetensors', (route) => route.fulfill({ body }));
			await page.getByLabel('Model', { exact: true }).selectOption('Patchwork-T');
			await expect(inspect.sentence).toHaveText(/^model\.safetensors is (not the file that was announced|incomplete)/);
			await inspect.settles();
			expect(await inspect.result()).toEqual(result);
			expect(await engine.held()).toEqual(held);
			await expect(page.getByLabel('Model', { exact: true })).toHaveValue('vit-tiny');
		});
	}
});
