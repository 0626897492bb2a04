import { expect, it } from 'vitest';
import { ease, elementAt, paintElements } from './paint';
import { fade, pixel } from './picture';

const square = (side: number) => ({ x: side, y: side });
const places = (x: number[], y: number[]) => ({ x: Float32Array.from(x), y: Float32Array.from(y) });

it('paints elements at the start, on the way, and at the end', () => {
	const from = places([0, 1], [0, 0]);
	const to = places([0, 2], [0, 1]);
	const colours = Uint32Array.of(7, 9);
	const painted = (t: number) => {
		const pixels = new Uint32Array(16).fill(1);
		paintElements(pixels, 4, { from, to, scale: [square(2), square(1)], t, colours, front: [] });
		return pixels;
	};
	expect([...painted(0)]).toEqual([7, 7, 9, 9, 7, 7, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0]);
	expect([...painted(1)]).toEqual([7, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

it('paints nothing beyond the edges', () => {
	const far = places([3], [1]);
	const pixels = new Uint32Array(8);
	paintElements(pixels, 4, {
		from: far,
		to: far,
		scale: [square(1), square(1)],
		t: 1,
		colours: Uint32Array.of(5),
		front: []
	});
	expect([...pixels]).toEqual([0, 0, 0, 0, 0, 0, 0, 5]);
	paintElements(pixels, 4, {
		from: far,
		to: far,
		scale: [square(2), square(2)],
		t: 1,
		colours: Uint32Array.of(5),
		front: []
	});
	expect([...pixels]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

it('finds the topmost element under a point, or the nearest, or none if all are far', () => {
	const at = places([0, 0, 4], [0, 0, 0]);
	expect(elementAt(at, 0.5, 0.9)).toBe(1);
	expect(elementAt(at, 4, 0)).toBe(2);
	expect(elementAt(at, 5, 0.5)).toBe(2);
	expect(elementAt(at, 2, 0.5)).toBe(1);
	expect(elementAt(at, 3.5, -1)).toBe(2);
	expect(elementAt(at, 0.5, 3)).toBeNull();
	expect(elementAt(places([], []), 0, 0)).toBeNull();
});

it('eases from 0 to 1, evenly about the middle', () => {
	expect([ease(0), ease(0.5), ease(1)]).toEqual([0, 0.5, 1]);
	expect(ease(0.2) + ease(0.8)).toBeCloseTo(1, 12);
});

it('fades all elements but those of a row', () => {
	const ground = pixel(255, 255, 255);
	const elements = { inputs: Uint32Array.of(0, 1), outputs: Uint32Array.of(3, 2) };
	const faded = fade(Uint32Array.of(pixel(0, 0, 0), pixel(0, 0, 0)), elements, { start: 2, end: 3 }, ground);
	expect(faded[1]).toBe(pixel(0, 0, 0));
	expect(faded[0]).toBe(pixel(179, 179, 179));
});

it('paints what is in front over what comes later', () => {
	const at = places([0, 0, 1], [0, 0, 0]);
	const pixels = new Uint32Array(2);
	const scale = [square(1), square(1)] as const;
	paintElements(pixels, 2, { from: at, to: at, scale, t: 1, colours: Uint32Array.of(7, 8, 9), front: [0] });
	expect([...pixels]).toEqual([7, 9]);
});
