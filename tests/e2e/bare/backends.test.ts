import { WEBGPU_ARGS, CHROMIUM_ARGS, findChromium } from '../../../scripts/lib/chromium.js';
import { expect, test } from '../fixtures';
import type { InspectPage } from '../inspect_page';
import { quarters, upload } from '../pictures';

const summary = (inspect: InspectPage) => inspect.page.locator('summary').filter({ hasText: 'Runs on' });

/** Opens with a backend, with a photo of one's own, and loses the GPU. */
async function lose(inspect: InspectPage, loseGpu: () => Promise<void>, backend: string, next: string): Promise<void> {
	await inspect.open({ backend });
	await expect(summary(inspect)).toContainText(`Runs on ${backend}`);
	await inspect.drop(await upload('mine', quarters()));
	await inspect.shows('Your photo, mine.png');
	const result = await inspect.result();
	await loseGpu();
	await expect(summary(inspect)).toContainText(`Runs on ${next}`, { timeout: 45_000 });
	await inspect.settles();
	expect(await inspect.result()).toEqual(result);
	await summary(inspect).click();
	await expect(
		inspect.page.getByText(new RegExp(`^${backend} could not go on \\(.+\\), so ${next} took over\\.$`))
	).toBeVisible();
	await expect(inspect.alert).toHaveCount(0);
}

test('the WebGL context is lost: wasm takes over, and the photo and its result stay', async ({ inspect, engine }) => {
	await lose(inspect, () => engine.loseGpu(), 'webgl', 'wasm');
	const own = await inspect.guesses();
	await inspect.sample('Balloons over the hills').click();
	await inspect.shows(/hot-air balloon/);
	await inspect.drop(await upload('mine', quarters()));
	await inspect.shows('Your photo, mine.png');
	const again = await inspect.guesses();
	expect(again.map(({ label }) => label)).toEqual(own.map(({ label }) => label));
});

test('the context is lost while the model runs: the run is answered all the same', async ({
	inspect,
	engine,
	page
}) => {
	await inspect.open({ backend: 'webgl' });
	void engine;
	await page.evaluate(() => {
		const loseOnce = (event: Event) => {
			if ((event as CustomEvent).detail !== 'run') return;
			window.removeEventListener('engine-asked', loseOnce);
			void window.engineSpy.ask('loseGpu', {});
		};
		window.addEventListener('engine-asked', loseOnce);
	});
	await inspect.drop(await upload('mine', quarters()));
	await inspect.shows('Your photo, mine.png');
	await expect(summary(inspect)).toContainText('Runs on wasm');
	expect(await inspect.guesses()).toHaveLength(5);
	await expect(inspect.alert).toHaveCount(0);
});

test('every backend gives the same answer', async ({ inspect }) => {
	const answers: string[][] = [];
	for (const backend of ['wasm', 'webgl', 'cpu']) {
		await inspect.open({ backend });
		await expect(summary(inspect)).toContainText(`Runs on ${backend}`);
		answers.push((await inspect.guesses()).map(({ label, probability }) => `${label} ${probability.toFixed(2)}`));
	}
	expect(answers[1]).toEqual(answers[0]);
	expect(answers[2]).toEqual(answers[0]);
});

test('without WebGPU, asking for it gives the next best, and says why', async ({ inspect, page }) => {
	await inspect.open({ backend: 'webgpu' });
	await expect(summary(inspect)).toContainText('Runs on webgl');
	await summary(inspect).click();
	await expect(page.getByText(/^webgpu could not go on \(.+\), so webgl took over\.$/)).toBeVisible();
});

test('left to itself the page measures what there is, and says what it found', async ({ inspect, page }) => {
	await page.goto('inspect/');
	await inspect.shows(/golf ball/);
	await summary(inspect).click();
	await expect(page.getByText(/^One encoder block took [\d.]+ ms on \w+/)).toBeVisible({ timeout: 50_000 });
	const rows = page.getByRole('table', { name: 'What the test of the backends found' }).locator('tbody tr');
	await expect(rows.filter({ hasText: 'wasm' }).first()).toContainText(/[\d.]+ ms/);
	await expect(rows.filter({ hasText: 'webgpu' })).toContainText('–');
});

test('a click on a backend starts the page with it, and it is in the address', async ({ inspect, page }) => {
	await inspect.open({ block: '2' });
	await summary(inspect).click();
	await inspect.button('webgl').click();
	await inspect.shows(/golf ball/);
	await expect(summary(inspect)).toContainText('Runs on webgl');
	await expect(inspect.caption).toContainText('Block 2');
	expect(new URL(page.url()).searchParams.get('backend')).toBe('webgl');
});

test.describe('with WebGPU', () => {
	test.use({
		launchOptions: { executablePath: findChromium() ?? undefined, args: [...CHROMIUM_ARGS, ...WEBGPU_ARGS] }
	});

	test('the GPU device is lost: webgl takes over, and the photo and its result stay', async ({ inspect, engine }) => {
		await lose(inspect, () => engine.loseGpu(), 'webgpu', 'webgl');
	});
});
