import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type LaunchOptions, type Page } from 'playwright';
import { median } from '../../scripts/lib/median.ts';
import { siteHandler } from '../../scripts/lib/serve.js';

/** How the built site feels, in milliseconds. */
export interface SiteResult {
	/** From the start of the navigation, in a Chromium that has never seen the site, to the first prediction shown. */
	readonly firstResult: number;
	readonly firstResults: readonly number[];
	/** From a move of the pointer over the photo to the overlay's drawing: the median, and the slowest of them. */
	readonly hover: number;
	readonly slowestHover: number;
	/** Moves that were answered within one frame at 60 Hz, of how many. */
	readonly withinFrame: number;
	readonly moves: number;
}

/** The page sets it when the sample image's predictions are on screen. */
const FIRST_RESULT = 'patchwork:first-result';
const FRAME_MS = 1000 / 60;
const OPENINGS = 3;
const MOVES = 40;

/** Opens the built site's inspector a few times, each time in a fresh Chromium, and moves the pointer over its photo. */
export async function measureSite(build: string, launch: LaunchOptions): Promise<SiteResult> {
	const server = createServer(siteHandler(build));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const site = `http://localhost:${(server.address() as AddressInfo).port}/`;
	const firstResults: number[] = [];
	let hovers: number[] = [];
	for (let i = 0; i < OPENINGS; i++) {
		const browser = await chromium.launch(launch);
		try {
			const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
			firstResults.push(await openInspector(page, site));
			hovers = await hoverTimes(page);
		} finally {
			await browser.close();
		}
	}
	server.close();
	return {
		firstResult: Math.round(median(firstResults)),
		firstResults: firstResults.map(Math.round),
		hover: Number(median(hovers).toFixed(1)),
		slowestHover: Number(Math.max(...hovers).toFixed(1)),
		withinFrame: hovers.filter((time) => time <= FRAME_MS).length,
		moves: hovers.length
	};
}

async function openInspector(page: Page, site: string): Promise<number> {
	await page.addInitScript(timeDrawing);
	await page.goto(`${site}inspect/`);
	const mark = await page.waitForFunction((name) => performance.getEntriesByName(name)[0]?.startTime, FIRST_RESULT);
	return (await mark.jsonValue()) ?? NaN;
}

/** Runs in the page before its own code: notes how long after a move of the pointer something is drawn on a canvas. */
function timeDrawing(): void {
	const times: number[] = [];
	let moved: number | null = null;
	Object.assign(globalThis, { hoverTimes: times });
	addEventListener('pointermove', (event) => (moved = event.timeStamp), { capture: true });
	const prototype = CanvasRenderingContext2D.prototype;
	const { putImageData } = prototype;
	// The marks draw their maps with it.
	prototype.putImageData = function (this: CanvasRenderingContext2D, ...drawn: unknown[]) {
		Reflect.apply(putImageData, this, drawn);
		if (moved !== null) times.push(performance.now() - moved);
		moved = null;
	};
}

/** Moves the pointer over the photo from patch to patch. @returns the time that each move took until it was drawn */
async function hoverTimes(page: Page): Promise<number[]> {
	const box = await page.getByRole('slider', { name: /query token/i }).boundingBox();
	if (!box) throw new Error('The inspector shows no photo to hover over.');
	for (let i = 0; i < MOVES; i++) {
		const along = (i + 0.5) / MOVES;
		await page.mouse.move(box.x + along * box.width, box.y + (0.5 + 0.4 * Math.sin(9 * along)) * box.height);
		await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
	}
	return page.evaluate(() => (globalThis as typeof globalThis & { hoverTimes: number[] }).hoverTimes);
}

/** A few lines for people. */
export function describeSite(result: SiteResult): string {
	return [
		`the built site, opened in a fresh Chromium ${result.firstResults.length} times`,
		`  first result after ${result.firstResult} ms (${result.firstResults.join(', ')})`,
		`  hover drawn after ${result.hover} ms, at most ${result.slowestHover}; ${result.withinFrame} of ${result.moves} within a frame`
	].join('\n');
}
