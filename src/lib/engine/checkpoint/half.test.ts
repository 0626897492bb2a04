import { describe, expect, it } from 'vitest';
import { floatsToHalves, floatToHalf, halfToFloat, halvesToFloats, packHalves, roundInto, unpackHalves } from './half';

describe('half precision', () => {
	it('goes there and back for every number that it has', () => {
		const all = Uint16Array.from({ length: 0x10000 }, (_, half) => half);
		const isNumber = (half: number) => !Number.isNaN(halfToFloat(half));
		const numbers = all.filter(isNumber);
		expect(floatsToHalves(halvesToFloats(numbers))).toEqual(numbers);
		expect(all.length - numbers.length).toBe(2 * 1023);
		expect(halfToFloat(floatToHalf(NaN))).toBeNaN();
	});

	it.each([
		['a third', 1 / 3, 0x3555],
		['halfway between two, to the even one below', 1 + 2 ** -11, 0x3c00],
		['halfway between two, to the even one above', 1 + 3 * 2 ** -11, 0x3c02],
		['just under a power of two, up into the next exponent', 2 - 2 ** -12, 0x4000],
		['the largest', 65504, 0x7bff],
		['too large', 65520, 0x7c00],
		['half of the smallest, to zero', 2 ** -25, 0],
		['minus the smallest', -(2 ** -24), 0x8001]
	])('rounds %s', (_, value, half) => {
		expect(floatToHalf(value)).toBe(half);
	});

	it.each([0x10000, 3])('packs %i numbers by two and gives them back', (size) => {
		const halves = Uint16Array.from({ length: size }, (_, half) => half);
		const packed = packHalves(halves);
		expect(packed).toHaveLength(Math.ceil(size / 2));
		expect(unpackHalves(packed, size)).toEqual(halvesToFloats(halves));
	});

	it('packs the first of a pair into the lower bits, and unpacks from anywhere in a buffer', () => {
		const packed = packHalves(Uint16Array.of(0x3c00, 0xbc00, 0x4000));
		expect(packed).toEqual(Int32Array.of(0xbc003c00 | 0, 0x4000));
		expect(unpackHalves(packed.subarray(1), 1)).toEqual(Float32Array.of(2));
	});

	it('rounds many numbers as it rounds one, whatever their bits', () => {
		const near = Uint32Array.of(
			0x387fffff,
			0x38800000,
			0x38800001,
			0x3f801000,
			0x3f803000,
			0x477fefff,
			0x477ff000,
			0x7f800000,
			0x7fc00000,
			0
		);
		const bits = Uint32Array.from({ length: 4000 }, (_, i) => near[i] ?? Math.imul(i, 0x9e3779b1));
		const floats = new Float32Array(bits.buffer);
		expect([...floatsToHalves(floats)]).toEqual(Array.from(floats, floatToHalf));
		const halves = new Uint16Array(5);
		roundInto(halves, floats.subarray(1, 3), 2);
		expect([...halves]).toEqual([0, 0, 0x0400, 0x0400, 0]);
	});

	it('is never off by more than half a step', () => {
		const values = Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i) * 1.02 ** (i - 1500));
		const back = halvesToFloats(floatsToHalves(values));
		const off = values.map((value, i) => Math.abs(value - (back[i] ?? NaN)) / Math.max(Math.abs(value), 2 ** -14));
		expect(Math.max(...off)).toBeLessThanOrEqual(2 ** -11);
	});
});
