import { describe, expect, it, vi } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import { centredGram, linearCka } from './cka';

const PHOTOS = 6;
const next = random(9);
const features = (width: number) => Array.from({ length: PHOTOS }, () => Float32Array.from({ length: width }, next));

/** By features, as the formula is written: centred, multiplied, squared and summed. */
function byFeatures(x: Float32Array[], y: Float32Array[]): number {
	const centred = (rows: Float32Array[]) =>
		rows.map((row) =>
			[...row].map((value, i) => value - rows.reduce((sum, other) => sum + (other[i] ?? NaN), 0) / PHOTOS)
		);
	const squares = (a: number[][], b: number[][]) => {
		let sum = 0;
		for (const [i] of (a[0] ?? []).entries()) {
			for (const [j] of (b[0] ?? []).entries()) {
				const product = a.reduce((total, row, photo) => total + (row[i] ?? NaN) * (b[photo]?.[j] ?? NaN), 0);
				sum += product ** 2;
			}
		}
		return sum;
	};
	const [a, b] = [centred(x), centred(y)];
	return squares(a, b) / Math.sqrt(squares(a, a) * squares(b, b));
}

describe('linear CKA', () => {
	it('is what chapter 13 works out by hand for two cats and a car', async () => {
		const table = (...numbers: number[]) => centredGram(numbers.map((value) => Float32Array.of(value)));
		const [first, second, third] = [await table(1, 1, 4), await table(5, 5, 2), await table(0, 3, 0)];
		expect([...first]).toEqual([1, 1, -2, 1, 1, -2, -2, -2, 4]);
		expect([...second]).toEqual([...first]);
		expect(linearCka(first, second)).toBeCloseTo(1, 12);
		expect(linearCka(first, third)).toBeCloseTo(0.25, 12);
	});

	it('by the products of photos is that by the products of features', async () => {
		const [x, y] = [features(3), features(11)];
		const found = linearCka(await centredGram(x), await centredGram(y));
		expect(found).toBeCloseTo(byFeatures(x, y), 6);
		expect(found).toBeGreaterThan(0.1);
		expect(found).toBeLessThan(0.9);
	});

	it('is 1 of the same, whatever its scale and its mean', async () => {
		const x = features(4);
		const moved = x.map((row) => row.map((value, i) => 3 * value + 10 * i));
		expect(linearCka(await centredGram(x), await centredGram(moved))).toBeCloseTo(1, 6);
	});

	it('is no number where one is the same for all photos', async () => {
		const same = features(4).map(() => Float32Array.of(1, 2));
		expect(linearCka(await centredGram(features(3)), await centredGram(same))).toBeNaN();
	});

	it('pauses before each photo', async () => {
		const pause = vi.fn();
		await centredGram(features(2), pause);
		expect(pause).toHaveBeenCalledTimes(PHOTOS);
	});
});
