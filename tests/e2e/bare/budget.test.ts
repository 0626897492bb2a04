import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '../fixtures';
import { CHAPTERS } from '../lesson-page';

/* What a page of the built site sends before it shows something: counted on the files themselves, compressed as a host does. */

/** Bytes of a page and the styles that it waits for: with these it is painted, in the reader's own letters until ours come. */
const FIRST_PAINT = 150_000;
/** Bytes of all scripts that it names, and how many files they are: a browser asks for a handful at a time. */
const SCRIPTS = 280_000;
const FILES = 16;

const fileOf = (page: string) =>
	[`build/${page}/index.html`, `build/${page}.html`].find((file) => existsSync(file)) ?? `build/${page}/index.html`;

/** Compressed bytes of a page's html, its styles and its scripts. */
function weightOf(page: string): { html: number; styles: number; scripts: number; files: number } {
	const file = fileOf(page);
	const html = readFileSync(file);
	const linked = (ending: string) => {
		const found = [...html.toString().matchAll(new RegExp(`(?:href|src)="([^"]+\\.${ending})"`, 'g'))];
		return [...new Set(found.map(([, address = '']) => join(dirname(file), address)))];
	};
	const weigh = (files: readonly string[]) => files.reduce((sum, one) => sum + gzipSync(readFileSync(one)).length, 0);
	const scripts = linked('js');
	return { html: gzipSync(html).length, styles: weigh(linked('css')), scripts: weigh(scripts), files: scripts.length };
}

test('a chapter is painted from at most 150 kB, and names no more scripts than it did, in a dozen files', () => {
	for (const slug of CHAPTERS) {
		const { html, styles, scripts, files } = weightOf(`learn/${slug}`);
		expect(styles, `${slug} has styles`).toBeGreaterThan(1000);
		expect(html + styles, `${slug}: html and styles`).toBeLessThan(FIRST_PAINT);
		expect(scripts, `${slug}: scripts`).toBeLessThan(SCRIPTS);
		expect(files, `${slug}: files of scripts`).toBeLessThanOrEqual(FILES);
	}
});

test('the home page paints its first picture from at most 150 kB, of html and styles alone', async ({
	browser,
	site
}) => {
	const page = await browser.newPage();
	const sent: Promise<number>[] = [];
	// Scripts and all the rest never come.
	await page.route('**/*', async (route) => {
		if (!['document', 'stylesheet'].includes(route.request().resourceType())) return;
		const response = await route.fetch();
		sent.push(response.body().then((body) => gzipSync(body).length));
		await route.fulfill({ response });
	});
	await page.goto(site, { waitUntil: 'commit' });
	const { map, time } = await page.evaluate(
		() =>
			new Promise<{ map: number; time: number }>((resolve) => {
				new PerformanceObserver((list) => {
					for (const { element, startTime: time } of list.getEntries() as (PerformanceEntry & {
						element?: Element;
					})[]) {
						if (element?.matches('figure img'))
							resolve({ map: document.querySelectorAll('figure img ~ svg path').length, time });
					}
				}).observe({ type: 'largest-contentful-paint', buffered: true });
			})
	);
	expect(map, 'tiles of the map over the photo').toBeGreaterThan(100);
	expect(time).toBeGreaterThan(0);
	const bytes = (await Promise.all(sent)).reduce((sum, one) => sum + one, 0);
	expect(bytes).toBeGreaterThan(10_000);
	expect(bytes).toBeLessThan(FIRST_PAINT);
	await page.close();
});
