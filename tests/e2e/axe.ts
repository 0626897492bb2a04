import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Finds nothing to object to at WCAG 2.2 AA. @param where for the report */
export async function scan(page: Page, where = ''): Promise<void> {
	// A colour on its way to another is nobody's contrast, nor is what is only fading in.
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.evaluate(async () => {
		const ends = ({ effect }: Animation) => effect?.getComputedTiming().endTime !== Infinity;
		const changing = document.getAnimations().filter(ends);
		await Promise.allSettled(changing.map(({ finished }) => finished));
	});
	// Without frames of other sites it can all be run in the page itself, which takes half the time; so does leaving out
	// what passed.
	const axe = new AxeBuilder({ page })
		.options({ resultTypes: ['violations'] })
		.withTags(TAGS)
		.setLegacyMode();
	const { violations } = await axe.analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
	expect.soft(found, where).toEqual([]);
}

/** Whether the page would scroll sideways. */
export async function isTooWide(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
