import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';
import { LessonPage } from '../lesson-page';
import { quarters, upload } from '../pictures';

/*
 * The chapters on ViT and CNN with both running: Patchwork-C comes when it is asked for, beside the model in use, and sees
 * the very same pixels.
 */

const CHAPTER = 'vit-and-cnn';
const PATIENCE = { timeout: 60_000 };

test('the CNN runs beside the ViT, and what its unit uses follows the patch', async ({ page }) => {
	const lesson = new LessonPage(page);
	const asked: string[] = [];
	page.on('request', (request) => void asked.push(request.url()));
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.goto(`learn/${CHAPTER}/#field`);
	await lesson.isLive();
	const isAsked = () => asked.some((url) => url.includes('patchwork-c/model'));
	expect(isAsked()).toBe(false);
	await lesson.figure.getByRole('button', { name: 'Run the CNN on this photo' }).click();
	const computed = lesson.figure.getByText(/Computed: each patch’s share of this unit’s effective field/);
	await expect(computed).toBeVisible(PATIENCE);
	expect(isAsked()).toBe(true);
	const before = await computed.innerText();
	await lesson.figure.getByLabel('Patchwork-C at').selectOption('The last layer');
	await expect(computed).not.toHaveText(before, PATIENCE);
	await expect(computed).toContainText('491 × 491 px', PATIENCE);
	await scan(page, 'both fields');
});

test('one change, both networks, by keyboard on a phone: guessed, measured, and done to one’s own photo', async ({
	page
}) => {
	const lesson = new LessonPage(page);
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto(`learn/${CHAPTER}/#breaks`);
	await lesson.isLive();
	await lesson.give(await upload('four-quarters', quarters(), 'png'));
	const breaks = lesson.figure.locator('[data-change]');
	await lesson.figure.getByLabel('What is done to the photo').selectOption('move-8');
	await expect(breaks).toHaveAttribute('data-change', 'move-8');
	await expect(breaks).not.toContainText('Recorded');
	const radio = lesson.figure.getByRole('radio', { name: 'Both alike' });
	await radio.focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(breaks).toHaveAttribute('data-guess', 'vit');
	await expect(breaks).toContainText('You said: the ViT');
	await expect(breaks).toContainText('of 250 photos');
	await expect(breaks.getByRole('status').first()).toBeFocused();
	const slider = lesson.figure.getByRole('slider', { name: 'To the right, in pixels' });
	await slider.focus();
	await slider.press('End');
	await expect(slider).toHaveAttribute('aria-valuetext', '32');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	const both = breaks.locator('.both');
	await expect(both.getByRole('heading')).toHaveText(['Patchwork-C', 'Patchwork-T'], PATIENCE);
	await expect(both.locator('.said')).toHaveText([/says “/, /says “/]);
	expect(await isTooWide(page)).toBe(false);
	await scan(page, 'both answers');
	await page.goto(`learn/${CHAPTER}/#breaks-all`);
	const all = lesson.figure.locator('[data-made]');
	await expect(all).toHaveAttribute('data-made', '0');
	await lesson.figure.getByRole('button', { name: 'Show everything' }).press('Enter');
	await expect(all.getByRole('row')).toHaveCount(1 + 1 + 17);
	expect(await isTooWide(page)).toBe(false);
});

test('both networks are measured on the samples and the reader’s photo, and that can be stopped', async ({ page }) => {
	const lesson = new LessonPage(page);
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.goto(`learn/seeing-alike/#alike-found`);
	await lesson.isLive();
	const view = lesson.figure.locator('[data-view]');
	await expect(view).toHaveAttribute('data-photos', '250');
	const measure = lesson.figure.getByRole('button', { name: 'Measure it here' });
	await measure.click();
	// The photo on show is one of the fourteen samples.
	await expect(lesson.figure.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /of 14 runs/, PATIENCE);
	await lesson.figure.getByRole('button', { name: 'Cancel' }).click();
	await expect(lesson.figure.getByRole('progressbar')).toHaveCount(0);
	await expect(view).toHaveAttribute('data-photos', '250');
	await measure.click();
	await expect(view).toHaveAttribute('data-photos', '14', { timeout: 150_000 });
	await expect(lesson.figure.getByRole('status')).toContainText('Most alike are');
	await lesson.figure.getByRole('radio', { name: 'Shortcuts' }).check({ force: true });
	await expect(view).toHaveAttribute('data-view', 'shortcuts');
	await lesson.figure.getByRole('button', { name: 'Back to the recording' }).click();
	await expect(view).toHaveAttribute('data-photos', '250');
});
