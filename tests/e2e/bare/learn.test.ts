import { expect, test } from '../fixtures';
import { CHAPTERS, LessonPage } from '../lesson-page';

test('what was read to its end is counted, until the reader starts afresh', async ({ page }) => {
	for (const slug of CHAPTERS) await page.goto(`learn/${slug}/#questions`);
	await page.goto('learn/');
	await expect(page.getByText(`You have read ${CHAPTERS.length} of ${CHAPTERS.length} chapters.`)).toBeVisible();
	await page.getByRole('button', { name: 'Start afresh' }).press('Enter');
	await expect(page.getByText('You have read')).toHaveCount(0);
});

test('a question explains the choice that was made, and remembers it', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('attention');
	const question = page.getByRole('radiogroup', { name: 'Question 1' });
	await question.getByRole('radio').first().check();
	await expect(question.getByText('right', { exact: true })).toHaveCount(1);
	await expect(question.locator('.explanation').first()).toContainText(/\S/);
	await page.reload();
	await expect(question.getByRole('radio').first()).toBeChecked();
});

test('a step has its own address, and the figure shows it', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('patches');
	const [, second = ''] = await lesson.parts();
	await page.goto('models/');
	await lesson.open('patches', second);
	await expect.poll(() => lesson.part()).toBe(second);
});

test('on a page that was opened at a step, nothing but the reader turns to another', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('patches', 'cost');
	const twoFrames = () =>
		page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	// As when a figure above it becomes higher or lower.
	await page.evaluate(() => scrollBy(0, -2 * innerHeight));
	await twoFrames();
	expect(lesson.part()).toBe('cost');
	await page.mouse.wheel(0, -10);
	await expect.poll(() => lesson.part()).not.toBe('cost');
});

test('a page that was opened at a step turns to another by its address, too: a link, or the way back', async ({
	page
}) => {
	const lesson = new LessonPage(page);
	await lesson.open('patches', 'cost');
	await page.evaluate(() => (location.hash = 'reshape'));
	await expect.poll(() => lesson.part()).toBe('reshape');
	await page.evaluate(() => history.back());
	await expect.poll(() => lesson.part()).toBe('cost');
});

test('no key is lost that comes before the next frame', async ({ page }) => {
	const lesson = new LessonPage(page);
	await page.addInitScript(() => (window.requestAnimationFrame = () => 0));
	await lesson.open('patches');
	const [, ...parts] = await lesson.parts();
	for (const part of parts) await lesson.next(part);
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/learn\/reshaping\//);
	await page.keyboard.press('ArrowRight');
	await expect.poll(() => lesson.part()).toBe((await lesson.parts())[1]);
});

test('the slider of a figure moves the shape ledger with it', async ({ page }) => {
	const lesson = new LessonPage(page);
	const here = lesson.ledger.locator('.name');
	await lesson.open('whole-model');
	await lesson.figure.getByRole('slider', { name: 'Block' }).press('ArrowRight');
	await expect(lesson.figure.getByRole('button', { name: /^Block 2:/ })).toHaveAttribute('aria-current', 'true');
	await expect(here).toHaveText('blocks.1.out');
	await expect(lesson.ledger).toContainText('(block 2)');

	// This one counts blocks gone through, so at 0 the tokens are the embeddings.
	await lesson.open('cls-token', 'gathers');
	const gone = lesson.figure.getByRole('slider', { name: 'Blocks gone through' });
	await expect(here).toHaveText('blocks.0.out');
	await gone.press('Home');
	await expect(lesson.figure.getByText('Before the first block, least')).toBeVisible();
	await expect(here).toHaveText('embeddings');
	await page.getByRole('button', { name: 'Block 3' }).click();
	await expect(gone).toHaveValue('3');
	await expect(here).toHaveText('blocks.2.out');
});

test('after scrolling, the links in the prose lead where they say, and back leads to the step', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('attention', 'softmax');
	await expect.poll(() => lesson.part()).toBe('softmax');
	await page.locator('#softmax').getByRole('link', { name: 'softmax', exact: true }).click();
	await expect(page).toHaveURL(/learn\/glossary\/#softmax$/);
	await page.goBack();
	await expect.poll(() => lesson.part()).toBe('softmax');
});

test('the way back stays whole when it is taken before the address is written', async ({ page }) => {
	const title = page.getByRole('heading', { level: 1 });
	await new LessonPage(page).open('attention');
	await page.locator('#softmax').getByRole('link', { name: 'softmax', exact: true }).click();
	await expect(title).toHaveText('Glossary');
	// Longer than it takes until the address is written.
	await page.route('**/learn/glossary/__data.json*', async (route) => {
		await new Promise((resolve) => setTimeout(resolve, 1000));
		await route.continue();
	});
	for (const time of ['first', 'second']) {
		await page.getByRole('link', { name: 'Inspect', exact: true }).click();
		await expect(title).toHaveText('Inspect');
		await page.evaluate(() => history.back());
		await expect(title, `back for the ${time} time`).toHaveText('Glossary');
	}
});

test('a figure that would tell is covered until the reader has predicted', async ({ page }) => {
	const lesson = new LessonPage(page);
	await lesson.open('attention', 'where');
	await expect(lesson.figure.getByText('Covered, because it would tell.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Figure as CSV' })).toBeDisabled();
	await expect(lesson.figure.locator('table')).toBeHidden();
	const card = page.locator('section', { has: page.getByRole('heading', { name: 'Predict, then look' }) });
	await card.getByRole('radio').first().check();
	await card.getByRole('button', { name: 'Ask the model' }).click();
	await expect(lesson.figure.locator('table')).toBeVisible({ timeout: 45_000 });
});
