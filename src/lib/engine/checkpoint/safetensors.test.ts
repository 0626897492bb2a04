import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { halfToFloat } from './half';
import { readSafetensors, toFloat32, writeSafetensors } from './safetensors';

/** A file with the given header and this many bytes of data. */
function file(header: unknown, dataBytes: number, headerLength?: number): ArrayBuffer {
	const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
	const bytes = new Uint8Array(8 + json.length + dataBytes);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength ?? json.length), true);
	bytes.set(json, 8);
	return bytes.buffer;
}

const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32') => ({ dtype, shape, data_offsets: offsets });

function refusal(bytes: ArrayBuffer): string {
	try {
		readSafetensors(bytes);
	} catch (error) {
		if (error instanceof PatchworkError && error.code === 'checkpoint') return error.message;
		throw error;
	}
	throw new Error('The file was accepted.');
}

describe('a safetensors file', () => {
	it('gives back what was written', () => {
		const data = Float32Array.of(1, -2.5, 3e-20, 4, 5, 6);
		const bytes = new Uint8Array(writeSafetensors([{ name: 'a.b', shape: [2, 3], data }], { made: 'here' })).buffer;
		const tensors = readSafetensors(bytes);
		const stored = tensors.get('a.b');
		expect([...tensors.keys()]).toEqual(['a.b']);
		expect(stored?.shape).toEqual([2, 3]);
		expect(stored && toFloat32(stored)).toEqual(data);
	});

	it('holds scalars and empty tensors', () => {
		const tensors = readSafetensors(file({ scalar: entry([], [0, 4]), none: entry([0, 3], [4, 4]) }, 4));
		expect(tensors.get('scalar')?.shape).toEqual([]);
		expect(tensors.get('none')?.bytes).toHaveLength(0);
	});

	it('widens half floats exactly', () => {
		const cases: [number, number][] = [
			[0x0000, 0],
			[0x3c00, 1],
			[0xc000, -2],
			[0x3555, 0.333251953125],
			[0x0001, 2 ** -24],
			[0x03ff, 1023 * 2 ** -24],
			[0x7bff, 65504],
			[0x7c00, Infinity],
			[0xfc00, -Infinity]
		];
		const bytes = new Uint8Array(Uint16Array.from(cases, ([bits]) => bits).buffer);
		const floats = toFloat32({ name: 'h', dtype: 'F16', shape: [cases.length], bytes });
		expect([...floats]).toEqual(cases.map(([, value]) => value));
		expect(halfToFloat(0x7e00)).toBeNaN();
	});

	it('widens bfloat16 exactly', () => {
		const bytes = new Uint8Array(Uint16Array.of(0x3f80, 0xc040, 0x0000).buffer);
		expect([...toFloat32({ name: 'b', dtype: 'BF16', shape: [3], bytes })]).toEqual([1, -3, 0]);
	});

	it('reads tensors that start at any byte', () => {
		const bytes = new Uint8Array(file({ pad: entry([1], [0, 1], 'U8'), x: entry([1], [1, 5]) }, 5));
		new DataView(bytes.buffer).setFloat32(bytes.length - 4, 1.5, true);
		const stored = readSafetensors(bytes.buffer).get('x');
		expect(stored && [...toFloat32(stored)]).toEqual([1.5]);
	});
});

describe('a file that is not one', () => {
	const overlap = { a: entry([2], [0, 8]), b: entry([1], [4, 8]) };
	const cases: [what: string, bytes: ArrayBuffer, says: RegExp][] = [
		['too short for a header', new ArrayBuffer(5), /only 5 bytes/],
		['with a header longer than itself', file({}, 0, 1000), /header is 1000 bytes.*truncated/],
		['with an absurd header length', file({}, 0, 2 ** 40), /header is 1099511627776/],
		['with a header that is not JSON', file('{"a": ', 0), /not valid JSON/],
		['with a header that is not UTF-8', file('\u0000', 0), /not valid JSON/],
		['with a list as header', file([], 0), /not a JSON object/],
		['with an entry that is no object', file({ a: 3 }, 0), /'a' by something that is not an object/],
		['without a number format', file({ a: entry([1], [0, 4], 7) }, 4), /no number format for 'a'/],
		['with a negative side', file({ a: entry([-1], [0, 4]) }, 4), /'a' a shape/],
		['with a fractional side', file({ a: entry([1.5], [0, 6]) }, 6), /'a' a shape/],
		['without a byte range', file({ a: entry([1], [0]) }, 4), /'a' no valid byte range/],
		['with a backward byte range', file({ a: entry([1], [4, 0]) }, 4), /'a' a byte range that ends before/],
		[
			'with bytes that do not fit the shape',
			file({ a: entry([3], [0, 8]) }, 8),
			/'a' 8 bytes, but F32 of shape \[3\] takes 12/
		],
		['that is cut off', file({ a: entry([4], [0, 16]) }, 10), /truncated: 'a' should end at byte 16.*has 10/],
		['with overlapping tensors', file(overlap, 8), /'b' overlap 'a'/],
		['with a hole', file({ a: entry([1], [4, 8]) }, 8), /4 bytes before 'a'/],
		['with a tail', file({ a: entry([1], [0, 4]) }, 9), /5 bytes at its end/]
	];
	it.each(cases)('%s is refused by name', (_, bytes, says) => {
		expect(refusal(bytes)).toMatch(says);
	});

	it('has its number format refused when the values are asked for', () => {
		const stored = readSafetensors(file({ a: entry([1], [0, 8], 'I64') }, 8)).get('a');
		expect(() => stored && toFloat32(stored)).toThrow(/'a' as 'I64'/);
	});
});
