import { CHROMIUM_ARGS, launchWith, WEBGPU_ARGS } from '../../../scripts/lib/chromium.js';
import { loseGpu, openOn } from '../backend-loss';
import { expect, test } from '../fixtures';

/** A browser that has WebGPU, in software. */
test.use({ launchOptions: launchWith([...CHROMIUM_ARGS, ...WEBGPU_ARGS]) });

test.setTimeout(300_000);

// In one test, because the shaders that the page needs take a GPU in software a quarter of a minute.
test('WebGPU gives the answer that WebAssembly gives; when the device is lost, webgl takes over, and all stays', async ({
	inspect,
	engine
}) => {
	await inspect.open({ backend: 'wasm' });
	const wasm = await inspect.guesses();
	await openOn(inspect, 'webgpu');
	const webgpu = await inspect.guesses();
	expect(webgpu.map(({ label }) => label)).toEqual(wasm.map(({ label }) => label));
	expect(webgpu[0]?.probability).toBeCloseTo(wasm[0]?.probability ?? NaN, 3);
	await loseGpu(inspect, engine, 'webgpu', 'webgl');
});
