import { expect, it } from 'vitest';
import { describe as describeColumn, toColumn } from './bench-report.ts';

it('divides our times by those of onnxruntime in the same turns', () => {
	const column = toColumn('wasm', {
		threads: 1,
		provider: 'wasm',
		note: 'a note',
		first: { ours: 200, ort: 300 },
		ours: [100, 90, 110, 100, 100, 100],
		ort: [200, 190, 300, 200, 200, 200],
		transformers: [],
		alone: [],
		inKernels: [],
		difference: { logits: 1e-6, attention: 2e-7 }
	});
	expect(column).toMatchObject({ runs: 6, ours: 100, ort: 200, firstOurs: 200, firstOrt: 300 });
	expect(column.ratio).toMatchObject({ median: 0.5, interval: [0.3667, 0.5] });
	expect(describeColumn(column)).toContain('ratio 0.500, 95 % interval 0.367 to 0.500');
	expect(describeColumn(column)).toContain('a note');
});

it('divides it by that of one thread, and says what more threads could bring', () => {
	const column = toColumn('wasm', {
		threads: 2,
		provider: 'wasm',
		note: '',
		first: { ours: 200, ort: 300 },
		ours: [60, 60, 60],
		ort: [100, 100, 100],
		transformers: [],
		alone: [100, 110, 90],
		inKernels: [0.9, 0.8, 0.95],
		difference: { logits: 1e-6, attention: 2e-7 }
	});
	expect(column.alone).toMatchObject({ ours: 100, ratio: { median: 0.6, interval: null } });
	expect(column.serial).toEqual({ share: 0.1, of4: 0.325, of8: 0.212 });
	expect(describeColumn(column)).toContain('on one thread ours 100 ms; 2 threads to it: ratio 0.600');
	expect(describeColumn(column)).toContain('at least 10.0 % of that stays on one thread');
});

it('divides it by that of transformers.js, where that runs too', () => {
	const column = toColumn('wasm', {
		threads: 1,
		provider: 'wasm',
		note: '',
		first: { ours: 200, ort: 300, transformers: 400 },
		ours: [60, 60, 60],
		ort: [100, 100, 100],
		transformers: [120, 110, 130],
		alone: [],
		inKernels: [],
		difference: { logits: 1e-6, attention: 2e-7 }
	});
	expect(column.transformers).toMatchObject({ median: 120, ratio: { median: 0.5 }, first: 400 });
	expect(describeColumn(column)).toContain('transformers.js 120 ms: ratio 0.500');
	expect(describeColumn(column)).toContain('onnxruntime 300 ms, transformers.js 400 ms');
});
