import type { Page } from 'playwright/test';
import { expect, test } from '../e2e/fixtures';
import { flatPhoto } from './flat-photo';
import { GalleryPage, LOOKS, needsItsBrowser, screenshotOf } from './gallery-page';

/* That the comparison fails when it should: a mark one pixel beside its place, or one colour a little off. */

/** Marks of all kinds, from a thin line to a whole photo, and a colour that each draws with. */
const MARKS = [
	{ part: 'CellMark', colour: '--query' },
	{ part: 'ShareBar', colour: '--cls' },
	{ part: 'VectorBars', colour: '--residual' },
	{ part: 'LinePlot.svg', colour: '--cls' },
	{ part: 'PhotoOverlay.canvas', colour: '--query' },
	{ part: 'TokenStrip', colour: '--query' }
] as const;

/** Marks are taken in every look. */
const [LOOK] = LOOKS;

/** Moves what is drawn, and nothing around it. */
const moved = (by: string) => `[data-specimen] > * { translate: ${by} !important }`;

/** Darkens one colour of all by a twentieth. */
async function darkened(page: Page, token: string): Promise<string> {
	const was = await page.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name), token);
	return `:root { ${token}: color-mix(in srgb, ${was} 95%, black) !important }`;
}

/** Has the page wear these rules and no other of ours: as a sheet that is made, for the page's policy takes no styles in it. */
const wear = (page: Page, rules: string) =>
	page.evaluate((text) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(text);
		document.adoptedStyleSheets = [sheet];
	}, rules);

for (const { part, colour } of MARKS) {
	test(`${part} is told from itself one pixel away, and in another ${colour}`, async ({ page, browser }) => {
		needsItsBrowser(browser.version());
		const { config } = test.info();
		test.info().skip(config.updateSnapshots !== 'none', 'while screenshots are renewed, none is compared');
		const gallery = new GalleryPage(page);
		await flatPhoto(page);
		await gallery.as(LOOK);
		await gallery.show(part);
		const [name = ''] = await gallery.names();
		const specimen = await gallery.specimen(name);
		const shot = () => specimen.screenshot({ animations: 'disabled' });
		const before = screenshotOf(part, name, LOOK);
		expect(await shot()).toMatchSnapshot(before);
		for (const spoilt of [moved('1px 0'), moved('0 1px'), await darkened(page, colour)]) {
			await wear(page, spoilt);
			const other = await shot();
			expect(() => expect(other).toMatchSnapshot(before), spoilt).toThrow(/pixels/);
			await wear(page, '');
		}
	});
}
