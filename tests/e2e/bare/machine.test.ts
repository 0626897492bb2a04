import type { Locator, Page } from 'playwright/test';
import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';

/* The whole model as one machine: by keyboard and by touch from the model to a number, and back to a patch. */

const machineOf = (lesson: LessonPage) => {
	const machine = lesson.figure.locator('.machine');
	return {
		machine,
		/** The picture that is there, or is coming. */
		layer: machine.locator('[data-layer]').last(),
		crumbs: machine.getByRole('navigation', { name: 'Where in the machine' }),
		says: machine.locator('.says')
	};
};

const here = (crumbs: Locator) => crumbs.locator('[aria-current]');
const focused = (page: Page) => page.locator('*:focus');

test('the keyboard leads from the model to a number, and from the number to a patch', async ({ page, engine }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	const lesson = new LessonPage(page);
	await lesson.open('whole-model');
	const { machine, layer, crumbs, says } = machineOf(lesson);
	await scan(page, 'the machine');

	await layer.getByRole('button', { name: /^Block 1:/ }).focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(focused(page)).toHaveAccessibleName(/^Block 3:/);
	await page.keyboard.press('Enter');
	await expect(here(crumbs)).toHaveText('Block 3');
	await expect(says).toContainText('Block 3 of 12, for CLS');
	// The focus has come along.
	await expect(focused(page)).toHaveAttribute('data-place', /./);
	await layer.getByRole('button', { name: 'Head 2' }).focus();
	await page.keyboard.press('Enter');
	await expect(here(crumbs)).toHaveText('Head 2');
	await layer.getByRole('button', { name: /^CLS gives most/ }).focus();
	await page.keyboard.press('Enter');
	await expect(here(crumbs)).toHaveText(/^pattern, query CLS, key/);

	// The number is the engine's.
	const [pattern = []] = await engine.read(['blocks.2.attn.pattern']);
	const row = pattern.slice(197 * 197, 197 * 197 + 197);
	await expect(says).toContainText(`${Number((100 * Math.max(...row)).toPrecision(3))} %`);

	// One number after the other, by the key of a patch, until there is nothing before it.
	const on = layer.locator('.from .factor');
	await on.filter({ hasText: 'key row' }).first().focus();
	for (let clicks = 0; !/^pixel/.test(await here(crumbs).innerText()); clicks++) {
		expect(clicks).toBeLessThan(8);
		const before = await here(crumbs).innerText();
		await page.keyboard.press('Enter');
		await expect(here(crumbs)).not.toHaveText(before);
		// What has been walked through is gone, and the keyboard stands at the first part of what is there.
		await expect(machine.locator('[data-layer]')).toHaveCount(1);
		if ((await on.count()) === 0) continue;
		await expect(on.first()).toBeFocused();
		const embedding = on.filter({ hasText: /^embedding/ });
		if ((await embedding.count()) > 0) await embedding.focus();
	}
	await expect(says).toContainText('here the walk ends');
	await expect(layer.getByRole('img', { name: /^The patch, 16 × 16 pixels/ })).toBeVisible();
	await expect(lesson.ledger.locator('.name')).toHaveText('patches');
	await page.keyboard.press('Escape');
	await expect(machine).toHaveAttribute('data-level', 'model');
	await expect(focused(page)).toHaveAttribute('data-place', 'pixel');
});

test('on a phone it fits, is opened by touch, and nothing flies where nothing may move', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
	const lesson = new LessonPage(page);
	await lesson.open('whole-model', 'block');
	const { machine, layer, crumbs } = machineOf(lesson);
	await expect(here(crumbs)).toHaveText('Block 1');
	expect(await isTooWide(page)).toBe(false);
	await layer.getByRole('button', { name: /^Attention adds/ }).click();
	await expect(here(crumbs)).toHaveText(/^attention output of CLS/);
	expect(await machine.locator('[data-layer]').count()).toBe(1);
	expect(await isTooWide(page)).toBe(false);
	await scan(page, 'a number at 360 pixels, in the dark');
	await machine.getByRole('button', { name: 'Zoom out' }).click();
	await expect(here(crumbs)).toHaveText('Block 1');
	// What leaves the block belongs to it, and the way out leads back to it.
	await layer.getByRole('button', { name: /^Stream out/ }).press('Enter');
	await expect(here(crumbs)).toHaveText(/^stream after block 1 of CLS/);
	await layer.getByRole('button', { name: 'Next in its row' }).press('Enter');
	await expect(focused(page)).toHaveAccessibleName(/^Next in its row/);
	await page.keyboard.press('Escape');
	await expect(here(crumbs)).toHaveText('Block 1');
	// What enters the first block are the embeddings, which are seen in the model too; the way out is the way in.
	await layer.getByRole('button', { name: /^Stream in/ }).press('Enter');
	await expect(here(crumbs)).toHaveText(/^embedding of CLS/);
	await page.keyboard.press('Escape');
	await expect(here(crumbs)).toHaveText('Block 1');
	await expect(focused(page)).toHaveAttribute('data-place', 'stream');
	// A part of the way that is pressed is no button any more: the focus goes to the part that one has come out of.
	await crumbs.getByRole('button', { name: 'Model' }).press('Enter');
	await expect(machine).toHaveAttribute('data-level', 'model');
	await expect(focused(page)).toHaveAttribute('data-place', 'block-0');
	expect(await isTooWide(page)).toBe(false);
});

test('beside a CNN it is recorded: what was kept opens, the rest does not, and the prediction is answered', async ({
	page
}) => {
	const lesson = new LessonPage(page);
	await page.goto('learn/whole-model/?backend=wasm&model=patchwork-c');
	const { machine, layer, crumbs } = machineOf(lesson);
	await expect(lesson.figure.locator('.recorded')).toContainText('so this is recorded', { timeout: 45_000 });
	await expect(layer.getByRole('button', { name: /^Block 3:/ })).toBeDisabled();
	await layer.getByRole('button', { name: /^Block 10:/ }).click();
	await layer.getByRole('button', { name: /^Attention adds/ }).click();
	await expect(here(crumbs)).toHaveText(/^attention output of CLS/);
	await layer
		.getByRole('button', { name: /^head \d, feature/ })
		.first()
		.click();
	await expect(here(crumbs)).toHaveText(/^head output of CLS/);
	// Within a mark a tip is shown first, and Escape sends away that alone.
	await page.keyboard.press('Escape');
	await expect(here(crumbs)).toHaveText(/^Head \d$/);
	await layer.getByRole('slider', { name: /^The pattern of head/ }).focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Escape');
	await expect(machine.locator('[popover]')).toHaveCount(0);
	await expect(here(crumbs)).toHaveText(/^Head/);
	await page.keyboard.press('Escape');
	await expect(here(crumbs)).toHaveText('Block 10');
	await page.evaluate(() => (location.hash = 'biggest'));
	const card = page.locator('#biggest');
	await card.getByRole('radio').first().check();
	await card.getByRole('button', { name: 'Ask the model' }).click();
	await expect(card).toContainText(/Recorded run of .*the hidden values 151,296 numbers/);
});
