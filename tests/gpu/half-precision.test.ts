import { expect } from 'playwright/test';
import { needsShared, test } from './pages';
import { expectViTTiny } from './parity';

const HALF = { halfPrecision: true };

test('layer norm stays finite and right with float16 textures', async ({ running }) => {
	const page = await running('webgl', HALF);
	const checks = await page.evaluate(() => window.bridge.checkHalfPrecision());
	expect(checks).toHaveLength(12);
	for (const { name, difference } of checks) {
		// A float16 has 11 significant bits, and both the row and its result are rounded to it.
		expect.soft(difference, name).toBeLessThan(4e-3);
	}
});

test('ViT-Tiny with float16 textures has no NaN, and stays near PyTorch', async ({ running }) => {
	needsShared();
	test.setTimeout(180_000);
	await expectViTTiny(await running('webgl', HALF), 2e-2, 2e-3);
});
