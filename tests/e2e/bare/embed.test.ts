import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright/test';
import { scan } from '../axe';
import { expect, FAILED_REQUESTS, test } from '../fixtures';
import { InspectPage } from '../inspect-page';
import { quarters } from '../pictures';

/** Somebody's page at an origin of its own, with a frame as large as it is told to be. */
async function startBlog(): Promise<{ server: Server; address: string; write: (body: string) => void }> {
	let body = '';
	const server = createServer((_, response) => {
		response.setHeader('Content-Type', 'text/html');
		response.end(`<!doctype html><html lang="en"><title>A blog</title><h1>A blog</h1>${body}<script>
			window.heard = [];
			addEventListener('message', ({ data, source }) => {
				if (data.source !== 'patchwork' || data.type !== 'size') return;
				window.heard.push(data);
				for (const frame of document.querySelectorAll('iframe'))
					if (frame.contentWindow === source) frame.height = data.height;
			});
		</script></html>`);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		server,
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		write: (text) => void (body = text)
	};
}

/** Has every page and frame write down what it asks of the browser's storage. Of the session's, the router keeps places. */
const watchStorage = () => {
	const touched: string[] = [];
	Object.assign(window, { touched });
	const note = (object: object, names: string[], isIt: (one: unknown) => boolean = () => true) => {
		for (const name of names) {
			const before = Reflect.get(object, name) as (...args: unknown[]) => unknown;
			Reflect.set(object, name, function (this: unknown, ...args: unknown[]) {
				if (isIt(this)) touched.push(`${name} ${String(args[0])}`);
				return before.apply(this, args);
			});
		}
	};
	note(Storage.prototype, ['getItem', 'setItem', 'removeItem', 'clear'], (one) => one === localStorage);
	note(IDBFactory.prototype, ['open', 'deleteDatabase']);
	note(CacheStorage.prototype, ['open', 'match', 'has', 'keys', 'delete']);
	note(StorageManager.prototype, ['getDirectory', 'persist']);
	note(ServiceWorkerContainer.prototype, ['register']);
};

const framed = async (page: Page): Promise<Frame> => {
	const frame = await (await page.locator('iframe').elementHandle())?.contentFrame();
	if (!frame) throw new Error('There is no frame.');
	return frame;
};

/** A frame by the words that an inspector is found by, too. */
const photoIn = (frame: Frame) => frame.getByRole('slider', { name: /^Query token on the photo: (?!no photo yet)/ });

test.use({ tolerated: FAILED_REQUESTS, fresh: true, permissions: ['clipboard-read', 'clipboard-write'] });

test('the code that the inspector copies shows the same in a page of another origin, which keeps nothing', async ({
	page,
	context,
	inspect,
	site
}) => {
	await inspect.open({ sample: 'hot-air-balloon', block: '3', head: '2', token: '30', opacity: '40' });
	await page.getByRole('button', { name: 'Copy the embed code' }).click();
	await expect(page.getByText('The code is copied: paste it into your page.')).toBeVisible();
	const code = await page.evaluate(() => navigator.clipboard.readText());
	const wanted = await inspect.result();
	const blog = await startBlog();
	// A browser that has not been on the site yet.
	const other = await context.browser()?.newContext();
	if (!other) throw new Error('There is no browser.');
	const there = await other.newPage();
	await there.addInitScript(watchStorage);
	try {
		blog.write(code);
		await there.goto(blog.address);
		const frame = await framed(there);
		// A frame is there before it has gone anywhere.
		await expect.poll(() => frame.url()).toContain(new URL(site).origin);
		await expect(photoIn(frame)).toHaveAttribute('aria-valuetext', wanted.map ?? '', { timeout: 90_000 });
		expect(await photoIn(frame).getAttribute('aria-label')).toBe(wanted.photo);
		await expect(frame.getByText(/^Block 3, head 2/)).toBeVisible();
		await expect(frame.locator('header, footer, nav')).toHaveCount(0);

		// As high as it says it is, so that nothing is scrolled.
		const box = () =>
			frame.evaluate(() => {
				const { width, height } = document.querySelector('figure')?.getBoundingClientRect() ?? new DOMRect();
				return { width: Math.ceil(width), height: Math.ceil(height) };
			});
		const told = () => there.evaluate(() => (window as unknown as { heard: object[] }).heard.at(-1));
		// What was running is told of, too, until it has run: the size is looked at anew each time.
		const isTold = async () => {
			const size = { source: 'patchwork', type: 'size', ...(await box()) };
			const height = Number(await there.locator('iframe').getAttribute('height'));
			return JSON.stringify([await told(), height]) === JSON.stringify([size, size.height]);
		};
		await expect.poll(isTold).toBe(true);

		// It goes on living there: by the keyboard as by the pointer.
		await photoIn(frame).press('ArrowRight');
		await expect(photoIn(frame)).toHaveAttribute('aria-valuenow', '31');
		const link = new URL(
			(await frame.getByRole('link', { name: 'Open in Patchwork' }).getAttribute('href')) ?? '',
			frame.url()
		);
		expect(link.pathname).toBe(`${new URL(site).pathname}inspect/`);
		expect(Object.fromEntries(link.searchParams)).toMatchObject({
			sample: 'hot-air-balloon',
			block: '3',
			head: '2',
			token: '31'
		});
		await scan(there, 'a blog');

		expect(await frame.evaluate(() => (window as unknown as { touched: string[] }).touched)).toEqual([]);
		await there.goto(`${site}models.json`);
		const left = await there.evaluate(async () => {
			const files: string[] = [];
			for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
			return [
				...files,
				...Object.keys(localStorage),
				...(await indexedDB.databases()).map(({ name }) => name),
				...(await caches.keys()),
				...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
				...document.cookie.split(';').filter(Boolean)
			];
		});
		expect(left).toEqual([]);
	} finally {
		await other.close();
		blog.server.close();
	}
});

test('a photo by its address is shown, its theme is told, and what cannot be had is said', async ({
	page,
	context,
	inspect
}) => {
	const address = 'https://photos.example/quarters.png';
	const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'image/png' };
	const body = await quarters().png().toBuffer();
	await context.route(address, (route) => route.fulfill({ headers, body }));
	await page.goto(`embed/?${new URLSearchParams({ address, overlay: 'photo', theme: 'dark' })}`);
	const shown = new InspectPage(page);
	await shown.shows('Your photo, quarters.png');
	expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
	const link = page.getByRole('link', { name: 'Open in Patchwork' });
	await page.goto((await link.getAttribute('href')) ?? '');
	await inspect.shows('Your photo, quarters.png');
	await expect.poll(() => new URL(page.url()).searchParams.get('address')).toBe(address);
	await inspect.button('Copy the link').click();
	await expect(page.getByText('The link is copied. The photo’s address is in the link.')).toBeVisible();

	// A port that no browser asks.
	await page.goto('embed/?address=http://127.0.0.1:9/no.png&model=vit-tiny');
	await shown.shows(/golf ball/);
	await expect(page.getByText(/The picture could not be fetched: .* is shown in its place\./)).toBeVisible();
	await expect(page.getByText(/is used in its place/)).toBeVisible();
});
