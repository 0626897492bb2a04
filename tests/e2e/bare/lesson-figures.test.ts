import sharp from 'sharp';
import type { Edit } from '../../../src/lib/engine/edits/edit';
import { largestDifference } from '../../../src/lib/analysis/linear';
import { shuffled } from '../../../src/lib/base/shuffled';
import type { EngineWire } from '../engine';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';
import { bringMadeUp } from '../made-up';
import { quarters, upload } from '../pictures';

/*
 * What the figures of the tutorial say is what the engine says: the page is used as a reader does, and the engine is
 * asked the same over the wire. Patchwork-T runs on a picture of our own.
 */

/** Patches of the bundled model, and the width of its tokens. */
const PATCHES = 196;
const DIM = 192;

let lesson: LessonPage;
let wire: EngineWire;

// The wire is tapped before the page is opened.
test.beforeEach(async ({ page, engine }) => {
	await page.setViewportSize({ width: 1280, height: 1000 });
	lesson = new LessonPage(page);
	wire = engine;
});

/** Opens a step on a picture of our own, which runs after the sample. */
async function openOn(slug: string, step = ''): Promise<void> {
	await lesson.open(slug, step);
	const sample = await wire.newestRun();
	await lesson.give(await upload('four-quarters', quarters(), 'png'));
	await expect.poll(() => wire.newestRun(), { timeout: 45_000 }).toBeGreaterThan(sample);
	await lesson.isLive();
}

/** What is written above the line, as in `1.2 · 10⁻⁴`. */
const exponentOf = (power: string) =>
	Number(power.replace('⁻', '-').replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit))));

/** Reads the first marks of a vector one by one with the arrow keys: the number that is said of each. */
async function readOut(label: RegExp, count: number): Promise<number[]> {
	const surface = lesson.figure.getByRole('slider', { name: label });
	const said: number[] = [];
	await surface.press('Home');
	for (let i = 0; i < count; i++) {
		await expect(surface).toHaveAttribute('aria-valuenow', String(i));
		const text = (await surface.getAttribute('aria-valuetext')) ?? '';
		const [, number = '', power = ''] = /(?:: |\n)([−-]?[\d.]+)(?: · 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/.exec(text) ?? [];
		said.push(Number(number.replace('−', '-')) * 10 ** exponentOf(power));
		await surface.press('ArrowRight');
	}
	return said;
}

/** Each figure, the vector in it that is read, and the tap whose first numbers these are for the CLS token. */
const VECTORS = [
	{ slug: 'cls-token', step: '', label: /^The learned CLS token/, tap: 'parameters.cls_token', choose: false },
	{ slug: 'attention', step: 'project', label: /^The query of this token/, tap: 'blocks.0.query', choose: true },
	{ slug: 'mlp', step: 'feed-forward', label: /^mlp.pre_gelu/, tap: 'blocks.8.mlp.pre_gelu', choose: true }
] as const;

for (const { slug, step, label, tap, choose } of VECTORS) {
	test(`the numbers of ${tap} in the chapter ${slug} are the engine's`, async () => {
		await openOn(slug, step);
		if (choose) await lesson.figure.getByRole('button', { name: 'CLS', exact: true }).click();
		const [values = []] = await wire.read([tap]);
		for (const [i, said] of (await readOut(label, 5)).entries()) {
			// Written with three digits or three decimals.
			const value = values[i] ?? NaN;
			expect(Math.abs(said - value), `${tap}[${i}]: ${said} for ${value}`).toBeLessThan(0.01 * Math.abs(value) + 5e-4);
		}
	});
}

for (const positions of [true, false]) {
	test(`shuffled ${positions ? 'with' : 'without'} positions, the figure says what the engine says`, async () => {
		await openOn('positions');
		const figure = lesson.figure.locator('.shuffle');
		if (!positions) await figure.getByRole('switch', { name: 'Add positions' }).click();
		await figure.getByRole('button', { name: 'Shuffle the patches' }).click();
		await expect(figure).toHaveAttribute('data-difference', /\d/, { timeout: 45_000 });
		const drawn = async (name: string) => Number(await figure.getAttribute(`data-${name}`));

		const order = shuffled(PATCHES, 1);
		const dropped: Edit[] = positions ? [] : [{ tap: 'parameters.pos_embed', do: 'zero' }];
		const edits: Edit[] = [{ tap: 'patch_embed', do: 'permute', order }, ...dropped];
		const [before = [], tokens = []] = await wire.aside(dropped, ['probabilities', 'norm']);
		const [after = [], moved = []] = await wire.aside(edits, ['probabilities', 'norm']);
		const token = (all: number[], place: number) => all.slice((1 + place) * DIM, (2 + place) * DIM);
		const furthest = order.map((patch, place) => largestDifference(token(tokens, patch), token(moved, place)));

		expect(await drawn('difference')).toBeCloseTo(largestDifference(before, after), 6);
		expect(await drawn('patches-difference')).toBeCloseTo(Math.max(...furthest), 4);
		// Without positions a shuffle is no change at all, but for rounding; with them it is one.
		if (positions) expect(Math.max(...furthest)).toBeGreaterThan(0.1);
		else expect(Math.max(...furthest)).toBeLessThan(1e-3);
	});
}

test('a model with a gated feed-forward part is drawn as it is, and its link brings it back', async ({ page }) => {
	await bringMadeUp(page, 'gated');
	await page.getByRole('link', { name: 'Learn', exact: true }).click();
	await page
		.getByRole('link', { name: /Layer norm/ })
		.first()
		.click();
	await expect(page).toHaveURL(/model=local(\/|%2F)vit_made_up/, { timeout: 45_000 });

	await page.goto(`learn/mlp/${new URL(page.url()).search}#feed-forward`);
	await lesson.isLive();
	await expect(page.getByText('things are otherwise: its feed-forward part is gated.')).toBeVisible();
	await expect(lesson.figure).toContainText('this model’s is gated');
	await expect(lesson.ledger).toContainText('blocks.1.mlp.gate');
	await lesson.figure.getByRole('button', { name: 'CLS', exact: true }).click();
	const [values = []] = await wire.read(['blocks.1.mlp.value']);
	for (const [i, said] of (await readOut(/^mlp.value/, 3)).entries()) expect(said).toBeCloseTo(values[i] ?? NaN, 1);
	await lesson.figure.getByRole('radio', { name: 'SiLU' }).check();
	await expect(lesson.figure.getByRole('slider', { name: 'Each gate on the curve of SiLU' })).toBeVisible();
	await expect(page.getByRole('navigation', { name: 'From photo to prediction' }).getByText(/^Block/)).toHaveCount(2);

	// From the recorded run's grid to this model's, which is smaller.
	await page.goto(`learn/positions/${new URL(page.url()).search}#learned`);
	await page.reload();
	await lesson.isLive();
	await expect(lesson.figure).toContainText('Most like it is the position');
	await expect(lesson.figure.getByRole('alert')).toHaveCount(0);
});

test('the poster of the photo is saved as a sheet of A4, and told in words', async ({ page }) => {
	await openOn('training', 'poster');
	const sheet = lesson.figure.getByRole('img', { name: /^A poster\. How Patchwork-T sees a photo/ });
	await expect(sheet).toHaveAccessibleName(/14 × 14 squares of 16 × 16 pixels.*It says: \S/);
	const saved = page.waitForEvent('download');
	await lesson.figure.getByRole('button', { name: 'Save as PNG' }).click();
	const file = await saved;
	expect(file.suggestedFilename()).toMatch(/-patchwork-t-poster\.png$/);
	const { format, width, height } = await sharp(await file.path()).metadata();
	expect({ format, width, height }).toEqual({ format: 'png', width: 1754, height: 1240 });
});

test('a head that is silenced in the lesson is silent in the engine, and is taken back', async () => {
	await openOn('attention', 'heads');
	const whatIf = lesson.figure.getByRole('region', { name: 'What if?' });
	const button = whatIf.getByRole('button', { name: 'Silence head 1' });
	await button.click();
	await expect(whatIf.getByRole('status')).toContainText(/It still says|it now says/, { timeout: 45_000 });
	const edits: Edit[] = [{ tap: 'blocks.0.attn.head_out', head: 0, do: 'zero' }];
	const [probabilities = []] = await wire.aside(edits, ['probabilities']);
	const said = Number(/with ([\d.]+) %/.exec(await whatIf.getByRole('status').innerText())?.[1]) / 100;
	expect(said).toBeCloseTo(Math.max(...probabilities), 2);
	await button.click();
	await expect(button).toHaveAttribute('aria-pressed', 'false');
	await expect(whatIf.getByRole('status')).toBeEmpty();
});
