import { describe, expect, it } from 'vitest';
import { kindOf, shippedBefore, spanOf, total } from './shipped.ts';

const sent = [
	{ path: '/', began: 0, ended: 10, bytes: 1 },
	{ path: '/_app/immutable/entry/start.abc.js', began: 11, ended: 20, bytes: 10 },
	{ path: '/_app/immutable/workers/engine.js', began: 15, ended: 40, bytes: 100 },
	{ path: '/models/patchwork-t/model.safetensors', began: 16, ended: null, bytes: 1000 }
];

describe('what a page ships', () => {
	it.each([
		['/', 'html'],
		['/learn/attention/', 'html'],
		['/models/', 'html'],
		['/404.html', 'html'],
		['/_app/immutable/assets/0.css', 'css'],
		['/_app/immutable/assets/tfjs.simd.wasm', 'wasm'],
		['/models/patchwork-t/config.json', 'model'],
		['/models.json', 'other'],
		['/_app/immutable/assets/inter.woff2', 'other']
	])('%s is %s', (path, kind) => expect(kindOf(path)).toBe(kind));

	it('is what had ended by a time', () => {
		expect(shippedBefore(sent, 20)).toEqual({ html: 1, css: 0, js: 10, wasm: 0, model: 0, other: 0 });
		expect(total(shippedBefore(sent, 40))).toBe(111);
	});

	it('is asked for from the first to the last of a kind', () => {
		expect(spanOf(sent, 'js', 40)).toEqual({ from: 11, to: 40 });
		expect(spanOf(sent, 'js', 20)).toEqual({ from: 11, to: 20 });
		expect(spanOf(sent, 'model', 1e9)).toBeNull();
	});
});
