import { expect, test } from '../fixtures';
import { lineOf, readNpz } from '../attention-file';
import { tokenOf } from '../inspect-page';

test.beforeEach(({ inspect }) => inspect.open());

const cell = 'Block 2, head 3';

test('a head is chosen in the grid, by menus, and on the rail; all of them agree', async ({ inspect, page }) => {
	const grid = page.getByRole('grid', { name: 'Every head of every block' });
	const rail = page.getByRole('navigation', { name: 'From photo to prediction' });
	await inspect.chooseBlock(6);
	await inspect.radio('Head', 'Mean').check();
	await expect(inspect.caption).toContainText('Block 6, mean over heads');
	await expect(grid.getByRole('gridcell', { selected: true })).toHaveCount(3);
	await grid.getByRole('button', { name: cell }).click();
	await expect(inspect.caption).toContainText(cell);
	await expect(page.getByLabel('Block', { exact: true })).toHaveValue('1');
	await expect(inspect.radio('Head', '3')).toBeChecked();
	await expect(grid.getByRole('gridcell', { selected: true })).toHaveCount(1);
	await expect(rail.getByRole('button', { name: 'Block 2' })).toHaveAttribute('aria-current', 'step');
	await rail.getByRole('button', { name: 'Block 5' }).click();
	await expect(inspect.caption).toContainText('Block 5, head 3');
	await inspect.chooseBlock(1);
	await inspect.radio('Head', 'Mean').check();
	await expect(inspect.caption).toContainText('Block 1, mean over heads');
});

test('every map of the grid follows the query', async ({ inspect, page }) => {
	const drawn = () =>
		page
			.getByRole('grid', { name: 'Every head of every block' })
			.locator('canvas')
			.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
	await inspect.hover(2, 2);
	const one = await drawn();
	await inspect.hover(12, 12);
	await expect.poll(drawn).not.toBe(one);
	await inspect.hover(2, 2);
	await expect.poll(drawn).toBe(one);
});

test('the stages before the attention are shown too', async ({ inspect, page }) => {
	const rail = page.getByRole('navigation', { name: 'From photo to prediction' });
	await rail.getByRole('button', { name: 'Photo' }).click();
	await expect(inspect.caption).toContainText('The photo, as far as the model sees it');
	await rail.getByRole('button', { name: 'Patches' }).click();
	await expect(inspect.caption).toContainText('The patches, cut from the pixels');
	await rail.getByRole('button', { name: 'Embeddings' }).click();
	await expect(inspect.caption).toContainText('embedding is');
	await inspect.hover(3, 3);
	await expect(inspect.tip).toHaveText(/^Row 3, column 3: length [\d.]+$/);
	await rail.getByRole('button', { name: 'Prediction', exact: true }).click();
	await expect(inspect.predictions).toBeFocused();
});

test('the legend says which scale it is, up to the largest weight there is', async ({ inspect }) => {
	const file = await readNpz(await inspect.save('Attention as NPZ'));
	await inspect.click(6, 6);
	const most = file.blocks.map((block) =>
		Array.from({ length: block.heads }, (_, head) => Math.max(...lineOf(block, head, tokenOf(6, 6)).slice(1)))
	);
	// The head whose own scale differs the most from the shared one.
	const own = Math.min(...most.flat());
	const block = most.findIndex((heads) => heads.includes(own));
	await inspect.chooseBlock(block + 1);
	await inspect.radio('Head', String((most[block]?.indexOf(own) ?? 0) + 1)).check();
	const legend = inspect.caption.getByRole('img');
	const end = async () => Number(/ to ([\d.e-]+)$/.exec((await legend.getAttribute('aria-label')) ?? '')?.[1]);
	await expect(inspect.caption).toContainText('This head’s own scale: up to its largest weight on a patch');
	expect((await end()) / own).toBeCloseTo(1, 2);
	await inspect.radio('Scale', 'Shared').check();
	await expect(inspect.caption).toContainText('One scale for all heads of all blocks');
	const shared = Math.max(...most.flat());
	expect((await end()) / shared).toBeCloseTo(1, 2);
	expect(shared).toBeGreaterThan(1.1 * own);
});

test('opacity, colours, smoothing and the patch grid change the drawing alone', async ({ inspect, page }) => {
	await inspect.hover(7, 7);
	const figure = page.locator('figure .frame');
	const spoken = await inspect.photo.getAttribute('aria-valuetext');
	const looks = new Set<string>();
	const look = async () => looks.add((await figure.screenshot()).toString('base64'));
	await look();
	await page.getByRole('slider', { name: 'Opacity' }).fill('0.2');
	await look();
	await page.getByLabel('Colour map').selectOption('Cividis');
	await look();
	await inspect.toggle('Smooth').check();
	await look();
	await inspect.toggle('Patch grid').uncheck();
	await look();
	await inspect.toggle('Pixels the model saw').check();
	await look();
	expect(looks.size).toBe(6);
	await inspect.click(7, 7);
	expect(await inspect.photo.getAttribute('aria-valuetext')).toBe(spoken);
});

test.describe('on a touch screen', () => {
	test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

	test('a tap picks the query and shows its value', async ({ inspect, page }) => {
		const { x, y } = await inspect.placeOf(5, 9);
		await page.touchscreen.tap(x, y);
		await expect(inspect.query.getByRole('heading')).toHaveText('Query token: row 5, column 9');
		await expect(inspect.tip).toContainText('Row 5, column 9. Of the patches, most to');
	});
});
