import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test, type Locator, type Page } from 'playwright/test';

/** How the gallery is looked at. */
export interface Look {
	readonly name: string;
	readonly colorScheme: 'light' | 'dark';
	/** Of the window, in pixels. */
	readonly width: number;
}

const lookOf = (colorScheme: Look['colorScheme'], width: number): Look => ({
	name: `${colorScheme}-${width}`,
	colorScheme,
	width
});

export const LOOKS = [lookOf('light', 360), lookOf('dark', 360), lookOf('light', 1280), lookOf('dark', 1280)] as const;

const marks = readdirSync('src/lib/marks')
	.filter((name) => name.endsWith('.specimen.ts'))
	.map((name) => name.replace('.specimen.ts', ''));
const figures = readdirSync('src/lib/figures').filter((name) => existsSync(`src/lib/figures/${name}/specimens.ts`));

/**
 * How far a screenshot may be from the one before. A colour may differ by what rounding makes, about two steps of 255, and
 * the edges of letters in a few pixels, as from one version of the browser to the next.
 */
export const TOLERANCE = { threshold: 0.01, maxDiffPixels: 4 };

/** Whether every look was asked for, by `npm run test:looks`. */
const ALL = process.env['LOOKS'] === 'all';

/** Which browser drew the screenshots. */
const MADE_WITH = 'tests/looks/baselines/made-with.json';

/**
 * Call first in a test that compares screenshots. Where another browser, or another system's letters, would draw them the
 * test is reported as skipped, but for `npm run test:looks`, which was asked to compare; where they are renewed, the browser
 * is written down.
 */
export function needsItsBrowser(version: string): void {
	// The last number counts mends of faults, with every one of which Debian renews it.
	const here = `Chromium ${version.replace(/\.\d+$/, '')} on ${process.platform}`;
	if (test.info().config.updateSnapshots !== 'none') {
		mkdirSync(dirname(MADE_WITH), { recursive: true });
		writeFileSync(MADE_WITH, `{ "browser": ${JSON.stringify(here)} }\n`);
	}
	const { browser } = JSON.parse(readFileSync(MADE_WITH, 'utf8')) as { browser: string };
	test.skip(!ALL && browser !== here, `the screenshots are of ${browser}, and this is ${here}`);
}

export type Room = 'marks' | 'figures';

/** What the gallery shows alone when it is asked to, in an order that is the same everywhere. */
export const PARTS: Readonly<Record<Room, readonly string[]>> = {
	marks: [...marks.sort(), 'Controls', 'Tokens'],
	figures: figures.sort()
};

/**
 * The specimens of a part that are taken in a look: each in one look, by turns, and the small ones, which are not
 * figures, in all of them where all were asked for.
 */
export function inLook(room: Room, part: string, names: readonly string[], look: Look): string[] {
	const all = room === 'marks' && ALL;
	return names.filter((name) => all || turnOf(part, name) === look);
}

/** The look whose turn a specimen has: by its name, so that no other's changes when one is added. */
function turnOf(part: string, name: string): Look | undefined {
	return LOOKS[createHash('sha256').update(`${part}/${name}`).digest().readUInt8() % LOOKS.length];
}

/** The screenshot of a specimen, as a path under `baselines`. */
export const screenshotOf = (part: string, name: string, look: Look) => [part, `${name}.${look.name}.png`];

/** The gallery, one part of it after another. */
export class GalleryPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Sets how everything looks from now on. */
	async as({ colorScheme, width }: Look): Promise<void> {
		await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await this.page.setViewportSize({ width, height: 1000 });
	}

	/** Shows a part alone, drawn anew, and waits until all of it is there; the page is loaded for the first part only. */
	async show(part: string): Promise<void> {
		await this.page.goto('gallery/#of=nothing');
		await this.page.goto(`gallery/#of=${part}`);
		await expect(this.page.locator(`[data-of="${part}"]`)).toBeVisible();
	}

	/** The names of the specimens that are shown. */
	names(): Promise<string[]> {
		return this.page
			.locator('[data-specimen]')
			.evaluateAll((all) => all.map((one) => one.getAttribute('data-specimen') ?? ''));
	}

	/** A specimen, alone on its page, when all of it is drawn; a figure is, as soon as it comes near. */
	async specimen(name: string): Promise<Locator> {
		const specimen = this.page.locator(`[data-specimen="${name}"]`);
		// What stands in the header of all pages is no part of a specimen's look, by its height neither.
		await this.page
			.locator('body header')
			.first()
			.evaluate((header) => (header.style.display = 'none'));
		// One above it that is drawn only now would move it.
		await this.page.locator('[data-specimen]').evaluateAll((all, shown) => {
			for (const one of all) {
				const isShown = one.getAttribute('data-specimen') === shown;
				one.closest('figure')?.style.setProperty('display', isShown ? 'flex' : 'none');
			}
		}, name);
		await specimen.scrollIntoViewIfNeeded();
		await expect(specimen.locator('> *')).not.toHaveCount(0);
		await expect(specimen.locator('[aria-busy=true]')).toHaveCount(0);
		await specimen.evaluate(onWholePixels);
		return specimen;
	}
}

/**
 * Moves an element by less than a pixel, so that it begins on one: what stands above it must not change how its letters
 * are smoothed, nor the size of its screenshot.
 */
function onWholePixels(element: HTMLElement | SVGElement): void {
	const { left, top } = element.getBoundingClientRect();
	element.style.position = 'relative';
	element.style.left = `${Math.ceil(left) - left}px`;
	element.style.top = `${Math.ceil(top) - top}px`;
}
