import { isTooWide, scan } from '../axe';
import { lineOf, readJson, type AttentionOfBlock } from '../attention-file';
import { ComparePage } from '../compare-page';
import type { EngineWire } from '../engine';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';
import { bringMadeUp, inUse, MADE_UP } from '../made-up';

/*
 * ViTs whose head reads the mean of the patches and that have no CLS token: made-up ones of 4 x 4 patches, whose first
 * token is a patch or a register.
 */
const KINDS = [
	{ part: 'no CLS, and', before: [], first: 'row 1, column 1' },
	{ part: 'no CLS, one register', before: ['Register 1'], first: 'Register 1' }
] as const;
const SIDE = 4;
const HEADS = 3;

/** The attention of a block as the engine holds it. Blocks count from 1. */
async function blockOf(engine: EngineWire, block: number, tokens: number): Promise<AttentionOfBlock> {
	const [data = []] = await engine.read([`blocks.${block - 1}.attn.pattern`]);
	expect(data).toHaveLength(HEADS * tokens * tokens);
	return { heads: HEADS, tokens, data };
}

const nameOf = (patch: number) => `row ${Math.floor(patch / SIDE) + 1}, column ${(patch % SIDE) + 1}`;

/** The share that stands at the end of a sentence, in [0, 1]. */
const shareIn = (text: string) => Number(/ ([\d.]+) %$/.exec(text)?.[1] ?? NaN) / 100;

/** Written with three digits, or two below a tenth of a percent. */
const isWrittenAs = (said: number, value: number) => expect(Math.abs(said - value)).toBeLessThan(0.006 * value + 5e-5);

const indexOfMost = (values: readonly number[]) => values.indexOf(Math.max(...values));

for (const { part, before, first } of KINDS) {
	const tokens = before.length + SIDE * SIDE;

	test(`in the inspector a model with ${part} … looks from its patches`, async ({ inspect, page, engine }) => {
		await bringMadeUp(page, part);
		await inUse(page).click();
		await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 3, column 3', { timeout: 45_000 });
		await inspect.settles();
		await expect(page).toHaveURL(/[?&]token=11(&|$)/);
		await expect(page.getByRole('main')).not.toContainText('CLS');
		await expect(page.getByRole('button', { name: /^Pick / })).toHaveText(before.map((name) => `Pick ${name}`));

		// Every map of a patch, with every weight of it, is the engine's.
		await inspect.chooseBlock(2);
		await inspect.radio('Head', '3').check();
		await inspect.photo.focus();
		for (const key of ['ArrowUp', 'ArrowUp', 'Home', 'ArrowRight']) await page.keyboard.press(key);
		const block = await blockOf(engine, 2, tokens);
		const query = before.length + 1;
		const row = lineOf(block, 2, query).slice(before.length);
		const most = indexOfMost(row);
		const said = (await inspect.photo.getAttribute('aria-valuetext')) ?? '';
		expect(said).toContain(`Row 1, column 2. Of the patches, most to ${nameOf(most)}: `);
		isWrittenAs(shareIn(said), row[most] ?? NaN);
		await inspect.toggle('Keep this query while the pointer reads values').click();
		for (const patch of [0, 6, 15]) {
			const box = await inspect.photo.boundingBox();
			const at = (index: number, length = 0) => ((index + 0.5) / SIDE) * length;
			await inspect.photo.hover({
				position: { x: at(patch % SIDE, box?.width), y: at(Math.floor(patch / SIDE), box?.height) }
			});
			await expect(inspect.tip).toContainText(`Row 1, column 2 attends to ${nameOf(patch)}: `);
			isWrittenAs(shareIn(await inspect.tip.innerText()), row[patch] ?? NaN);
		}

		// What a file says of the tokens, and their weights.
		const { meta, blocks } = await readJson(await inspect.save('Attention as JSON'));
		const words =
			before.length > 0 ? '0 is Register 1; the patches follow from 1, row by row' : 'all are patches, row by row';
		expect(meta).toMatchObject({ tokens: words });
		expect(blocks[1]).toMatchObject({ heads: HEADS, tokens });
		expect(Float32Array.from(blocks[1]?.data ?? [])).toEqual(Float32Array.from(block.data));

		// The first token of all has its own name, and a link to a CLS that is not there leads to the middle.
		await inspect.photo.press(before.length > 0 ? 'c' : 'Home');
		await expect(inspect.query.getByRole('heading')).toHaveText(`Query token: ${first}`);
		await expect(page).toHaveURL(before.length > 0 ? /[?&]token=register-1(&|$)/ : /[?&]token=1(&|$)/);
		if (before.length > 0) {
			const share = lineOf(block, 2, 0)[0] ?? NaN;
			await expect(inspect.query).toContainText('Attention that goes to the register');
			await expect(inspect.query).toContainText(`${(100 * share).toFixed(1)} %`);
		}
		const link = new URL(page.url());
		link.searchParams.set('token', 'cls');
		await page.goto(link.href);
		await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 3, column 3', { timeout: 45_000 });
		await inspect.settles();
		await scan(page);
		expect(await isTooWide(page)).toBe(false);
	});

	test(`the tutorial draws a model with ${part} …, but for what is about CLS`, async ({ page, engine }) => {
		await page.setViewportSize({ width: 1280, height: 1000 });
		const lesson = new LessonPage(page);
		await bringMadeUp(page, part);
		const query = `?backend=wasm&model=local/${MADE_UP}`;
		const open = (slug: string, step = '') => page.goto(`learn/${slug}/${query}${step && `#${step}`}`);
		const tells = page.getByText(
			`${MADE_UP} is in use, where things are otherwise: it has no CLS token, so that figures`
		);

		await open('what-a-vit-is', 'blocks');
		await expect(lesson.figure).toContainText('Where patch 11 looks in this block', { timeout: 45_000 });
		await lesson.isLive();
		await expect(lesson.figure).toContainText(
			'This model has no CLS token, so the figure begins with the patch in the middle.'
		);
		await expect(tells).toBeVisible();
		await expect(tells).toContainText('its classifier reads the mean of the patches');
		const photo = lesson.figure.getByRole('slider', { name: /^Query token/ });
		const said = (await photo.getAttribute('aria-valuetext')) ?? '';
		const mean = lineOf(await blockOf(engine, 2, tokens), 'mean', before.length + 10);
		const own = Number(/gets ([\d.]+) %/.exec(said)?.[1]) / 100;
		isWrittenAs(own, mean[before.length + 10] ?? NaN);
		await lesson.next('head');
		await expect(lesson.figure).toContainText('The mean of the patches is all that is read');
		await scan(page, 'chapter 1');

		await open('patches', 'sequence');
		await lesson.isLive();
		await expect(lesson.figure).toContainText(
			before.length > 0
				? 'and with 1 register a sequence of 17 tokens'
				: 'and 16 tokens, for this model puts none before them'
		);
		await expect(lesson.figure).not.toContainText('CLS');
		const sequence = lesson.figure.getByRole('slider', { name: /^The sequence of/ });
		await sequence.press('Home');
		await expect(sequence).toHaveAttribute(
			'aria-valuetext',
			before.length > 0 ? /^Token 0: Register 1/ : /^Token 1: the patch in row 1, column 1/
		);
		await scan(page, 'chapter 3');

		await open('cls-token');
		const recorded = lesson.figure.locator('.recorded');
		await expect(recorded).toContainText(
			`${MADE_UP} has no CLS token, which this figure is about, so this is recorded: what Patchwork-`,
			{ timeout: 45_000 }
		);
		await expect(page.getByText('As long as the figure is recorded, the sizes in the text are, too.')).toBeVisible();
		await expect(lesson.figure).toContainText('The learned CLS token');
		await expect(lesson.ledger).toContainText('parameters.cls_token');
		await page.evaluate(() => (location.hash = 'settled'));
		const card = page.locator('#settled');
		await card.getByRole('radio').first().check();
		await card.getByRole('button', { name: 'Ask the model' }).click();
		await expect(card).toContainText(/Recorded run of Patchwork-\w+ on the sample photo: The first guess is/);
		await scan(page, 'chapter 6');

		await open('attention', 'where');
		await lesson.isLive();
		await expect(page.getByText('the sizes in the text are, too.')).toHaveCount(0);
		const where = page.locator('#where');
		await where.getByRole('radio').first().check();
		await where.getByRole('button', { name: 'Ask the model' }).click();
		const weights = lineOf(await blockOf(engine, 1, tokens), 0, before.length + 10);
		const best = indexOfMost(weights);
		const name =
			best === before.length + 10 ? 'itself' : best < before.length ? before[best] : nameOf(best - before.length);
		await expect(where).toContainText(`% to ${name}, and the next largest weight`);
		await expect(lesson.figure).toContainText('Query: the patch in row 3, column 3, in block 1 of 2, head 1 of 3.');
		await expect(lesson.figure).not.toContainText('CLS');
		await scan(page, 'chapter 8');
	});
}

test('every other chapter draws a model without CLS', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 1000 });
	const lesson = new LessonPage(page);
	await bringMadeUp(page, 'no CLS, one register');
	const query = `?backend=wasm&model=local/${MADE_UP}`;
	for (const slug of [
		'layer-norm',
		'mlp',
		'whole-model',
		'positions',
		'reading-attention-maps',
		'vit-and-cnn',
		'seeing-alike',
		'swin',
		'deit',
		'what-would-you-guess'
	]) {
		await page.goto(`learn/${slug}/${query}`);
		await lesson.isLive();
		for (const id of (await lesson.parts()).slice(1)) {
			await lesson.next(id);
			await expect(lesson.figure).toHaveAttribute('aria-busy', 'false');
			await expect(lesson.figure.getByRole('alert'), `${slug}#${id}`).toHaveCount(0);
			await expect(lesson.figure, `${slug}#${id}`).not.toContainText(/NaN|undefined|To CLS|Chosen: CLS|CLS has/);
		}
	}
	// Only what repeats a CLS token needs one from elsewhere.
	await page.goto(`learn/reshaping/${query}`);
	await lesson.isLive();
	const preset = lesson.figure.getByLabel('Example', { exact: true });
	await preset.selectOption('Repeat');
	await expect(lesson.figure.locator('.recorded')).toContainText('has no CLS token, which this figure is about');
	await expect(lesson.figure).toContainText('x is the CLS token, as it was learned');
	await preset.selectOption('Split heads');
	await expect(lesson.figure.locator('.recorded')).toHaveCount(0);
	await expect(lesson.figure).toContainText('x is the queries of block 1, as the projection gives them: (17, 15)');
});

test('beside a model with CLS, one without looks from the middle and says so', async ({ page }) => {
	const compare = new ComparePage(page);
	await bringMadeUp(page, 'no CLS, and');
	await page.goto(`compare/?backend=wasm&compare=models&model=local/${MADE_UP}&b-model=patchwork-t`);
	await expect(compare.panel('A')).toContainText(`${MADE_UP} has no CLS token, so A shows row 3, column 3.`, {
		timeout: 60_000
	});
	await expect(page.getByRole('heading', { name: 'Both look from row 3, column 3 in A, CLS in B' })).toBeVisible();
	await expect(page.getByText('A does not have what is looked from.')).toBeVisible();
	const share = page.getByRole('row', { name: /^To CLS/ }).first();
	await expect(share.getByRole('cell').first()).toHaveText('–');
	await expect(share.getByRole('cell').nth(1)).toContainText('%');
	await scan(page);
});
