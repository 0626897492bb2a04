import { expect, needsShared, test } from '../fixtures';
import { readArrays } from '../attention-file';
import { isTooWide, scan } from '../axe';
import type { InspectPage } from '../inspect-page';
import { bringSwin, rowOf, sideOf, type Query } from '../swin-file';

/** Brings the checkpoint's files, and goes to the inspector. */
async function inspectSwin(inspect: InspectPage): Promise<void> {
	const { page } = inspect;
	await bringSwin(page);
	await page.getByRole('link', { name: 'In use: look at it' }).click();
	await expect(page.getByRole('heading', { name: 'How the map gets coarser' })).toBeVisible({ timeout: 45_000 });
	await inspect.settles();
}

/** Which tokens of the map the page has drawn at all: what is transparent is out of the query's reach. */
async function drawnTokens({ photo }: InspectPage): Promise<number[]> {
	return photo
		.locator('canvas')
		.nth(1)
		.evaluate((canvas: HTMLCanvasElement) => {
			const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
			return Array.from({ length: canvas.width * canvas.height }, (_, i) => i).filter(
				(i) => (pixels[4 * i + 3] ?? 0) > 0
			);
		});
}

async function point(inspect: InspectPage, { stage, row, column }: Query): Promise<void> {
	await inspect.photo.scrollIntoViewIfNeeded();
	const box = await inspect.photo.boundingBox();
	if (!box) throw new Error('The photo is not on the page.');
	const side = sideOf(stage);
	await inspect.page.mouse.move(box.x + ((column + 0.5) / side) * box.width, box.y + ((row + 0.5) / side) * box.height);
}

test('a Swin is dropped in, and what is drawn and told is the attention of its windows', async ({ inspect, page }) => {
	needsShared();
	await inspectSwin(inspect);
	const arrays = await readArrays(await inspect.save('Attention as NPZ'));
	expect([...arrays.keys()].sort()).toEqual([
		'stages.0.blocks.0.attn.pattern',
		'stages.0.blocks.1.attn.pattern',
		'stages.1.blocks.0.attn.pattern',
		'stages.1.blocks.1.attn.pattern'
	]);
	for (const query of [
		{ stage: 0, block: 0, head: 1, row: 5, column: 10 },
		{ stage: 0, block: 1, head: 0, row: 5, column: 10 },
		{ stage: 0, block: 1, head: 1, row: 0, column: 7 },
		{ stage: 1, block: 0, head: 3, row: 7, column: 0 },
		{ stage: 1, block: 1, head: 2, row: 7, column: 7 }
	]) {
		const { stage, block, head, row, column } = query;
		await page.getByLabel('Block', { exact: true }).selectOption(`Stage ${stage + 1}, block ${block + 1}`);
		await inspect.radio('Head', String(head + 1)).check();
		await point(inspect, query);
		const line = rowOf(
			arrays.get(`stages.${stage}.blocks.${block}.attn.pattern`) ?? { shape: [], data: new Float32Array() },
			query
		);
		expect(await drawnTokens(inspect)).toEqual([...line.keys()].sort((a, b) => a - b));
		const [best, weight] = [...line].reduce((a, b) => (b[1] > a[1] ? b : a));
		const side = sideOf(stage);
		const own = best === row * side + column;
		const to = own ? 'itself' : `row ${Math.floor(best / side) + 1}, column ${(best % side) + 1}`;
		await expect(inspect.tip).toContainText(`Row ${row + 1}, column ${column + 1}. Most to ${to}: `);
		const [, percent] = / ([\d.]+) %$/.exec(await inspect.tip.innerText()) ?? [];
		expect(Math.abs(Number(percent) / 100 - weight) / weight).toBeLessThan(0.0051);
	}
});

test('the query’s window, its shift and its mask are said, and the keys lead through it', async ({ inspect, page }) => {
	needsShared();
	await inspectSwin(inspect);
	const query = page.getByRole('region', { name: /^Query token/ });
	await page.getByLabel('Block', { exact: true }).selectOption('Stage 1, block 1');
	await expect(query).toContainText('Stage 1 of 2: 16 × 16 tokens.');
	await expect(query).toContainText('4 × 4 windows of 4 × 4 tokens. A token attends inside its own window only.');
	await inspect.photo.press('Home');
	for (let row = 0; row < 16; row++) await inspect.photo.press('ArrowUp');
	await expect(query).toContainText('The query’s window holds rows 1 to 4, columns 1 to 4.');
	// There is no CLS: the first patch is number 1 of the link, and the link leads back to it.
	await expect(page).toHaveURL(/[?&]token=1(&|$)/);
	await page.reload();
	await expect(query.getByRole('heading')).toHaveText('Query token: row 1, column 1 of 16 × 16', { timeout: 45_000 });
	await inspect.settles();
	await page.getByLabel('Block', { exact: true }).selectOption('Stage 1, block 2');
	await expect(query).toContainText('each moved by 2 tokens down and to the right');
	await expect(query).toContainText('it holds 4 parts of the picture');
	await expect(query).toContainText('its own part: rows 1 to 2, columns 1 to 2.');
	for (let i = 0; i < 5; i++) for (const key of ['ArrowDown', 'ArrowRight']) await inspect.photo.press(key);
	await expect(query).toContainText('It lies across 4 windows of the block before');
	await page.getByRole('button', { name: /^Stage 2/ }).click();
	await expect(query).toContainText('Stage 2 of 2: 8 × 8 tokens, each joined from 2 × 2 tokens of the stage before.');
	await expect(inspect.photo).toHaveAttribute('aria-valuetext', /^Row 3, column 3\. /);
	// Before the blocks it is a patch, of the finer map that is then drawn, and in no window.
	await page.getByRole('button', { name: /^Patches/ }).click();
	await expect(query.getByRole('heading')).toHaveText('Query token: row 6, column 6 of 16 × 16');
	await expect(inspect.photo).toHaveAttribute('aria-valuetext', 'Row 6, column 6');
	await expect(query).toContainText('There are no windows yet');
	await expect(query).not.toContainText(/windows of|What it looks at/);
	await expect(page.getByRole('heading', { name: 'The query’s window' })).toHaveCount(0);
	await scan(page);
	expect(await isTooWide(page)).toBe(false);
});

test('the tutorial tells what the Swin says, and elsewhere stays with its recorded run and says why', async ({
	inspect,
	page
}) => {
	needsShared();
	await inspectSwin(inspect);
	await page.getByRole('link', { name: 'Learn', exact: true }).click();
	await page
		.getByRole('link', { name: /What a ViT is/ })
		.first()
		.click();
	const figure = page.getByRole('complementary').getByRole('figure').first();
	await expect(figure).toContainText('swin says');
	await expect(figure).toContainText('64 × 64 pixels');
	await expect(figure).not.toContainText('recorded');
	await expect(page.getByLabel('Where am I')).toContainText('probabilities');
	await page.goBack();
	await page
		.getByRole('link', { name: /^2\s*Embeddings/ })
		.first()
		.click();
	await expect(figure.getByRole('radio', { name: 'its mean token' })).toBeChecked();
	await expect(figure).toContainText(/nearest.*0\.\d/is);
	await page.goBack();
	await page
		.getByRole('link', { name: /Patch embedding/ })
		.first()
		.click();
	await expect(figure).toContainText(/a difference of \d/);
	await expect(page.getByLabel('Where am I')).toContainText('256 patch');
	await figure.getByRole('radio', { name: 'Sizes' }).check();
	await expect(figure).toContainText('this is recorded');
	await page.goBack();
	await page
		.getByRole('link', { name: /Patches/ })
		.first()
		.click();
	await expect(figure).toContainText('256 patches, and as many tokens: a Swin puts none before them.');
	await expect(page.getByText('it attends in windows; it has no CLS. Sizes in the text are those')).toBeVisible();
	await figure.getByRole('radio', { name: 'Cost' }).check();
	await expect(figure).toContainText(
		'attends in windows, which this figure is not made for, so this is recorded: what Patchwork-T'
	);

	await page.goBack();
	await page
		.getByRole('link', { name: /Layer norm and/ })
		.first()
		.click();
	await expect(figure).toContainText('so it shows the tokens in row 9 of 16');
	const here = page.getByLabel('Where am I');
	await expect(here).toContainText('stages.0.blocks.0.norm1');
	await figure.getByRole('radio', { name: 'Gain and bias' }).check();
	await expect(figure).toContainText(/what the engine computed is [\d.]+ · 10⁻[⁵-⁹]/);
	await page.evaluate(() => (location.hash = 'stream'));
	await expect(figure).toContainText(
		/From stage 2, block 1 to stage 2, block 2, the median token .* \d.*; the token in row 5, column 5 /i
	);
	await expect(here).toContainText('stages.1.blocks.1.out');
	await expect(figure).not.toContainText('recorded');
	await page.getByRole('radio', { name: 'About the same, within a tenth' }).check();
	await page.getByRole('button', { name: 'Ask the model' }).click();
	await expect(page.getByText('Of what all 4 blocks add to')).toBeVisible();

	await page.getByRole('link', { name: 'Next Feed-forward' }).click();
	await page.evaluate(() => (location.hash = 'feed-forward'));
	await expect(figure).toContainText('Stage 2, block 2 of swin: 8 × 8 tokens, and no CLS.');
	await expect(figure).not.toContainText('recorded');
	await expect(here).toContainText('stages.1.blocks.1.mlp.pre_gelu');
	await page.getByRole('button', { name: '1.2' }).click();
	await expect(figure).toContainText('Stage 1, block 2 of swin: 16 × 16 tokens');
	await expect(figure).toContainText('norm2: the 24 numbers of the token in row 9, column 9');
	await figure.getByRole('radio', { name: 'One hidden unit' }).check();
	await expect(here).toContainText('parameters.stages.0.blocks.1.fc1.weight');
	await scan(page);
});

test('the chapter on Swin draws the Swin in use, and the mechanism of the text on request', async ({
	inspect,
	page
}) => {
	needsShared();
	await inspectSwin(inspect);
	await page.getByRole('link', { name: 'Learn', exact: true }).click();
	await page.getByRole('link', { name: /Swin$/ }).first().click();
	const figure = page.getByRole('complementary').getByRole('figure').first();
	await expect(figure).toContainText('This is the attention of the Swin in use, not simplified');
	await expect(figure).toContainText('shifted by 2');
	await figure.getByLabel('Block', { exact: true }).selectOption('Stage 2, block 2');
	await expect(page.getByLabel('Where am I')).toContainText('stages.1.blocks.1.attn.pattern');
	await expect(page.getByLabel('Where am I')).toContainText('4 window');
	await figure.getByLabel('Show', { exact: true }).selectOption('Merging');
	await expect(figure).toContainText('96 numbers go through a layer norm and a learned matrix of 96 × 48');
	await expect(figure.getByRole('button', { name: /^Stage 2/ })).toHaveAttribute('aria-current', 'step');
	await expect(page.getByLabel('Where am I')).toContainText('stages.0.merge');
	await expect(figure).not.toContainText('Simplified');
	await scan(page);
	await figure.getByRole('radio', { name: 'a plain ViT, as in the text' }).check();
	await expect(figure).toContainText('attends in windows, which this figure is not made for');
	await expect(figure).toContainText('Simplified');

	// An answer of the Swin's stays while the mechanism is looked at, and so does what was pressed for that.
	await page.evaluate(() => (location.hash = 'stays'));
	await page.getByRole('radio', { name: 'The last block' }).check();
	await page.getByRole('button', { name: 'Ask the model' }).click();
	await expect(page.getByText('all of it stays there, in every block')).toBeVisible();
	const mechanism = figure.getByRole('radio', { name: 'a plain ViT, as in the text' });
	await mechanism.check();
	await expect(figure).toContainText('Simplified');
	await expect(mechanism).toBeFocused();
	await expect(page.getByText('all of it stays there, in every block')).toBeVisible();
});
