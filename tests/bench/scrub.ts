import type { Browser, Page } from 'playwright';
import { serveLogged } from './logged-site.ts';
import { scrubOnce } from './scrub-loop.ts';
import { inTurn } from './engines.ts';

/** Frames while the film of the chapter on attention is drawn back and forth, and those of an empty page. Milliseconds. */
export interface ScrubTimes {
	/** A list of frames for each turn. */
	readonly film: readonly (readonly number[])[];
	readonly empty: readonly (readonly number[])[];
}

const EMPTY = '/empty';
export const SLIDER = '.film input[type=range]';
const WAIT = { timeout: 120_000 };

/** Steps of the film's slider, of which each is a frame. */
const STEPS = 120;

/** Draws the film of a built site, in turn with an empty page of the same server that only counts frames. */
export async function measureScrub(browser: Browser, build: string, turns: number): Promise<ScrubTimes> {
	const site = await serveLogged(build, EMPTY);
	const times = { film: [] as number[][], empty: [] as number[][] };
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	try {
		const pages = { film: await openFilm(await context.newPage(), site.url), empty: await context.newPage() };
		await pages.empty.goto(new URL(EMPTY, site.url).href);
		for (let turn = -1; turn < turns; turn++) {
			for (const side of inTurn(['film', 'empty'] as const, turn + 1)) {
				await pages[side].bringToFront();
				const frames = await pages[side].evaluate(scrubOnce, { selector: SLIDER, steps: STEPS });
				if (turn >= 0) times[side].push(frames);
			}
		}
		return times;
	} finally {
		await context.close();
		site.close();
	}
}

/** The film of this page's own run, once its head has been found. */
async function openFilm(page: Page, site: string): Promise<Page> {
	// With a backend that is asked for, no other is measured meanwhile.
	await page.goto(`${site}learn/attention/?backend=wasm#real`);
	await page.locator('aside .figure > figure:not(:has(.recorded))').waitFor(WAIT);
	await page.locator('.film', { hasText: 'The page chose this head' }).waitFor(WAIT);
	return page;
}
