import { isTooWide, scan } from '../axe';
import { expect, test } from '../fixtures';
import { CHAPTERS, isOfNoTap, LessonPage } from '../lesson-page';
import { quarters, upload } from '../pictures';

/** The chapters are read in so many parts, side by side. */
const PARTS = 4;

const partOf = (at: number) => Math.floor((at * PARTS) / CHAPTERS.length);

test.describe.configure({ mode: 'parallel' });

for (let part = 0; part < PARTS; part++) {
	const chapters = CHAPTERS.filter((_, at) => partOf(at) === part);
	const span = `the chapters from ${chapters[0]} to ${chapters.at(-1)}`;

	test(`${span} can be read by keyboard on a phone, in the dark`, async ({ page }) => {
		const lesson = new LessonPage(page);
		await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
		await page.setViewportSize({ width: 360, height: 740 });
		await lesson.open(chapters[0] ?? '');
		await lesson.give(await upload('four-quarters', quarters(), 'png'));

		for (const slug of chapters) {
			await expect(page).toHaveURL(new RegExp(`learn/${slug}/`));
			await lesson.isLive();
			const [, ...steps] = await lesson.parts();
			for (const step of steps) {
				await lesson.next(step);
				await expect(lesson.figure, `${slug}#${step}`).toHaveAttribute('aria-busy', 'false');
				await expect(lesson.figure.getByRole('alert'), `${slug}#${step}`).toHaveCount(0);
				if (isOfNoTap(slug, step)) await expect(lesson.ledger, `${slug}#${step}`).toBeHidden();
				else await expect(lesson.ledger, `${slug}#${step}`).toContainText(/\d/);
				expect(await isTooWide(page), `sideways scrolling in ${slug}#${step}`).toBe(false);
			}
			await scan(page, `${slug} at its end`);
			const next = CHAPTERS[CHAPTERS.indexOf(slug) + 1];
			if (next === undefined) continue;
			await page.keyboard.press('ArrowRight');
			await expect(page).toHaveURL(new RegExp(`learn/${next}/`));
		}

		await page.goto('learn/');
		await expect(page.getByText(`You have read ${chapters.length} of ${CHAPTERS.length} chapters.`)).toBeVisible();
	});

	test(`${span} begin well on a laptop, in the light, and the model answers each prediction`, async ({ page }) => {
		const lesson = new LessonPage(page);
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await page.setViewportSize({ width: 1280, height: 800 });
		for (const slug of chapters) {
			await lesson.open(slug);
			await scan(page, `${slug} at its start`);
			expect(await isTooWide(page), `sideways scrolling in ${slug}`).toBe(false);
			// The one chapter without a prediction: what it tells of happens while a model learns.
			if (slug === 'deit') continue;
			const card = page.locator('section', { has: page.getByRole('heading', { name: 'Predict, then look' }) });
			await card.getByRole('radio').first().check();
			await card.getByRole('button', { name: 'Ask the model' }).click();
			await expect(card.locator('.verdict'), slug).toContainText(/\S/, { timeout: 45_000 });
			await expect(card.getByRole('alert'), slug).toHaveCount(0);
		}
	});
}
