import { expect, test } from 'playwright/test';
import type {} from '../bench/page/main';
import { servePage } from './pages';

const open = servePage('tests/bench/page', 'bench', {
	'/ort/': 'node_modules/onnxruntime-web/dist',
	'/model/': 'static/models/patchwork-t'
});

test('the bench compares two engines that agree', async ({ page }) => {
	test.setTimeout(120_000);
	await open(page);
	const result = await page.evaluate(() =>
		window.bench({ model: '/model/', backend: 'wasm', threads: 1, runs: 1, deadlineMs: 0 })
	);
	expect(result.provider).toBe('wasm');
	expect(result.ours).toHaveLength(1);
	expect(result.ort).toHaveLength(1);
	expect(result.difference.logits).toBeLessThan(1e-4);
	expect(result.difference.attention).toBeLessThan(1e-3);
});
