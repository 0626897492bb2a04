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
		difference: { logits: 1e-6, attention: 2e-7 }
	});
	expect(column).toMatchObject({ runs: 3, ours: 100, ort: 200, ratio: 0.5, firstOurs: 200, firstOrt: 300 });
	expect(describeColumn(column)).toContain('ratio 0.5');
	expect(describeColumn(column)).toContain('a note');
});
