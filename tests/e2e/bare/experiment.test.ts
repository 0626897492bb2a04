import { readFile } from 'node:fs/promises';
import { expect, needsShared, test as base } from '../fixtures';
import { isTooWide, scan } from '../axe';
import { ExperimentPage } from '../experiment-page';
import { bringSwin } from '../swin-file';

const test = base.extend<{ experiment: ExperimentPage }>({
	experiment: async ({ page }, use) => use(new ExperimentPage(page))
});

test('what is painted over is hidden, the bars move at once, and a stroke is undone as one', async ({
	experiment,
	page
}) => {
	await experiment.open();
	const untouched = await experiment.first();
	expect(untouched).toMatchObject({ label: 'golf ball', after: '–' });
	await experiment.radio('5 × 5').check();
	await experiment.stroke([5, 4], [8, 10]);
	await expect(experiment.hidden).toContainText(/^\d+ of 196 patches are hidden\./);
	await expect(experiment.hidden).toContainText(/golf ball.*→/);
	await experiment.settles();
	const painted = await experiment.first();
	expect(painted.before).toBe(untouched.before);
	expect(painted.after).not.toBe(untouched.before);
	await expect(experiment.edits).toHaveText(/\d+ of 196 patches hidden: grey/);
	await page.keyboard.press('Control+z');
	await expect(experiment.edits).toHaveCount(0);
	await expect.poll(() => experiment.first()).toEqual(untouched);
	await page.keyboard.press('Control+Shift+z');
	await expect.poll(() => experiment.first()).toEqual(painted);
});

test('by keyboard: paint, guess, stack two changes, and take the first back', async ({ experiment, page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await experiment.open();
	await experiment.radio('Less sure').focus();
	await page.keyboard.press('Space');
	await experiment.brush.focus();
	for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'Space', 'Shift+ArrowRight', 'Shift+ArrowDown'])
		await page.keyboard.press(key);
	await expect(experiment.brush).toHaveAttribute('aria-valuetext', 'row 4, column 3, hidden');
	await expect(experiment.hidden).toContainText('3 of 196 patches are hidden.');
	await expect(page.getByText(/^(As|Not as) you expected: it is still “golf ball”/)).toBeVisible();
	await experiment.change('Silence a head', { Block: 'Block 10', Head: 'Head 2' });
	await expect(experiment.edits).toHaveCount(2);
	await expect(experiment.edits.nth(1)).toContainText('Block 10, head 2: output of the heads set to zero');
	await experiment.settles();
	await experiment.button(/^Take back: 3 of 196/).click();
	await expect(experiment.edits).toHaveCount(1);
	expect(await isTooWide(page)).toBe(false);
});

test('a link brings the photo, the changes and the answer back, and says what it cannot read', async ({
	experiment,
	page
}) => {
	await experiment.open('lighthouse');
	await experiment.radio('Removed').check();
	await experiment.stroke([2, 2], [2, 6]);
	const form = page.getByRole('region', { name: 'Change something else' });
	await page.getByLabel('What to change').selectOption('Give a patch another’s position');
	await expect(form.getByLabel('Token', { exact: true }), 'it begins at a patch').toHaveValue('1');
	await form.getByLabel('The other place', { exact: true }).selectOption('Row 1, column 1');
	await expect(form.getByRole('status')).toHaveText(/choose another place\.$/);
	await expect(experiment.button('Change it')).toBeDisabled();
	const table = page.getByRole('table', { name: /^Over all queries of block/ });
	await expect(table).toHaveCount(2);
	await expect(table.first()).toHaveAccessibleName(/, before the change$/);
	await expect(table.last()).toHaveAccessibleName(/, after the change$/);
	await experiment.change('Take the positions away');
	await expect(experiment.edits).toHaveCount(2);
	await experiment.settles();
	const answer = await experiment.first();
	// The address follows a moment later.
	await expect(page).toHaveURL(/#edits=.*parameters\.pos_embed/);
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await experiment.button('Copy the link').click();
	await expect(page.getByText('The link is copied.')).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(new URL(link).hash).toBe(new URL(page.url()).hash);
	await page.goto('about:blank');
	await page.goto(link);
	await experiment.ready();
	await expect(experiment.edits).toHaveText([/5 of 196 patches hidden: removed/, /Positions set to zero/]);
	await expect.poll(() => experiment.first()).toEqual(answer);
	await page.goto('about:blank');
	await experiment.open('lighthouse', '#edits=%5B%7B%22tap');
	await expect(page.getByRole('alert')).toContainText('The link’s list of edits is cut off or damaged');
	await expect(experiment.edits).toHaveCount(0);
	await page.goto('about:blank');
	await experiment.open('lighthouse', `#edits=${encodeURIComponent('[{"tap":"blocks.6","do":"skip"}]')}`);
	await expect(page.getByText('After the change this block is passed by')).toBeVisible();
	await expect(table).toHaveCount(1);
});

test('the way back from another page leads to the changes that were made', async ({ experiment, page }) => {
	await experiment.open();
	await experiment.stroke([5, 4], [8, 10]);
	await expect(experiment.edits).toHaveText(/\d+ of 196 patches hidden: grey/);
	await expect(page).toHaveURL(/#edits=/);
	const made = await experiment.edits.innerText();
	await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Models' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Models' })).toBeVisible();
	await page.goBack();
	await expect(experiment.edits).toHaveText(made);
});

test('order-blind: without positions a shuffle of the patches leaves the answer as it is', async ({ experiment }) => {
	await experiment.open();
	await experiment.change('Take the positions away');
	await experiment.settles();
	await expect(experiment.edits).toHaveCount(1);
	await expect.poll(async () => (await experiment.first()).after).toMatch(/%/);
	const without = await experiment.first();
	await experiment.change('Shuffle the patches');
	await expect(experiment.edits).toHaveCount(2);
	await experiment.settles();
	expect(await experiment.first()).toEqual(without);
});

test('a sweep of a photo that makes way for another ends without a complaint', async ({ experiment, page }) => {
	await experiment.open();
	await page.getByLabel('What to do at each').selectOption('Every head silenced');
	await experiment.button('Run it 36 times').click();
	await expect(experiment.sweep.getByRole('progressbar')).toBeVisible();
	await experiment.button('Balloons over the hills').click();
	await expect(experiment.sweep.getByRole('progressbar')).toHaveCount(0);
	await experiment.settles();
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect(experiment.button('Run it 36 times')).toBeEnabled();
});

test('all heads are tried, cancelled, and tried again; a head is chosen, and everything saved', async ({
	experiment,
	page
}) => {
	await experiment.open();
	await page.getByLabel('What to do at each').selectOption('Every head silenced');
	await experiment.button('Run it 36 times').click();
	await expect(experiment.sweep.getByRole('progressbar')).toBeVisible();
	await experiment.button('Cancel').click();
	await expect(experiment.sweep.getByRole('progressbar')).toHaveCount(0);
	await expect(experiment.button('Save as CSV')).toHaveCount(0);
	await experiment.button('Run it 36 times').click();
	await expect(
		experiment.sweep.getByText(/most is lost at block \d+, head \d.*; its share (stays|goes from) [\d.]+ %/)
	).toBeVisible({
		timeout: 90_000
	});
	const csv = await readFile(await (await experiment.save('CSV')).path(), 'utf8');
	const rows = csv
		.trim()
		.split('\n')
		.slice(1)
		.map((row) => row.split(',').map(Number));
	expect(rows).toHaveLength(36);
	const json = JSON.parse(await readFile(await (await experiment.save('JSON')).path(), 'utf8')) as {
		effects: { drop: number; score: number; edit: unknown }[];
	};
	expect(json.effects.map(({ drop }) => drop)).toEqual(rows.map((row) => row[2]));
	// A place of the map is the change that it tells of: the same answer comes of it.
	const matrix = experiment.sweep.getByRole('slider');
	await matrix.focus();
	await page.keyboard.press('Home');
	await page.keyboard.press('Enter');
	await expect(experiment.edits).toHaveText(/Block 1, head 1: output of the heads set to zero/);
	await experiment.settles();
	const { after } = await experiment.first();
	expect(Number.parseFloat(after)).toBeCloseTo(100 * (json.effects[0]?.score ?? NaN), 1);
});

test('a token of another photo is put in, and patches of another photo are painted', async ({ experiment }) => {
	await experiment.open();
	const { label } = await experiment.first();
	await experiment.change('Put in a token of another photo', { Block: 'Block 12', Token: 'CLS' });
	await experiment.settles();
	// After the last block the head reads nothing but CLS, so the answer is the other photo's.
	await expect.poll(async () => Number.parseFloat((await experiment.first()).after.replace('<', ''))).toBeLessThan(50);
	expect((await experiment.first()).label).toBe(label);
	await experiment.button('As it was').click();
	await experiment.radio('Another photo').check();
	await experiment.stroke([3, 3], [3, 5]);
	await expect(experiment.edits).toHaveText(/3 of 196 patches hidden: from “/);
	await experiment.settles();
	await expect(experiment.page.getByRole('alert')).toHaveCount(0);
});

test('a Swin is offered what it can follow, and says why of the rest', async ({ experiment, page }) => {
	needsShared();
	await bringSwin(page);
	await page.getByRole('link', { name: 'Experiment' }).click();
	await expect(experiment.brush).toBeVisible();
	await expect(page.getByText('No token can be removed: this model needs the whole map of them.')).toBeVisible();
	await expect(experiment.radio('Removed')).toHaveCount(0);
	await page.getByLabel('What to change').selectOption('Begin with an empty CLS');
	await expect(page.getByText('This model has no CLS token.')).toBeVisible();
	await expect(experiment.button('Change it')).toHaveCount(0);
	await experiment.change('Silence a head', { Block: 'Stage 2, block 1', Head: 'Head 2' });
	await expect(experiment.edits).toHaveText(/Stage 2, block 1, head 2/);
	await experiment.settles();
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the home page lets one hide parts, and hands them on', async ({ experiment, page }) => {
	await page.goto('./');
	await page.getByRole('radio', { name: 'Hide parts of the photo' }).check();
	await experiment.ready();
	await experiment.stroke([7, 7], [7, 9]);
	await expect(experiment.hidden).toContainText('3 of 196 patches are hidden.');
	await experiment.settles();
	await page.getByRole('link', { name: 'More to change, in this run' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Experiment' })).toBeVisible();
	await expect(experiment.edits).toHaveText(/3 of 196 patches hidden: grey/);
});

test('it passes WCAG 2.2 AA with a change and a map of effects, narrow and wide, light and dark', async ({
	experiment,
	page
}) => {
	await experiment.open();
	await experiment.change('Pass a block by');
	await page.getByLabel('What to do at each').selectOption('Every block, and each of its halves, left out');
	await experiment.button('Run it 36 times').click();
	await expect(experiment.button('Save as CSV')).toBeVisible({ timeout: 90_000 });
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const width of [360, 1280, 1920]) {
			await page.setViewportSize({ width, height: 740 });
			// What is drawn follows the window's size a moment later.
			await expect.poll(() => isTooWide(page), `sideways scrolling at ${width} px`).toBe(false);
			await scan(page);
		}
	}
});

test('maps are held to what happens when patches go in their order', async ({ experiment, page }) => {
	test.setTimeout(240_000);
	await experiment.open('lighthouse');
	const { before } = await experiment.first();
	const panel = page.getByRole('region', { name: 'Which map to trust?' });
	await experiment.button(/^Measure for “.+”, in 120 runs$/).click();
	await expect(panel.getByRole('progressbar')).toBeVisible();
	await experiment.button('Cancel').click();
	await expect(panel.getByRole('progressbar')).toHaveCount(0);
	await experiment.button(/^Measure for/).click();
	await expect(panel.getByRole('row')).toHaveCount(7, { timeout: 180_000 });
	await expect(panel.getByText(/^On this photo/)).toBeVisible();
	await expect(panel.getByRole('img')).toHaveCount(5);
	// With nothing taken out yet, the class has what the untouched run gives it.
	const plot = panel.getByRole('slider', { name: /as patches are taken out/ });
	await plot.focus();
	await page.keyboard.press('Home');
	const share = Number.parseFloat(before) / 100;
	const text = (await plot.getAttribute('aria-valuetext')) ?? '';
	const numbers = text.match(/\d+(\.\d+)?/g)?.map(Number) ?? [];
	expect(numbers.some((number) => Math.abs(number - share) < 0.01 || Math.abs(number - 100 * share) < 1)).toBe(true);
});

test('a head’s map decides what is kept, and the class is read after every block', async ({ experiment, page }) => {
	await experiment.open();
	await experiment.button('Keep only the most looked at').click();
	await expect(experiment.edits).toHaveText(/98 of 196 patches hidden: grey/);
	await experiment.button('Hide these').click();
	await expect(experiment.edits).toHaveText(/98 of 196 patches hidden: grey/);
	await experiment.button('As it was').click();
	await experiment.change('Pass a block by', { Block: 'Block 1' });
	await experiment.settles();
	const lens = page.getByRole('slider', { name: /^The logit of golf ball after each block/ });
	await lens.focus();
	const first = () => lens.getAttribute('aria-valuetext');
	await expect.poll(first).toMatch(/^Before block 1, before the change: /);
	// Passing block 1 by leaves what enters it as what it hands on.
	await expect(page.getByRole('region', { name: 'Where the answer takes shape' })).toContainText('after');
});
