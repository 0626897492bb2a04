import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Locator } from 'playwright/test';
import { expect, test } from '../fixtures';
import { ComparePage } from '../compare-page';
import { ExperimentPage } from '../experiment-page';
import type { InspectPage } from '../inspect-page';

const GRID = 14;
const PATCHES = GRID * GRID;

interface OverlayFile {
	readonly overlay: { readonly title: string };
	readonly arrays: Readonly<Record<string, { readonly shape: number[]; readonly data: (number | null)[] }>>;
}

/** What lies over the photo, by its name. */
const choice = (inspect: InspectPage): Locator => inspect.page.getByLabel('Over the photo', { exact: true });

/** Waits until something is drawn that had to be made. */
async function drawn(inspect: InspectPage): Promise<void> {
	await expect(inspect.button('Overlay as JSON')).toBeEnabled({ timeout: 45_000 });
	await inspect.settles();
}

async function saved(inspect: InspectPage): Promise<OverlayFile> {
	const file = await inspect.save('Overlay as JSON');
	return JSON.parse(await readFile(await file.path(), 'utf8')) as OverlayFile;
}

test('what counts for a class is another map for another class, and a link brings both back', async ({
	inspect,
	page
}) => {
	await inspect.open({ sample: 'lighthouse' });
	await choice(inspect).selectOption('Relevance of a class');
	await drawn(inspect);
	const first = await saved(inspect);
	expect(first.overlay.title).toBe('Relevance of “beacon”');
	expect(first.arrays['relevance']?.shape).toEqual([GRID, GRID]);
	await inspect.hover(3, 4);
	await expect(inspect.tip).toHaveText(/^Row 3, column 4: [\d.]/);
	await page.getByLabel('Class', { exact: true }).selectOption('promontory');
	await expect(inspect.caption).toContainText('Relevance of “promontory”');
	await drawn(inspect);
	const second = await saved(inspect);
	expect(second.arrays['relevance']?.data).not.toEqual(first.arrays['relevance']?.data);
	await expect(page).toHaveURL(/overlay=relevance.*class=\d+|class=\d+.*overlay=relevance/);
	await page.reload();
	await inspect.shows(/./);
	await drawn(inspect);
	expect(await saved(inspect)).toEqual(second);
});

test('by keyboard on a phone: the mask grows with its share, and is cut out of the photo', async ({
	inspect,
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await inspect.open({ sample: 'lighthouse' });
	await choice(inspect).focus();
	await page.keyboard.type('Mask');
	await expect(inspect.caption).toContainText('Mask of block 7, head 3');
	const share = page.getByRole('slider', { name: 'Share of the attention' });
	const held = async () => Number(/patches: (\d+) of 196/.exec((await inspect.caption.textContent()) ?? '')?.[1]);
	const few = await held();
	await share.focus();
	for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
	await expect(inspect.caption).toContainText('hold 80 %');
	const more = await held();
	expect(more).toBeGreaterThan(few);
	const { arrays } = await saved(inspect);
	expect(arrays['mask']?.data.filter((inside) => inside === 1)).toHaveLength(more);
	const file = await inspect.save('What the mask holds as PNG');
	const { channels } = await sharp(await file.path()).stats();
	// Opaque where it holds, and clear elsewhere; the edges of patches lie on whole pixels.
	expect((channels[3]?.mean ?? 0) / 255 / (more / PATCHES)).toBeCloseTo(1, 1);
	expect([channels[3]?.min, channels[3]?.max]).toEqual([0, 255]);
});

test('three colours are of this photo or of all samples, and of the subject alone', async ({ inspect, page }) => {
	await inspect.open({ sample: 'lighthouse' });
	await choice(inspect).selectOption('Three colours for meaning');
	await drawn(inspect);
	const own = await saved(inspect);
	expect(own.arrays['components']?.shape).toEqual([GRID, GRID, 3]);
	await inspect.radio('Coloured', 'Above').check();
	await expect(inspect.caption).toContainText('that are coloured');
	await expect(inspect.button('What the mask holds as PNG')).toBeVisible();
	await inspect.radio('Coloured', 'All').check();
	await inspect.radio('Fitted to', 'All samples').check();
	await expect(inspect.caption).toContainText('the patches of all samples');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByText('Stopped, so there is nothing to draw yet.')).toBeVisible();
	await inspect.button('Work it out').click();
	await drawn(inspect);
	expect((await saved(inspect)).arrays['components']?.data).not.toEqual(own.arrays['components']?.data);
});

test('a part finds its like on a second photo, from either side', async ({ page }) => {
	const compare = new ComparePage(page);
	await compare.open({ compare: 'photos', sample: 'hot-air-balloon', 'b-sample': 'parachute' });
	await page.getByLabel('Over the photo', { exact: true }).selectOption('Patches like this one');
	await compare.point('A', 4, 7, 'click');
	const [a, b] = [compare.photo('A'), compare.photo('B')];
	await expect(a).toHaveAttribute('aria-valuetext', /^Row 4, column 7: cosine 1\.00/, { timeout: 45_000 });
	await expect(b).toHaveAttribute('aria-valuetext', /: cosine [\d.]+ with row 4, column 7 of the other photo$/);
	await compare.point('B', 3, 6, 'click');
	await expect(b).toHaveAttribute('aria-valuetext', /^Row 3, column 6: cosine 1\.00/);
	await expect(a).toHaveAttribute('aria-valuetext', /: cosine [\d.]+ with row 3, column 6 of the other photo$/);
});

test('how long the tokens are is shown before and after a change', async ({ page }) => {
	const experiment = new ExperimentPage(page);
	await experiment.open(
		'lighthouse',
		'#edits=' + encodeURIComponent('[{"tap":"blocks.2.attn.head_out","head":0,"do":"zero"}]')
	);
	await experiment.settles();
	await page.getByLabel('Over the photo', { exact: true }).selectOption('Length of the tokens');
	const maps = ['Before', 'After'].map((name) => page.getByRole('slider', { name: `${name}: query token` }));
	const said = async () => Promise.all(maps.map((map) => map.getAttribute('aria-valuetext')));
	await expect
		.poll(said, { timeout: 45_000 })
		.toEqual([expect.stringMatching(/length \d/), expect.stringMatching(/length \d/)]);
	const [before, after] = await said();
	expect(after).not.toBe(before);
});
