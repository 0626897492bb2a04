import { expect, test } from '../e2e/fixtures';
import { CHAPTERS, LessonPage } from '../e2e/lesson-page';
import { measure, type Measured } from './measure';

/* Every step of the lesson, on a phone, a small screen and a large one: see README.md beside this. */

const SIZES = [
	{ width: 360, height: 740 },
	{ width: 1280, height: 800 },
	{ width: 1920, height: 1080 }
] as const;
type Size = (typeof SIZES)[number];

/** Figures that are lists, longer than a window can be: they are scrolled, with nothing over their edge. */
const LISTS = ['breaks-all'];

/** Of a phone's height, what the rest of the page takes when the figure is enlarged. */
const BESIDE_ENLARGED = 128;

/** What is wrong with a figure at a size, in words. */
function faultsOf(step: string, { width }: Size, seen: Measured): string[] {
	const isPhone = width < 960;
	const isList = LISTS.includes(step);
	return [
		seen.faded && 'its edge is faded',
		seen.cut.length > 0 && `cut: ${seen.cut.join(', ')}`,
		!isPhone && !isList && seen.below > 2 && `${seen.below} px lie below its frame`,
		isPhone && seen.below > 8 && !seen.offered && 'nothing offers the rest of it',
		isPhone &&
			!isList &&
			seen.picture > seen.window - BESIDE_ENLARGED &&
			`a picture of ${seen.picture} px fits no view`,
		width >= 1900 && seen.taken < seen.room / 2 && `takes ${Math.round(seen.taken)} of ${Math.round(seen.room)} px`
	].filter((fault) => fault !== false);
}

/** The sizes at which a step is looked at: one, by turns, or all of them. @param place of the step in the whole lesson */
const sizesOf = (place: number): readonly Size[] =>
	process.env['STEPS'] === 'all' ? SIZES : SIZES.filter((_, i) => i === place % SIZES.length);

test('every figure is seen whole, and takes its part of a large window', async ({ page }) => {
	test.setTimeout(1_200_000);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const lesson = new LessonPage(page);
	await lesson.open(CHAPTERS[0] ?? '');
	let places = 0;
	for (const chapter of CHAPTERS) {
		await visit(chapter);
		const steps = (await lesson.parts()).slice(0, -1).map((id) => ({ id, sizes: sizesOf(places++) }));
		for (const size of SIZES) {
			const looked = steps.filter(({ sizes }) => sizes.includes(size));
			if (looked.length > 0) await page.setViewportSize(size);
			for (const { id } of looked) {
				await page.locator(`[id="${id}"]`).evaluate((part) => part.scrollIntoView());
				const faults = faultsOf(id, size, await page.evaluate(measure, id));
				expect.soft(faults, `${chapter}#${id} at ${size.width} × ${size.height}`).toEqual([]);
			}
		}
	}

	/** From chapter to chapter as a reader goes, so that the model stays and is loaded once. */
	async function visit(chapter: string): Promise<void> {
		const own = page.locator('nav[aria-label="Chapters"] ol > li > a').nth(CHAPTERS.indexOf(chapter));
		await own.evaluate((one: HTMLAnchorElement) => one.click());
		await expect(own).toHaveAttribute('aria-current', 'page');
	}
});
