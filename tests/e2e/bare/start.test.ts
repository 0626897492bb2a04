import { readFileSync } from 'node:fs';
import { CHROMIUM_ARGS, launchWith } from '../../../scripts/lib/chromium.js';
import { expect, test } from '../fixtures';
import { upload, plain } from '../pictures';

/** As somebody who comes for the first time, whose browser has all that a page may ask of it. */
test.use({ fresh: true, launchOptions: launchWith(CHROMIUM_ARGS) });

for (const path of ['', 'inspect/', 'models/', 'gallery/', 'about/']) {
	test(`/${path} asks nobody but its own site for anything`, async ({ page, context, site }) => {
		const asked = new Set<string>();
		context.on('request', (request) => asked.add(new URL(request.url()).origin));
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		// The gallery shows progress that never ends.
		if (path !== 'gallery/') await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 45_000 });
		await page.waitForLoadState('networkidle');
		expect([...asked].filter((origin) => /^https?:/.test(origin))).toEqual([new URL(site).origin]);
	});
}

test('the sample image is classified as its list records it', async ({ inspect }) => {
	const list = JSON.parse(readFileSync('static/samples/samples.json', 'utf8')) as {
		samples: { id: string; models: Record<string, [number, string, number][]> }[];
	};
	const recorded = list.samples.find(({ id }) => id === 'golf-ball')?.models['patchwork-t'] ?? [];
	await inspect.open({ sample: 'golf-ball' });
	const guesses = await inspect.guesses();
	expect(guesses.slice(0, 3).map(({ label }) => label)).toEqual(recorded.slice(0, 3).map(([, label]) => label));
	expect(Math.abs((guesses[0]?.probability ?? NaN) - (recorded[0]?.[2] ?? NaN))).toBeLessThan(0.03);
	await expect(inspect.predictions).toContainText(
		'Patchwork-T: right at its first guess on 73 % of 1000 photos that it was not trained on; ViT-Tiny on 80 %.'
	);
});

test('the first page shows a live result, and leads a dropped photo to the inspector', async ({ page, inspect }) => {
	await page.goto('./');
	await inspect.shows(/golf ball/);
	await inspect.hover(7, 7);
	await expect(inspect.tip).toContainText('Row 7, column 7. Of the patches, most to');
	await inspect.drop(await upload('mine', plain('red')));
	await page.waitForURL('**/inspect/**');
	await inspect.shows('Your photo, mine.png');
});

test('the first page says that there are more samples, and what the pointer does, and keeps its photo’s size', async ({
	page,
	inspect
}) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.goto('./');
	await inspect.shows(/golf ball/);
	const last = page.getByRole('list', { name: 'Sample images' }).getByRole('button').last();
	await expect(last).not.toBeInViewport();
	await page.getByRole('button', { name: 'More sample images' }).click();
	await expect(last).toBeInViewport();
	await expect(page.getByRole('button', { name: 'More sample images' })).toHaveCount(0);
	const photo = (name: RegExp) => page.getByRole('slider', { name }).boundingBox();
	const looked = await photo(/on the photo/);
	await expect(page.getByText('Move over the picture')).toBeVisible();
	await page.getByRole('radio', { name: 'Hide parts of the photo' }).check();
	await expect(page.getByText('Paint over the picture')).toBeVisible();
	await expect(page.getByText('Move over the picture')).toHaveCount(0);
	expect((await photo(/^Brush on the photo/))?.width).toBe(looked?.width);
});

for (const path of ['', 'learn/attention/', 'de/']) {
	test(`/${path} has its engine, its model and its photo on their way before any of its own scripts`, async ({
		page,
		site
	}) => {
		let release = () => {};
		const held = new Promise<void>((done) => (release = done));
		await page.route('**/_app/immutable/entry/**', (route) => held.then(() => route.continue()));
		const weights = page.waitForRequest('**/patchwork-t/model.safetensors');
		// The engine asks for the photo; pages do, too, later.
		const photo = page.waitForRequest('**/samples/golf-ball.webp');
		const opened = page.goto(path);
		expect((await weights).url()).toBe(new URL('models/patchwork-t/model.safetensors', site).href);
		await photo;
		expect(page.workers().map((worker) => worker.url())).toEqual([expect.stringContaining('/engine.worker-')]);
		release();
		await opened;
	});
}

test('the page goes on with the engine that it began with, and fetches the model once', async ({ page, inspect }) => {
	await page.addInitScript(() => {
		const made: (string | undefined)[] = [];
		window.Worker = class extends Worker {
			constructor(url: string | URL, options?: WorkerOptions) {
				super(url, options);
				made.push(options?.name);
			}
		};
		Object.assign(window, { workersMade: made });
	});
	const weights: string[] = [];
	page.on('request', (request) => request.url().endsWith('.safetensors') && weights.push(request.url()));
	await page.goto('inspect/');
	await inspect.shows(/golf ball/);
	const made = await page.evaluate(() => (window as unknown as { workersMade: string[] }).workersMade);
	const [begun, ...more] = made.filter((name) => name.startsWith('patchwork-engine'));
	expect(more).toEqual([]);
	// Its name says where the photo lies, which so is on its way before the site's list of samples is.
	const { samples } = (await (await page.request.get('samples/samples.json')).json()) as {
		samples: { file: string }[];
	};
	expect(new URLSearchParams(begun?.split('?')[1]).get('photo')).toBe(samples[0]?.file);
	expect(weights).toHaveLength(1);
	expect(await page.evaluate(() => globalThis.patchworkEngine)).toBeUndefined();
});

test('a page that runs no model starts no engine', async ({ page }) => {
	await page.goto('about/');
	await page.waitForLoadState('networkidle');
	expect(page.workers()).toEqual([]);
});

test('an address that is not there says so', async ({ page, problems }) => {
	const response = await page.goto('no-such-page');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Inspect a photo' })).toBeVisible();
	// It is in the other language as little, so the way there is to that one's beginning; the same from the other's folder.
	for (const missing of ['no-such-page', 'de/no-such-page']) {
		await page.goto(missing);
		await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
		const other = page.getByRole('banner').getByRole('link', { name: 'Deutsch' });
		expect(await other.evaluate((link: HTMLAnchorElement) => link.pathname)).toBe('/de/');
		await other.click();
		await expect(page.locator('html')).toHaveAttribute('lang', 'de');
		await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
	}
	// The browser's own line about the status.
	problems.splice(0);
});
