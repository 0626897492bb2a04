import { beforeAll, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { Model } from '../engine/model';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import { numericSlope } from '../engine/testing/numeric-gradient';
import { effectiveField, fieldDistance, shareIn, sideOfHalf } from './effective-field';

beforeAll(() => useNodeBackend('wasm'));

it('adds the magnitudes of all colours up, pixel by pixel', () => {
	const gradient = { shape: [1, 3, 1, 2], data: Float32Array.from([1, -2, 3, 0, -5, 0.5]) };
	expect([...effectiveField(gradient)]).toEqual([9, 2.5]);
});

it('is by how much a token’s features move with a pixel, by finite differences', async () => {
	const model = Model.load(timmCheckpoint());
	const pixels = pixelValues();
	const trace = await model.run(pixels);
	const of = { from: 'blocks.1.out', token: 6 };
	const gradients = await model.gradients(trace, { ...of, names: ['pixel_values'] });
	const found = await gradients.read('pixel_values');
	const field = effectiveField(found);
	const [, colours = 0] = found.shape;
	const largest = Math.max(...field);
	for (const pixel of [field.indexOf(largest), 40, 75]) {
		let expected = 0;
		for (let colour = 0; colour < colours; colour++) {
			const direction = new Float32Array(pixels.length);
			direction[colour * field.length + pixel] = 1;
			const checked = { model, pixels, edits: [], untouched: trace, of };
			expected += Math.abs(await numericSlope(checked, 'pixel_values', direction, largest / 3));
		}
		expect(Math.abs((field[pixel] ?? NaN) - expected) / largest).toBeLessThan(2e-3);
	}
	for (const owner of [gradients, trace, model]) owner.dispose();
});

// Three rows of five: the middle has 4, its neighbours to the sides 1 each, the corner at the end 2.
const FIELD = Float32Array.from([0, 0, 0, 0, 0, 0, 1, 4, 1, 0, 0, 0, 0, 0, 2]);

it('knows which share lies in a rectangle, its last row and column included', () => {
	expect(shareIn(FIELD, 5, [1, 1], [1, 3])).toBe(6 / 8);
	expect(shareIn(FIELD, 5, [0, 2], [0, 4])).toBe(1);
	expect(shareIn(new Float32Array(15), 5, [0, 2], [0, 4])).toBe(0);
});

it('finds the square around a place that holds half', () => {
	expect(sideOfHalf(FIELD, 5, [1.5, 2.5])).toBe(2);
	// From the left, the middle is three pixels away.
	expect(sideOfHalf(FIELD, 5, [1.5, 0])).toBe(6);
	expect(sideOfHalf(new Float32Array(15), 5, [1.5, 2.5])).toBe(0);
});

it('has a mean distance from a place', () => {
	const corner = Math.hypot(1, 2);
	expect(fieldDistance(FIELD, 5, [1.5, 2.5])).toBeCloseTo((4 * 0 + 1 + 1 + 2 * corner) / 8, 6);
	expect(fieldDistance(new Float32Array(15), 5, [1.5, 2.5])).toBeNaN();
});
