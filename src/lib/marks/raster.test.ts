import { describe, expect, it } from 'vitest';
import { colourTable } from './colour';
import { paintColours, paintMap, position, rampFloor, type Paint } from './raster';

const table = colourTable('greys');
const opaque: Paint = { domain: [0, 1], table, alpha: 'opaque' };
const pixel = (pixels: Uint8ClampedArray, i: number) => [...pixels.slice(4 * i, 4 * i + 4)];

describe('position', () => {
	it('is the share of the domain, and stays inside it', () => {
		expect(position(3, [2, 6])).toBe(0.25);
		expect(position(1, [2, 6])).toBe(0);
		expect(position(9, [2, 6])).toBe(1);
	});

	it('is 0 in a domain without extent', () => {
		expect(position(5, [5, 5])).toBe(0);
	});
});

describe('paintMap', () => {
	it('paints the ends of the domain with the ends of the table', () => {
		const pixels = new Uint8ClampedArray(4 * 2);
		paintMap(pixels, { width: 2, x: 0, y: 0, rows: 1, columns: 2 }, [0, 1], opaque);
		expect(pixel(pixels, 0)).toEqual([0, 0, 0, 255]);
		expect(pixel(pixels, 1)).toEqual([255, 255, 255, 255]);
	});

	it('is row-major, and touches nothing outside its region', () => {
		const pixels = new Uint8ClampedArray(4 * 4 * 3);
		paintMap(pixels, { width: 4, x: 1, y: 1, rows: 2, columns: 2 }, [0, 1, 1, 0], opaque);
		const painted = Array.from({ length: 12 }, (_, i) =>
			pixels[4 * i + 3] === 0 ? '.' : pixels[4 * i] === 0 ? 'k' : 'w'
		);
		expect(painted.join('')).toBe('....' + '.kw.' + '.wk.');
	});

	it('grows more opaque with the value on a ramp', () => {
		const pixels = new Uint8ClampedArray(4 * 3);
		const paint: Paint = { domain: [0, 2], table, alpha: 'ramp' };
		paintMap(pixels, { width: 3, x: 0, y: 0, rows: 1, columns: 3 }, [0, 1, 2], paint);
		expect([pixels[3], pixels[7], pixels[11]]).toEqual([0.35, 0.675, 1].map((a) => Math.round(255 * a)));
	});

	it('lets nothing through where the whole map is opaque, and begins a ramp where it always did elsewhere', () => {
		expect([0, 0.75, 0.85].map(rampFloor)).toEqual([0.35, 0.35, 0.35]);
		expect(rampFloor(0.925)).toBeCloseTo(0.675);
		expect(rampFloor(1)).toBe(1);
		const pixels = new Uint8ClampedArray(4 * 3);
		const paint: Paint = { domain: [0, 2], table, alpha: 'ramp', floor: rampFloor(1) };
		paintMap(pixels, { width: 3, x: 0, y: 0, rows: 1, columns: 3 }, [0, 1, 2], paint);
		expect([pixels[3], pixels[7], pixels[11]]).toEqual([255, 255, 255]);
	});

	it('leaves what is not a number, or is missing, transparent', () => {
		const pixels = new Uint8ClampedArray(4 * 2).fill(9);
		paintMap(pixels, { width: 2, x: 0, y: 0, rows: 1, columns: 2 }, [NaN], opaque);
		expect([...pixels]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
	});
});

describe('paintColours', () => {
	const colours = Uint8ClampedArray.of(1, 2, 3, 40, 50, 60, 255, 0, 128);
	const painted = (mask: ArrayLike<number> | null) => {
		const pixels = new Uint8ClampedArray(4 * 4).fill(9);
		paintColours(pixels, colours, mask);
		return [0, 1, 2, 3].map((i) => pixel(pixels, i));
	};

	it('paints each pixel in its own colour, and leaves one without a colour transparent', () => {
		expect(painted(null)).toEqual([
			[1, 2, 3, 255],
			[40, 50, 60, 255],
			[255, 0, 128, 255],
			[0, 0, 0, 0]
		]);
	});

	it('leaves what the mask leaves out transparent', () => {
		expect(painted([0, 1])).toEqual([
			[0, 0, 0, 0],
			[40, 50, 60, 255],
			[0, 0, 0, 0],
			[0, 0, 0, 0]
		]);
	});
});
