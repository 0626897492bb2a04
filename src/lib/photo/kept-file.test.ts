import { describe, expect, it } from 'vitest';
import { asKept, fromKept } from './kept-file';

describe('a file in a database', () => {
	it('lies there as bytes, and comes back as it was', async () => {
		const kept = await asKept(new Blob(['pixels'], { type: 'image/png' }));
		expect(kept.bytes).toBeInstanceOf(ArrayBuffer);
		const back = fromKept(structuredClone(kept));
		expect([await back?.text(), back?.type]).toEqual(['pixels', 'image/png']);
	});

	it('is taken as earlier versions kept it', () => {
		const blob = new Blob(['pixels']);
		expect(fromKept(blob)).toBe(blob);
	});

	it.each([null, 'damaged', {}, { bytes: 'none', type: '' }, { bytes: new ArrayBuffer(1) }])('is not %o', (value) => {
		expect(fromKept(value)).toBeNull();
	});
});
