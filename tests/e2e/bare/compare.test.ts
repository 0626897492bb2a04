import type { Page } from 'playwright/test';
import { SIZES } from '../../../src/lib/engine/testing/checkpoint';
import type { Requests } from '../../../src/lib/worker/protocol';
import type { Npy } from '../attention-file';
import { isTooWide, scan } from '../axe';
import { bring, madeUp } from '../bring';
import { ComparePage } from '../compare-page';
import type { EngineWire } from '../engine';
import { expect, FAILED_REQUESTS, needsShared, test } from '../fixtures';
import { tokenOf } from '../inspect-page';
import { bringSwin, rowOf as rowInWindow, sideOf } from '../swin-file';

/** A tap as the engine of panel A itself gives it. */
async function tapOf(page: Page, name: string): Promise<Npy> {
	const { shape, data } = await page.evaluate(async (wanted) => {
		// Runs count from 1, and what was given up is forgotten: the first that can be read is A's.
		const read = async (run: number): Promise<Requests['read']['result']> => {
			const asked = window.engineSpy.ask('read', { run, names: [wanted] }) as Promise<Requests['read']['result']>;
			return run < 9 ? asked.catch(() => read(run + 1)) : asked;
		};
		const [tap] = await read(1);
		return { shape: [...(tap?.shape ?? [])], data: Array.from(tap?.data ?? []) };
	}, name);
	return { shape, data: Float32Array.from(data) };
}

/** A row of a head's attention matrix: CLS first. Blocks and heads count from 1. */
async function rowOf(page: Page, block: number, head: number, token: number): Promise<number[]> {
	const { shape, data } = await tapOf(page, `blocks.${block - 1}.attn.pattern`);
	const tokens = shape.at(-1) ?? 0;
	const start = ((head - 1) * tokens + token) * tokens;
	return Array.from(data.slice(start, start + tokens));
}

const workers = (page: Page) => page.workers().filter((worker) => worker.url().includes('engine')).length;

let compare: ComparePage;
let wire: EngineWire;

test.beforeEach(({ page, engine }) => {
	compare = new ComparePage(page);
	wire = engine;
});

test('two heads from one patch: what is drawn and said is what the engine holds, from one run', async ({ page }) => {
	await compare.open();
	await compare.choose('A', 'Block', 'Block 3');
	await compare.choose('A', 'Head', 'Head 2');
	await compare.choose('B', 'Block', 'Block 11');
	await compare.choose('B', 'Head', 'Head 3');
	await compare.point('B', 7, 5, 'move');
	const token = tokenOf(7, 5);
	await compare.looksFrom(token);
	const rows = { A: await rowOf(page, 3, 2, token), B: await rowOf(page, 11, 3, token) };
	const largest = Math.max(...rows.A.slice(1), ...rows.B.slice(1));
	for (const name of ['A', 'B'] as const) {
		const patches = rows[name].slice(1);
		const drawn = await compare.opacities(name);
		const off = patches.map((weight, i) => Math.abs((drawn[i] ?? NaN) - (0.35 + (0.65 * weight) / largest)));
		expect(Math.max(...off), `the map of ${name}, up to the larger of both`).toBeLessThan(0.005);
		const strongest = patches.indexOf(Math.max(...patches));
		const place = `row ${Math.floor(strongest / 14) + 1}, column ${(strongest % 14) + 1}`;
		await expect(compare.photo(name)).toHaveAttribute('aria-valuetext', new RegExp(`most to ${place}: `));
	}
	const apart = rows.A.reduce((sum, weight, i) => sum + Math.abs(weight - (rows.B[i] ?? NaN)), 0) / 2;
	await expect(compare.elsewhere).toHaveText(`${(100 * apart).toFixed(1)} %`);
	expect(await wire.asked('run')).toBe(1);
	expect(workers(page)).toBe(1);
});

test('keys in either panel move both; the pointer gone, the picked token is back', async ({ page }) => {
	await compare.open();
	await compare.photo('A').focus();
	for (const [key, token] of [
		['ArrowRight', 1],
		['ArrowDown', 15],
		['End', 28]
	] as const) {
		await page.keyboard.press(key);
		await compare.looksFrom(token);
	}
	await compare.photo('B').focus();
	await page.keyboard.press('ArrowLeft');
	await compare.looksFrom(27);
	await page.keyboard.press('c');
	await compare.looksFrom(0);
	await compare.point('A', 4, 6, 'click');
	await compare.point('B', 10, 10, 'move');
	await compare.looksFrom(tokenOf(10, 10));
	await page.mouse.move(1, 1);
	await compare.looksFrom(tokenOf(4, 6));
});

test('two photos: one head on both, two runs of one engine, which forgets the second with the page', async ({
	page
}) => {
	await compare.open({ compare: 'photos', sample: 'golf-ball', 'b-sample': 'teapot', block: '4', head: '2' });
	await expect(compare.guesses('A').getByRole('listitem').first()).toContainText('golf ball');
	await expect(compare.panel('B')).toHaveAccessibleName(/block 4, head 2$/);
	await compare.choose('B', 'Head', 'Head 3');
	await expect(compare.panel('A')).toHaveAccessibleName(/block 4, head 3$/);
	const before = await compare.guesses('B').innerText();
	await compare.panel('B').getByRole('button', { name: 'Balloons over the hills' }).click();
	await expect(compare.photo('B')).toHaveAccessibleName(/balloon/, { timeout: 45_000 });
	await compare.ready();
	expect(await compare.guesses('B').innerText()).not.toBe(before);
	await expect(compare.guesses('A').getByRole('listitem').first()).toContainText('golf ball');
	expect(workers(page)).toBe(1);
	const { tensors } = await wire.held();
	await page.getByRole('link', { name: 'Inspect', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inspect');
	await expect.poll(async () => (await wire.held()).tensors).toBeLessThan(tensors);
	expect(workers(page)).toBe(1);
});

test('a link brings the same back, also the one from the inspector', async ({ page, inspect }) => {
	await inspect.open({ sample: 'teapot', block: '2', head: '2', token: '40' });
	await inspect.shows(/teapot/);
	await page.getByRole('link', { name: /^Compare it with/ }).click();
	await compare.ready();
	await expect(compare.panel('A')).toHaveAccessibleName(/block 2, head 2$/);
	await expect(compare.panel('B')).toHaveAccessibleName(/block 2, head 3$/);
	await compare.looksFrom(40);
	await compare.choose('B', 'Block', 'Block 6');
	await compare.choose('B', 'Head', 'Mean over heads');
	await page.getByRole('radio', { name: 'attends to this token' }).check();
	await page.getByRole('radio', { name: 'Each its own' }).check();
	const wanted = {
		compare: 'heads',
		sample: 'teapot',
		'b-block': '6',
		'b-head': 'mean',
		direction: 'to',
		scale: 'head'
	};
	await expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(wanted);
	const [far, maps] = [await compare.elsewhere.innerText(), await compare.opacities('B')];
	await page.reload();
	await compare.ready();
	await compare.looksFrom(40);
	await expect(compare.elsewhere).toHaveText(far);
	expect(await compare.opacities('B')).toEqual(maps);
});

test('two models of different depths go by depth, and see the same part of the photo', async ({ page }) => {
	await bring(page, madeUp({ ...SIZES, image: 224, patch: 16, depth: 6 }, 1), 'six');
	const models = { model: 'local/six', 'b-model': 'patchwork-t' };
	await compare.open({ compare: 'models', ...models, sample: 'golf-ball', at: '60-50' });
	// Of the largest square in the middle, which the first model sees; the second by itself sees nine tenths of it.
	await compare.looksFrom(tokenOf(8, 9));
	await expect(page.getByText('6 blocks in A, 12 in B')).toBeVisible();
	await compare.choose('A', 'Block', 'Block 2');
	await expect(compare.panel('B')).toHaveAccessibleName(/block 4, mean over heads$/);
	await compare.choose('B', 'Block', 'Block 12');
	await expect(compare.panel('A')).toHaveAccessibleName(/block 6, mean over heads$/);
});

test.describe('two models', () => {
	test.use({ tolerated: FAILED_REQUESTS, fresh: true });
	test.beforeEach(() => needsShared());

	test('the second is fetched on demand, can be cancelled, and goes along', async ({ page, hub }) => {
		await page.goto('compare/?compare=models&backend=wasm&at=62-52');
		const models = page.getByLabel('Model', { exact: true });
		await expect(models).toHaveCount(2, { timeout: 45_000 });
		// Only what has run is gone back to.
		const none = page.getByRole('region', { name: 'How they differ' }).getByText('no attention');
		await expect(none).toBeVisible({ timeout: 45_000 });
		await expect(models.nth(1)).toHaveValue('patchwork-c');
		const fetch = compare.panel('B').getByRole('button', { name: /^Fetch ViT-Tiny\/16/ });
		hub.faults.slow = 40;
		await fetch.click();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await expect(models.nth(1)).toHaveValue('patchwork-c', { timeout: 45_000 });
		await expect(compare.guesses('A').getByRole('listitem').first()).toContainText('golf ball');
		hub.faults.slow = 0;
		await fetch.click();
		await compare.ready();
		await compare.looksFrom(tokenOf(8, 10));
		await compare.choose('A', 'Block', 'Block 2');
		await expect(compare.panel('B')).toHaveAccessibleName(/block 2, mean over heads$/);
	});

	test('a Swin looks from the same place on its own map, and draws its window as the engine has it', async ({
		page
	}) => {
		await bringSwin(page);
		await compare.open({
			compare: 'models',
			model: 'local/swin',
			sample: 'golf-ball',
			block: '3',
			head: '2',
			scale: 'head',
			'b-model': 'patchwork-t',
			linked: 'no',
			at: '5-5'
		});
		// The patch in row 8, column 9, of 14 x 14 has its middle in row 5, column 5, of the second stage's 8 x 8.
		await compare.point('B', 8, 9, 'click');
		await expect(compare.photo('B')).toHaveAttribute('aria-valuenow', String(tokenOf(8, 9)));
		await expect(compare.photo('A')).toHaveAttribute('aria-valuetext', /^Row 5, column 5\. /);
		const query = { stage: 1, block: 0, head: 1, row: 4, column: 4 };
		const row = rowInWindow(await tapOf(page, 'stages.1.blocks.0.attn.pattern'), query);
		const largest = Math.max(...row.values());
		const drawn = await compare.opacities('A');
		expect(drawn).toHaveLength(sideOf(1) ** 2);
		for (const [token, opacity] of drawn.entries()) {
			const weight = row.get(token);
			// Outside of the window nothing is drawn at all.
			const wanted = weight === undefined ? 0 : 0.35 + (0.65 * weight) / largest;
			expect(Math.abs(opacity - wanted), `token ${token}`).toBeLessThan(0.005);
		}
	});
});

test('WCAG 2.2 AA, narrow and wide, light and dark, and no sideways scrolling', async ({ page }) => {
	// Colours that fade into each other have no contrast on the way.
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.setViewportSize({ width: 360, height: 740 });
	await compare.open({ compare: 'photos' });
	await page.getByText('Every head').first().click();
	for (const [colorScheme, width] of [
		['light', 360],
		['dark', 1280]
	] as const) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 740 });
		expect(await isTooWide(page), `sideways scrolling at ${width} px`).toBe(false);
		await scan(page, `${colorScheme}, ${width} px`);
	}
	await page.setViewportSize({ width: 360, height: 740 });
	for (const kind of ['Heads', 'Models'] as const) {
		await compare.kind(kind).check();
		expect(await isTooWide(page)).toBe(false);
		await scan(page, kind);
	}
});
