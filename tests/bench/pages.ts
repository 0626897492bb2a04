import { chromium, type LaunchOptions } from 'playwright';
import type { Sent } from '../../scripts/lib/shipped.ts';
import { inTurn, type Side } from './engines.ts';
import { serveLogged, type LoggedSite } from './logged-site.ts';
import { watchOpening, type Milestone, type Signs, type Watched } from './watch-opening.ts';

/** A page that is opened, of whichever commit. */
export interface MeasuredPage {
	readonly name: 'home' | 'chapter';
	/** From the root of the site. */
	readonly path: string;
	readonly signs: Signs;
	/** With these it has opened. */
	readonly ends: readonly Milestone[];
}

const FIGURE = 'aside .figure > figure[aria-busy="false"]';

export const PAGES: readonly MeasuredPage[] = [
	{
		name: 'home',
		path: '',
		signs: { picture: 'main figure img ~ svg path:last-child', live: null },
		ends: ['overlay', 'live']
	},
	{
		name: 'chapter',
		path: 'learn/attention/',
		signs: { picture: FIGURE, live: `${FIGURE}:not(:has(.recorded))` },
		ends: ['live']
	}
];

/** Milliseconds after which a browser has started. */
const SETTLES = 3000;

/** One opening in a browser that has never seen the site. */
export interface Opening extends Watched {
	readonly sent: readonly Sent[];
}

/** The same place in both sides is the same turn; `other` is empty without another site. */
export type Openings = Readonly<Record<Side, readonly Opening[]>>;

/**
 * Opens pages of one or two built sites, in turn, each time in a fresh browser.
 * @param builds folders of built sites
 */
export async function measurePages(
	builds: Readonly<Partial<Record<Side, string>>>,
	launch: LaunchOptions,
	turns: number
): Promise<Record<MeasuredPage['name'], Openings>> {
	const sides = (['this', 'other'] as const).filter((side) => builds[side] !== undefined);
	const sites = await Promise.all(sides.map(async (side) => [side, await serveLogged(builds[side] ?? '')] as const));
	const found = { home: { this: [], other: [] }, chapter: { this: [], other: [] } } as Record<
		MeasuredPage['name'],
		Record<Side, Opening[]>
	>;
	try {
		// Before those that count, once: what lies on the disk is in memory then, for both.
		for (let turn = -1; turn < turns; turn++) {
			for (const page of PAGES) {
				for (const side of inTurn(sides, turn + 1)) {
					const site = new Map(sites).get(side);
					const opening = site && (await open(page, site, launch));
					if (opening && turn >= 0) found[page.name][side].push(opening);
				}
			}
		}
	} finally {
		for (const [, site] of sites) site.close();
	}
	return found;
}

async function open({ path, signs, ends }: MeasuredPage, site: LoggedSite, launch: LaunchOptions): Promise<Opening> {
	const browser = await chromium.launch(launch);
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
		// The compiler of this command names functions by a helper that pages don't have.
		await page.addInitScript('globalThis.__name = (made) => made');
		await page.addInitScript(watchOpening, signs);
		// A browser goes on starting for a second or two, on every core that there is, and readers' have long done so.
		await page.waitForTimeout(SETTLES);
		site.take();
		await page.goto(`${site.url}${path}`);
		await page.waitForFunction((wanted) => wanted.every((name) => name in window.watched().times), ends, {
			timeout: 120_000
		});
		const watched = await page.evaluate(() => window.watched());
		return { ...watched, sent: site.take() };
	} finally {
		await browser.close();
	}
}
