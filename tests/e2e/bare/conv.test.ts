import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright/test';
import { expect, test } from '../fixtures';
import { isTooWide, scan } from '../axe';
import type { InspectPage } from '../inspect-page';

/** The CNN that comes with the page, whatever its weights are. */
const CNN = 'patchwork-c';

const over = ({ page }: InspectPage): Locator => page.getByLabel('Over the photo', { exact: true });
const block = ({ page }: InspectPage): Locator => page.getByLabel('Block', { exact: true });
const channels = ({ page }: InspectPage): Locator =>
	page.getByRole('radiogroup', { name: 'The most active channels' }).getByRole('radio');
const activityOf = async (channel: Locator) =>
	Number(/activity ([\d.]+)$/.exec((await channel.getAttribute('aria-label')) ?? '')?.[1]);

/** Waits until something is drawn that had to be made, and takes its numbers. */
async function saved(inspect: InspectPage) {
	await expect(inspect.button('Overlay as JSON')).toBeEnabled({ timeout: 60_000 });
	await inspect.settles();
	const file = await inspect.save('Overlay as JSON');
	return JSON.parse(await readFile(await file.path(), 'utf8')) as {
		readonly overlay: { readonly title: string };
		readonly arrays: Readonly<Record<string, { readonly shape: number[]; readonly data: number[] }>>;
	};
}

test('the maps of a CNN: channels, the class at any depth, what a place sees, and what hiding does', async ({
	inspect,
	page
}) => {
	await page.setViewportSize({ width: 1280, height: 900 });
	await inspect.open({ model: CNN, sample: 'lighthouse' });
	await block(inspect).selectOption('Stage 4, block 1');
	const shown = await channels(inspect).all();
	expect(shown).toHaveLength(24);
	const activities = await Promise.all(shown.map(activityOf));
	expect(activities).toEqual(activities.toSorted((a, b) => b - a));
	await expect(page.getByText('The 24 most active of 64 channels, by the mean of their absolute values')).toBeVisible();
	await channels(inspect).nth(2).click();
	await expect(inspect.caption).toContainText(/Stage 4, block 1, channel \d+/);
	await page.getByRole('button', { name: 'Less active' }).click();
	await expect(page.getByText('25 to 48 of 64')).toBeVisible();
	expect(await activityOf(channels(inspect).first())).toBeLessThanOrEqual(activities.at(-1) ?? 0);

	await over(inspect).selectOption('Class activation of a class');
	const first = await saved(inspect);
	expect(first.arrays['cam']?.shape).toEqual([7, 7]);
	const choice = page.getByLabel('Class', { exact: true });
	const other = (await choice.locator('option').nth(1).textContent()) ?? '';
	await choice.selectOption(other);
	const second = await saved(inspect);
	expect(second.overlay.title).toBe(`Class activation of “${other}”`);
	expect(second.arrays['cam']?.data).not.toEqual(first.arrays['cam']?.data);

	await over(inspect).selectOption('Grad-CAM of a class');
	expect((await saved(inspect)).arrays['grad-cam']?.shape).toEqual([14, 14]);
	await block(inspect).selectOption('Stage 3, block 1');
	const earlier = await saved(inspect);
	expect([earlier.overlay.title, earlier.arrays['grad-cam']?.shape]).toEqual([
		`Grad-CAM of “${other}”, stage 3, block 1`,
		[28, 28]
	]);

	await over(inspect).selectOption('Field of this place');
	await expect(inspect.caption).toContainText('it can see 27 × 27 px');
	await expect(inspect.caption).toContainText(/Half of what it uses lies in the \d+ × \d+ px around it/, {
		timeout: 60_000
	});
	await inspect.photo.scrollIntoViewIfNeeded();
	const { width = 0, height = 0 } = (await inspect.photo.boundingBox()) ?? {};
	await inspect.photo.click({ position: { x: 0.09 * width, y: 0.09 * height } });
	await expect(inspect.caption).toContainText('What stage 3, block 1 at row 3, column 3 uses of the photo');
	await expect(inspect.caption).toContainText('rows 11 to 37', { timeout: 60_000 });
	// The link brings back the very place, which is none of the last map's.
	await expect(page).toHaveURL(/[?&]token=\d+(\.\d+)?-\d/);

	await over(inspect).selectOption('Occlusion of a class');
	await expect(page.getByText(/\d+ of 49 squares/)).toBeVisible();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByText('Stopped, so there is nothing to draw yet.')).toBeVisible();
	await expect(inspect.photo).toBeVisible();
	await scan(page);
});

test('by keyboard on a phone: a channel, an earlier block, and the field of a place', async ({ inspect, page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await inspect.open({ model: CNN, sample: 'lighthouse' });
	await block(inspect).focus();
	await page.keyboard.type('Stage 2, block 2');
	await channels(inspect).first().focus();
	await page.keyboard.press('ArrowRight');
	await expect(channels(inspect).nth(1)).toBeChecked();
	await expect(channels(inspect).nth(1)).toBeFocused();
	await expect(inspect.caption).toContainText(/Stage 2, block 2, channel \d+/);
	await over(inspect).focus();
	await page.keyboard.type('Field');
	await expect(inspect.caption).toContainText('at row 29, column 29');
	await inspect.photo.press('ArrowUp');
	await expect(inspect.caption).toContainText('at row 28, column 29');
	await expect(inspect.caption).toContainText('Half of what it uses', { timeout: 60_000 });
	await expect(inspect.photo).toHaveAttribute(
		'aria-valuetext',
		/^Row 28, column 29: [\d.<]+ % of what stage 2, block 2/
	);
	expect(await isTooWide(page)).toBe(false);
});

test('beside a ViT, both from one place: what the unit uses, and what the patch attends to', async ({ page }) => {
	await page.goto(
		`compare/?backend=wasm&compare=models&sample=lighthouse&overlay=field&block=12&at=30-40&b-model=${CNN}`
	);
	const [a, b] = (['A', 'B'] as const).map((name) => page.getByRole('region', { name: new RegExp(`^${name}: P`) }));
	if (!a || !b) throw new Error('There are two panels.');
	await expect(b).toContainText(/What stage 7, block 1 at row \d+, column \d+ uses of the photo/, { timeout: 90_000 });
	await expect(b).toContainText('Half of what it uses', { timeout: 60_000 });
	await expect(a).toContainText('Block 12, mean over heads.');
	await expect(b.getByLabel('Channel', { exact: true })).toBeVisible();
	await expect(b.getByText('has channels in place of heads')).toBeVisible();
	await expect(page.getByText('has channels and no attention: none of it can be measured')).toBeVisible();
	await expect(
		page.getByRole('heading', { name: /^A looks from row \d+, column \d+; in B this is row/ })
	).toBeVisible();
	await expect(page.getByRole('heading', { name: 'In numbers' }), 'there is nothing to compare').toHaveCount(0);
	const scale = page.getByRole('radiogroup', { name: 'Scale' });
	await expect(scale).toHaveAccessibleDescription(/which have no scale in common: each has its own\.$/);
	await expect(scale.getByRole('radio', { name: 'Same in A and B' })).toBeDisabled();
	const [ofA, ofB] = [a, b].map((panel) => panel.getByRole('slider', { name: /query token on the photo/ }));
	// Two rows of patches are one row of the last map.
	const row = Number(/at row (\d+)/.exec((await b.textContent()) ?? '')?.[1]);
	await ofA?.press('ArrowDown');
	await ofA?.press('ArrowDown');
	await expect(ofB ?? b).toHaveAttribute('aria-valuetext', new RegExp(`^Row ${row + 1}, column`));
	await expect(b).toContainText(`at row ${row + 1}, column`);
	await page.getByLabel('Over the photo', { exact: true }).selectOption('Attention / Feature map');
	await expect(b).toContainText('Stage 7, block 1, all channels.');
	await scan(page);
});
