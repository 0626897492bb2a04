import { readFileSync } from 'node:fs';
import { MEASURED, QUESTION_IDS, type QuestionId } from '../../../src/lib/figures/guess/names';
import { expect, needsShared, test } from '../fixtures';
import { isTooWide, scan } from '../axe';
import { LessonPage } from '../lesson-page';
import { quarters, upload } from '../pictures';
import { bringSwin } from '../swin-file';

/*
 * The page of guesses, used as a reader does: by keyboard on a phone, and by mouse on a laptop. Patchwork-T runs on a
 * picture of our own; what was measured is the record's.
 */

const CHAPTER = 'what-would-you-guess';

/** What the page was built with. */
const { values } = JSON.parse(readFileSync('src/lib/figures/guess/measured.json', 'utf8')) as {
	values: Record<string, { value: number }>;
};
const percentOf = (id: QuestionId) => 100 * (values[MEASURED[id]]?.value ?? NaN);

/** A guess, made with the slider's own keys, and its answer. */
async function guess(lesson: LessonPage, value: number): Promise<void> {
	const slider = lesson.figure.getByRole('slider', { name: /^(Share of all|Photos on)/ });
	await slider.focus();
	await slider.press(value < 50 ? 'Home' : 'End');
	for (let at = value < 50 ? 0 : 100; at !== value; at += value < 50 ? 1 : -1)
		await slider.press(value < 50 ? 'ArrowRight' : 'ArrowLeft');
	await expect(slider).toHaveAttribute('aria-valuetext', `${value} %`);
	await lesson.page.keyboard.press('Tab');
	await lesson.page.keyboard.press('Enter');
	await expect(lesson.figure.getByRole('status').first()).toContainText(`You said ${value} %`);
	await expect(lesson.figure.getByRole('button', { name: 'Guess again' })).toBeFocused();
}

test('all ten are guessed by keyboard on a phone, and counted, also after the page was left', async ({ page }) => {
	const lesson = new LessonPage(page);
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await page.setViewportSize({ width: 360, height: 740 });
	await lesson.open(CHAPTER);
	const steps = await lesson.parts();
	const near = QUESTION_IDS.filter((id) => Math.abs(5 - percentOf(id)) <= 10).length;
	for (const [i, id] of QUESTION_IDS.entries()) {
		if (i > 0) await lesson.next(steps[i] ?? '');
		await expect(lesson.figure.locator('[data-question]')).toHaveAttribute('data-question', id);
		await expect(lesson.figure).not.toContainText('Recorded on');
		await guess(lesson, 5);
		await expect(lesson.figure).toContainText('250 photos with ViT-Tiny');
		expect(await isTooWide(page), id).toBe(false);
		// The reading goes on from outside of the figure.
		await lesson.figure.getByRole('button', { name: 'Guess again' }).blur();
	}
	await scan(page, 'a question that is answered');
	await lesson.next('summary');
	const score = lesson.figure.locator('[data-near]');
	await expect(score).toHaveAttribute('data-made', '10');
	await expect(score).toHaveAttribute('data-near', String(near));
	await expect(score.getByRole('status')).toContainText(`${near} of 10 within 10 points`);
	expect(await isTooWide(page)).toBe(false);
	await scan(page, 'the summary');
	await page.reload();
	await lesson.isLive();
	await expect(score).toHaveAttribute('data-made', '10');
	await score.getByRole('button', { name: 'Forget all guesses' }).click();
	await expect(score).toHaveAttribute('data-made', '0');
});

test('the model in use does the same to the reader’s photo, and says what has changed', async ({ page, engine }) => {
	const lesson = new LessonPage(page);
	await page.setViewportSize({ width: 1280, height: 1000 });
	await lesson.open(CHAPTER);
	const sample = await engine.newestRun();
	await lesson.give(await upload('four-quarters', quarters(), 'png'));
	await expect.poll(() => engine.newestRun(), { timeout: 45_000 }).toBeGreaterThan(sample);
	for (const id of ['start', 'attended', 'upside-down'] as const) {
		await page.goto(`learn/${CHAPTER}/#${id}`);
		await lesson.isLive();
		await guess(lesson, 90);
		await lesson.figure.getByRole('button', { name: 'Do it to my photo' }).click();
		const live = lesson.figure.locator('[data-live]');
		await expect(live.getByRole('status')).toContainText(/It still says|it now says/, { timeout: 45_000 });
		await expect(live.getByRole('list')).toHaveCount(2);
		await expect(live.getByRole('listitem')).toHaveCount(10);
		// The same button takes it back, and has kept the keyboard.
		await expect(live.getByRole('button', { name: 'Undo' })).toBeFocused();
	}
	await page.goto(`learn/${CHAPTER}/#centre`);
	await lesson.isLive();
	await guess(lesson, 90);
	await expect(lesson.figure.locator('[data-live]')).toContainText(
		/the brightest patch lies in row \d+, column \d+ of 14 × 14/
	);
	await lesson.figure.getByRole('button', { name: 'Guess again' }).click();
	await expect(lesson.figure.getByRole('slider', { name: /^(Share of all|Photos on)/ })).toHaveAttribute(
		'aria-valuetext',
		'90 %'
	);
});

test('a Swin in use does what it can, and says what it cannot', async ({ page, inspect }) => {
	needsShared();
	// What is clicked below has to be in sight: reaching for it would scroll the text to another step.
	await page.setViewportSize({ width: 1280, height: 1000 });
	await bringSwin(page);
	await page.getByRole('link', { name: 'In use: look at it' }).click();
	await expect(page.getByRole('heading', { name: 'How the map gets coarser' })).toBeVisible({ timeout: 45_000 });
	await inspect.settles();
	await page.getByRole('link', { name: 'Learn', exact: true }).click();
	await page
		.getByRole('link', { name: /What would you guess/ })
		.first()
		.click();
	const lesson = new LessonPage(page);
	await expect(lesson.figure).toHaveAttribute('aria-busy', 'false', { timeout: 45_000 });
	await guess(lesson, 90);
	await expect(lesson.figure).toContainText('The model in use adds no positions to its tokens');
	await lesson.figure.getByRole('button', { name: 'Guess again' }).blur();
	for (const step of (await lesson.parts()).slice(1, 4)) await lesson.next(step);
	await expect(lesson.figure.locator('[data-question]')).toHaveAttribute('data-question', 'last-block');
	await guess(lesson, 90);
	await lesson.figure.getByRole('button', { name: 'Do it to my photo' }).click();
	await expect(lesson.figure.locator('[data-live]').getByRole('status')).toContainText(/It still says|it now says/, {
		timeout: 45_000
	});
});
