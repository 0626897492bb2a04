import { describe, expect, it } from 'vitest';
import type { Opening } from '../../tests/bench/pages.ts';
import { describePage, toPage } from './pages-report.ts';

const opening = (live: number, picture?: number): Opening => ({
	origin: 1000,
	times: { html: 1, firstPaint: 20, overlay: 300, live, ...(picture && { picture }) },
	sent: [
		{ path: '/', began: 1000, ended: 1002, bytes: 3000 },
		{ path: '/_app/a.js', began: 1003, ended: 1050, bytes: 20_000 },
		{ path: '/models/t/model.safetensors', began: 1100, ended: 1200, bytes: 1e6 },
		{ path: '/later.js', began: 1900, ended: 1990, bytes: 5000 }
	]
});
const six = <T>(one: T) => Array.from({ length: 6 }, () => one);

describe('what opening a page takes', () => {
	const both = toPage('home', { this: six(opening(240, 30)), other: six(opening(400)) });

	it('is laid beside the other site at the same turns, and the first picture beside its first overlay', () => {
		const interval = (at: number) => ({ median: at, interval: [at, at], coverage: 0.9688 });
		expect(both.ratios).toEqual([
			{ name: 'first picture / first overlay', ratio: interval(0.1), most: 0.5 },
			{ name: 'live prediction', ratio: interval(0.6), most: 0.6 }
		]);
		expect(both.other?.times).toEqual({ html: 1, firstPaint: 20, overlay: 300, live: 400 });
	});

	it('says what was shipped before each', () => {
		expect(both.this.bytes.picture).toMatchObject({ html: 3000, js: 0, model: 0 });
		expect(both.this.bytes.live).toMatchObject({ html: 3000, js: 20_000, model: 1e6 });
		expect(both.this.files).toEqual({ html: [0, 2], js: [3, 50], model: [100, 200] });
		expect(describePage(both)).toContain('this  kB before the live prediction: 1023 (html 3, js 20, model 1000)');
	});

	it('has no ratios without another site', () => {
		const alone = toPage('chapter', { this: six(opening(240, 30)), other: [] });
		expect(alone).toMatchObject({ other: null, ratios: [] });
		expect(describePage(alone)).toContain('chapter, opened in 6 fresh browsers; milliseconds');
	});
});
