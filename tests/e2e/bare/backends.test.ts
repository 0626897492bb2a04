import { CHROMIUM_ARGS, launchWith } from '../../../scripts/lib/chromium.js';
import { backendLine, loseGpu, openOn } from '../backend-loss';
import { expect, test } from '../fixtures';
import { quarters, upload } from '../pictures';

test.use({ launchOptions: launchWith(CHROMIUM_ARGS) });

test('the WebGL context is lost: wasm takes over, and the photo and its result stay', async ({ inspect, engine }) => {
	await openOn(inspect, 'webgl');
	await loseGpu(inspect, engine, 'webgl', 'wasm');
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
	await expect(backendLine(inspect)).toContainText('Runs on wasm');
	expect(await inspect.guesses()).toHaveLength(5);
	await expect(inspect.alert).toHaveCount(0);
});

test('every backend gives the same answer', async ({ inspect }) => {
	const answers: string[][] = [];
	for (const backend of ['wasm', 'webgl', 'cpu']) {
		await openOn(inspect, backend);
		answers.push((await inspect.guesses()).map(({ label, probability }) => `${label} ${probability.toFixed(2)}`));
	}
	expect(answers[1]).toEqual(answers[0]);
	expect(answers[2]).toEqual(answers[0]);
});

test('without WebGPU, asking for it gives the next best, and says why', async ({ inspect, page }) => {
	await inspect.open({ backend: 'webgpu' });
	await expect(backendLine(inspect)).toContainText('Runs on webgl');
	await backendLine(inspect).click();
	await expect(page.getByText(/^webgpu could not go on \(.+\), so webgl took over\.$/)).toBeVisible();
});

test('left to itself the page measures what there is, and says what it found', async ({ inspect, page }) => {
	await page.goto('inspect/');
	await inspect.shows(/golf ball/);
	await backendLine(inspect).click();
	await expect(page.getByText(/^One encoder block took [\d.]+ ms on \w+/)).toBeVisible({ timeout: 50_000 });
	const rows = page.getByRole('table', { name: 'What the test of the backends found' }).locator('tbody tr');
	await expect(rows.filter({ hasText: 'wasm' }).first()).toContainText(/[\d.]+ ms/);
	await expect(rows.filter({ hasText: 'webgpu' })).toContainText('–');
});

test('a click on a backend starts the page with it, and it is in the address', async ({ inspect, page }) => {
	await inspect.open({ block: '2' });
	await backendLine(inspect).click();
	await inspect.button('webgl').click();
	await inspect.shows(/golf ball/);
	await expect(backendLine(inspect)).toContainText('Runs on webgl');
	await expect(inspect.caption).toContainText('Block 2');
	expect(new URL(page.url()).searchParams.get('backend')).toBe('webgl');
});
