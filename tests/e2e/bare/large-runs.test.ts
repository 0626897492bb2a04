import { readFile } from 'node:fs/promises';
import { readNpz } from '../attention-file';
import { expect, test } from '../fixtures';

/* A run of which the page has not room for all patterns: it holds the block that is looked at, and reads the others. */

test('of a run that is too large for the page, another block is read when it is looked at, and nothing for the pointer', async ({
	page,
	inspect,
	engine
}) => {
	void engine;
	const reads = () => page.evaluate(() => window.engineSpy.asked.filter((kind) => kind === 'read').length);
	const map = () => inspect.photo.locator('canvas').nth(1);
	/** Entropies and distances, of which a figure may be rounded up in one and down in the other. */
	const figures = async () => {
		const cells = page.getByRole('table', { name: /^Over all queries of block 3/ }).getByRole('cell');
		await expect(cells.first()).not.toHaveText('–');
		return (await cells.allInnerTexts()).map((text) => Number.parseFloat(text));
	};
	await inspect.open();
	await inspect.chooseBlock(3);
	await inspect.hover(7, 5);
	const tip = await inspect.tip.innerText();
	const measured = await figures();
	const whole = await readNpz(await inspect.save('Attention as NPZ'));
	expect(await page.getByText('At this size the page holds one block').count()).toBe(0);
	await test.step('the same on a device whose page has room for next to nothing', async () => {
		await page.addInitScript(() => {
			Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 1e-6 });
		});
		await inspect.open();
		await expect(page.getByText('At this size the page holds one block')).toBeVisible();
	});
	await expect(map()).toBeVisible();
	// What is small of the run, the block that is looked at and its mean, and a token's lines of each of the 12 blocks.
	const before = 15;
	await expect.poll(reads).toBe(before);
	await inspect.hover(7, 5);
	await inspect.hover(2, 9);
	await inspect.radio('Head', '2').check();
	await inspect.radio('Show what', 'attends to this token').check();
	await inspect.radio('Show what', 'this token attends to').check();
	await inspect.radio('Head', 'Mean').check();
	expect(await reads()).toBe(before);
	await inspect.chooseBlock(3);
	await expect(inspect.caption).toContainText('Block 3, mean over heads');
	await expect.poll(reads).toBe(before + 2);
	await inspect.settles();
	await inspect.hover(7, 5);
	await expect(inspect.tip).toHaveText(tip.replace(/\s+/g, ' '), { useInnerText: true });
	expect(await reads()).toBe(before + 2);
	for (const [i, figure] of (await figures()).entries())
		expect(Math.abs(figure - (measured[i] ?? NaN))).toBeLessThan(1.1);
	const few = await readNpz(await inspect.save('Attention as NPZ'));
	expect(few.blocks.length).toBe(12);
	for (const [i, { heads, tokens, data }] of few.blocks.entries()) {
		expect([heads, tokens]).toEqual([whole.blocks[i]?.heads, whole.blocks[i]?.tokens]);
		expect(
			Buffer.from(Float32Array.from(data).buffer).equals(
				Buffer.from(Float32Array.from(whole.blocks[i]?.data ?? []).buffer)
			)
		).toBe(true);
	}
});

test('of a run that is too large for the page, the map of a class is that of one that is not', async ({
	page,
	inspect
}) => {
	const relevance = async () => {
		await inspect.open({ sample: 'lighthouse' });
		await page.getByLabel('Over the photo', { exact: true }).selectOption('Relevance of a class');
		await expect(inspect.button('Overlay as JSON')).toBeEnabled({ timeout: 45_000 });
		await expect(inspect.caption).toContainText('Relevance of “beacon”');
		const file = await inspect.save('Overlay as JSON');
		const { arrays } = JSON.parse(await readFile(await file.path(), 'utf8')) as {
			arrays: Readonly<Record<string, { readonly data: number[] }>>;
		};
		return arrays['relevance']?.data ?? [];
	};
	const whole = await relevance();
	expect(whole.some((value) => value > 0)).toBe(true);
	await page.addInitScript(() => {
		Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 1e-6 });
	});
	const few = await relevance();
	await expect(page.getByText('At this size the page holds one block')).toBeVisible();
	const most = Math.max(...whole);
	expect(few.length).toBe(whole.length);
	for (const [i, value] of few.entries()) expect(Math.abs(value - (whole[i] ?? NaN)) / most).toBeLessThan(1e-6);
});
