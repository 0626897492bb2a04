import { describe, expect, it } from 'vitest';
import { npy, npyText } from './npy';

/** Reads a file back by the letter of the format, so that what is tested is the format and not our habits. */
function parse(file: Uint8Array) {
	const view = new DataView(file.buffer, file.byteOffset);
	const length = view.getUint16(8, true);
	const header = new TextDecoder().decode(file.subarray(10, 10 + length));
	return { magic: file.subarray(0, 6), version: [file[6], file[7]], header, start: 10 + length };
}

describe('npy', () => {
	it('starts with the magic string and version 1.0', () => {
		const { magic, version } = parse(npy(new Float32Array(1), [1]));
		expect([...magic]).toEqual([0x93, ...'NUMPY'].map((c) => (typeof c === 'string' ? c.charCodeAt(0) : c)));
		expect(version).toEqual([1, 0]);
	});

	it.each([
		{ shape: [], tuple: '()' },
		{ shape: [3], tuple: '(3,)' },
		{ shape: [1, 3, 2], tuple: '(1, 3, 2)' },
		{ shape: [1, 12, 197, 197], tuple: '(1, 12, 197, 197)' }
	])('writes the shape $shape as Python does', ({ shape, tuple }) => {
		const size = shape.reduce((a, b) => a * b, 1);
		const { header } = parse(npy(new Float32Array(size), shape));
		expect(header.trimEnd()).toBe(`{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`);
	});

	it.each(Array.from({ length: 40 }, (_, i) => 10 ** (i % 8) * (1 + Math.floor(i / 8))))(
		'aligns the data to 64 bytes and ends the header with a newline (0 x %i)',
		(length) => {
			const { header, start } = parse(npy(new Float32Array(0), [0, length]));
			expect(start % 64).toBe(0);
			expect(header.endsWith('\n')).toBe(true);
			expect(header.slice(0, -1)).not.toContain('\n');
		}
	);

	it('writes the values little-endian, in order, also from the middle of a buffer', () => {
		const values = new Float32Array([9, 0.5, -2, 3e-30, 9]).subarray(1, 4);
		const file = npy(values, [3]);
		const view = new DataView(file.buffer, parse(file).start);
		expect([0, 4, 8].map((at) => view.getFloat32(at, true))).toEqual([...values]);
		expect(view.byteLength).toBe(12);
	});

	it('writes bytes as |u1', () => {
		const file = npy(new Uint8ClampedArray([1, 255]), [2]);
		const { header, start } = parse(file);
		expect(header).toContain("'descr': '|u1'");
		expect([...file.subarray(start)]).toEqual([1, 255]);
	});

	it('writes a text as a scalar of its bytes in UTF-8', () => {
		const file = npyText('größer');
		const { header, start } = parse(file);
		expect(header.trimEnd()).toBe("{'descr': '|S8', 'fortran_order': False, 'shape': (), }");
		expect(start % 64).toBe(0);
		expect(new TextDecoder().decode(file.subarray(start))).toBe('größer');
	});

	it('refuses a shape that does not fit', () => {
		expect(() => npy(new Float32Array(3), [2, 2])).toThrow('The shape (2, 2) holds 4 values, but there are 3.');
	});
});
