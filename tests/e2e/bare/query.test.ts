import { expect, test } from '../fixtures';
import { lineOf, readNpz, weightAt } from '../attention-file';
import { tokenOf, type InspectPage } from '../inspect-page';

test.beforeEach(({ inspect, engine }) => {
	void engine;
	return inspect.open();
});

/** The figures of these tests are those that the exported file gives, computed here and not by the product. */
const fileOf = async (inspect: InspectPage) => readNpz(await inspect.save('Attention as NPZ'));

/** The weight that a sentence gives in percent, e.g. `... to row 3, column 4: 1.23 %`; it may also be `< 0.01 %`. */
function same(sentence: string, before: string, wanted: number): void {
	const [, less, percent] = new RegExp(`${before}: (< )?([\\d.]+) %`).exec(sentence) ?? [];
	const found = Number(percent ?? NaN) / 100;
	if (less) return expect(wanted).toBeLessThan(found);
	// Three digits are written: half a unit of the third is the most that may be lost.
	expect(Math.abs(found - wanted)).toBeLessThanOrEqual(0.0051 * Math.abs(wanted) + 1e-12);
}

const CHOICES = [
	{ block: 1, head: 'Mean', at: [1, 1] },
	{ block: 3, head: '2', at: [7, 5] },
	{ block: 12, head: '3', at: [14, 14] }
] as const;

for (const direction of ['from', 'to'] as const) {
	test(`attention ${direction} a patch: tooltip, meter and overlay tell what the file holds`, async ({ inspect }) => {
		const file = await fileOf(inspect);
		if (direction === 'to') await inspect.radio('Show what', 'attends to this token').check();
		for (const { block, head, at } of CHOICES) {
			await inspect.chooseBlock(block);
			await inspect.radio('Head', head).check();
			await inspect.hover(at[0], at[1]);
			const weights = file.blocks[block - 1];
			const line = weights
				? lineOf(weights, head === 'Mean' ? 'mean' : Number(head) - 1, tokenOf(at[0], at[1]), direction)
				: [];
			const [cls = NaN, ...patches] = line;
			const largest = Math.max(...patches);
			const strongest = patches.indexOf(largest);
			const place = `row ${Math.floor(strongest / 14) + 1}, column ${(strongest % 14) + 1}`;
			const way = direction === 'from' ? 'to' : 'from';
			await expect(inspect.tip).toContainText(`Row ${at[0]}, column ${at[1]}. Of the patches, most ${way} ${place}: `);
			const tip = await inspect.tip.innerText();
			same(tip, place, largest);
			same(tip, `${way} CLS`, cls);
			const meter = inspect.query.getByRole('meter');
			expect(Number(await meter.getAttribute('aria-valuenow'))).toBeCloseTo(100 * cls, 3);
			const overlay = inspect.photo.locator('.layer canvas');
			const opacities = await overlay.evaluate((canvas: HTMLCanvasElement) => {
				const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
				return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + 3] ?? NaN);
			});
			// What is drawn lets the photo through the less, the more weight there is: 0.35 at none, 1 at the most.
			expect(opacities).toHaveLength(patches.length);
			const off = patches.map((value, i) => Math.abs((opacities[i] ?? NaN) - 255 * (0.35 + (0.65 * value) / largest)));
			expect(Math.max(...off)).toBeLessThanOrEqual(1.01);
		}
	});
}

test('a held query stays, and the pointer reads single weights', async ({ inspect }) => {
	const file = await fileOf(inspect);
	await inspect.chooseBlock(2);
	await inspect.radio('Head', '3').check();
	await inspect.click(5, 5);
	await inspect.toggle('Keep this query while the pointer reads values').check();
	const block = file.blocks[1];
	for (const direction of ['from', 'to'] as const) {
		if (direction === 'to') await inspect.radio('Show what', 'attends to this token').check();
		await inspect.hover(9, 12);
		const [query, other] = ['row 5, column 5', 'row 9, column 12'];
		const [from, to] = direction === 'from' ? [query, other] : [other, query];
		await expect(inspect.tip).toHaveText(new RegExp(`^${from} attends to ${to}: `, 'i'));
		const [q, k] = direction === 'from' ? [tokenOf(5, 5), tokenOf(9, 12)] : [tokenOf(9, 12), tokenOf(5, 5)];
		same(await inspect.tip.innerText(), to, block ? weightAt(block, 2, q, k) : NaN);
	}
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 5, column 5');
});

test('following the pointer asks the engine nothing, whatever is shown', async ({ inspect, engine, page }) => {
	const [asked, note] = [await engine.asked(), await inspect.predictions.innerText()];
	const maps = new Set<string>();
	for (const [row, column] of [
		[2, 3],
		[2, 9],
		[8, 9],
		[13, 1]
	] as const) {
		await inspect.hover(row, column);
		await expect(inspect.tip).toContainText(`Row ${row}, column ${column}`);
		maps.add(await inspect.photo.locator('.layer canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()));
	}
	expect(maps.size).toBe(4);
	await inspect.chooseBlock(1);
	await inspect.radio('Head', '1').check();
	await inspect.radio('Scale', 'Shared').check();
	await page.keyboard.press('Tab');
	expect(await engine.asked()).toBe(asked);
	expect(await inspect.predictions.innerText()).toBe(note);
});

test('the pointer gone, the picked token is back', async ({ inspect, page }) => {
	await inspect.click(4, 6);
	await inspect.hover(10, 10);
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 10, column 10');
	await page.mouse.move(1, 1);
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 4, column 6');
	await expect(inspect.tip).toHaveCount(0);
});

test('arrow keys, Home, End and C move the query; Escape sends the tooltip away', async ({ inspect, page, engine }) => {
	await inspect.photo.focus();
	const asked = await engine.asked();
	const steps = [
		['ArrowRight', 1],
		['ArrowRight', 2],
		['ArrowDown', 16],
		['ArrowLeft', 15],
		['ArrowLeft', 15],
		['End', 28],
		['ArrowRight', 28],
		['ArrowUp', 14],
		['ArrowUp', 14],
		['Home', 1],
		['c', 0]
	] as const;
	for (const [key, token] of steps) {
		await page.keyboard.press(key);
		await expect(inspect.photo).toHaveAttribute('aria-valuenow', String(token));
	}
	await expect(inspect.tip).toContainText('CLS. Of the patches, most to');
	await page.keyboard.press('Escape');
	await expect(inspect.tip).toHaveCount(0);
	expect(await engine.asked()).toBe(asked);
});

test('CLS is picked by its button, and has no distance', async ({ inspect }) => {
	await inspect.click(4, 6);
	await inspect.button('Pick CLS').click();
	await expect(inspect.query.getByRole('heading')).toHaveText('Query token: CLS');
	await expect(inspect.query).toContainText('CLS has no place');
	await expect(inspect.button('Pick CLS')).toBeDisabled();
});

test('the figures of the query and of every head are those of the file', async ({ inspect, page }) => {
	const file = await fileOf(inspect);
	await inspect.chooseBlock(5);
	await inspect.radio('Head', '1').check();
	await inspect.click(3, 11);
	const block = file.blocks[4];
	if (!block) throw new Error('The file has no block 5.');
	const row = lineOf(block, 0, tokenOf(3, 11));
	await expect(inspect.query).toContainText(`${entropy(row).toFixed(2)} nats`);
	await expect(inspect.query).toContainText(`${distance(row, tokenOf(3, 11)).toFixed(0)} px`);
	const cells = await page.getByRole('region', { name: 'Block and head' }).locator('tbody tr').allInnerTexts();
	expect(cells).toHaveLength(block.heads + 1);
	for (const [head, line] of cells.entries()) {
		const rows = Array.from({ length: block.tokens }, (_, q) => lineOf(block, head < block.heads ? head : 'mean', q));
		const [nats, pixels, cls] = (line.match(/[\d.]+(?= %|\t|$)/g) ?? []).slice(-3).map(Number);
		expect(nats).toBeCloseTo(mean(rows.map(entropy)), 1);
		expect(Math.abs((pixels ?? NaN) - mean(rows.slice(1).map((r, i) => distance(r, i + 1))))).toBeLessThan(0.6);
		expect(cls).toBeCloseTo(100 * mean(rows.map(([first = NaN]) => first)), 0);
	}
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const entropy = (row: readonly number[]) => row.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);

/** Mean distance between a patch and what it attends to, in pixels: patches are 16 apart. */
function distance(row: readonly number[], token: number): number {
	const place = (patch: number) => [Math.floor(patch / 14), patch % 14] as const;
	const [y, x] = place(token - 1);
	const apart = row.slice(1).map((weight, patch) => {
		const [v, u] = place(patch);
		return [weight, 16 * Math.hypot(v - y, u - x)] as const;
	});
	const total = apart.reduce((sum, [weight]) => sum + weight, 0);
	return apart.reduce((sum, [weight, pixels]) => sum + weight * pixels, 0) / total;
}
