import { CHROMIUM_ARGS, launchWith, WEBGPU_ARGS } from '../../../scripts/lib/chromium.js';
import { backendLine, loseGpu } from '../backend-loss';
import { expect, test } from '../fixtures';

/** A browser that has WebGPU, in software. */
test.use({ launchOptions: launchWith([...CHROMIUM_ARGS, ...WEBGPU_ARGS]) });

test.setTimeout(300_000);

test('WebGPU gives the answer that WebAssembly gives', async ({ inspect }) => {
	await inspect.open({ backend: 'wasm' });
	const wasm = await inspect.guesses();
	await inspect.open({ backend: 'webgpu' });
	await expect(backendLine(inspect)).toContainText('Runs on webgpu');
	const webgpu = await inspect.guesses();
	expect(webgpu.map(({ label }) => label)).toEqual(wasm.map(({ label }) => label));
	expect(webgpu[0]?.probability).toBeCloseTo(wasm[0]?.probability ?? NaN, 3);
});

test('the GPU device is lost: webgl takes over, and the photo and its result stay', async ({ inspect, engine }) => {
	await loseGpu(inspect, engine, 'webgpu', 'webgl');
});
