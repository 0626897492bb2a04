import { expect, it } from 'vitest';
import { describe as describeColumn, toColumn } from './bench-report.ts';

it('divides our median by that of onnxruntime', () => {
	const column = toColumn('wasm', {
		threads: 1,
		provider: 'wasm',
		note: 'a note',
		first: { ours: 200, ort: 300 },
		ours: [100, 90, 110],
		ort: [200, 190, 300],
		transformers: [],
		alone: [],
		inKernels: [],
		difference: { logits: 1e-6, attention: 2e-7 }
	});
	expect(column).toMatchObject({ runs: 3, ours: 100, ort: 200, ratio: 0.5, firstOurs: 200, firstOrt: 300 });
	expect(describeColumn(column)).toContain('ratio 0.5');
	expect(describeColumn(column)).toContain('a note');
});

it('divides it by that of one thread, and says what more threads could bring', () => {
	const column = toColumn('wasm', {
		threads: 2,
		provider: 'wasm',
		note: '',
		first: { ours: 200, ort: 300 },
		ours: [60],
		ort: [100],
		transformers: [],
		alone: [100, 110, 90],
		inKernels: [0.9, 0.8, 0.95],
		difference: { logits: 1e-6, attention: 2e-7 }
	});
	expect(column.alone).toEqual({ ours: 100, ratio: 0.6 });
	expect(column.serial).toEqual({ share: 0.1, of4: 0.325, of8: 0.212 });
	expect(describeColumn(column)).toContain('2 threads take 0.6 of it');
	expect(describeColumn(column)).toContain('at least 10.0 % of that stays on one thread');
});

it('divides it by that of transformers.js, where that runs too', () => {
	const column = toColumn('wasm', {
		threads: 1,
		provider: 'wasm',
		note: '',
		first: { ours: 200, ort: 300, transformers: 400 },
		ours: [60],
		ort: [100],
		transformers: [120, 110, 130],
		alone: [],
		inKernels: [],
		difference: { logits: 1e-6, attention: 2e-7 }
	});
	expect(column.transformers).toEqual({ median: 120, ratio: 0.5, first: 400 });
	expect(describeColumn(column)).toContain('transformers.js 120 ms: ratio 0.5');
	expect(describeColumn(column)).toContain('onnxruntime 300 ms, transformers.js 400 ms');
});
