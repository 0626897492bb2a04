import { describe, expect, it } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import { dot, norm } from './linear';
import { coloursOf, featuresIn, fitColours, placesOf, subjectOf } from './three-colours';

/** Patches' features whose variance falls from direction to direction, as that of a network's features does. */
function features(patches: number, width: number, seed = 1): Float32Array {
	const next = random(seed);
	const directions = Array.from({ length: width }, () => Float64Array.from({ length: width }, next));
	return joined(
		Array.from({ length: patches }, () => {
			const row = new Float32Array(width).fill(2);
			directions.forEach((direction, i) => {
				const times = next() * 0.8 ** i;
				row.forEach((value, j) => (row[j] = value + times * (direction[j] ?? NaN)));
			});
			return row;
		})
	);
}

const joined = (rows: readonly ArrayLike<number>[]) => Float32Array.from(rows.flatMap((row) => Array.from(row)));

/** The covariance by its definition, and its eigenvectors by powers of it, each less those before. */
function plainComponents(rows: Float32Array, width: number, count: number): number[][] {
	const index = Array.from({ length: rows.length / width }, (_, i) => i);
	const columns = Array.from({ length: width }, (_, j) => index.map((i) => rows[i * width + j] ?? NaN));
	const centred = columns.map((column) => {
		const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
		return column.map((value) => value - mean);
	});
	const covariance = centred.map((a) => centred.map((b) => dot(a, b) / (index.length - 1)));
	const found: number[][] = [];
	while (found.length < count) {
		let vector = covariance.map((_, i) => 1 + (i % 3));
		for (let round = 0; round < 3000; round++) {
			vector = covariance.map((row) => dot(row, vector));
			for (const other of found) {
				const along = dot(vector, other);
				vector = vector.map((value, i) => value - along * (other[i] ?? NaN));
			}
			const length = norm(vector);
			vector = vector.map((value) => value / length);
		}
		found.push(vector);
	}
	return found;
}

const directionsOf = (components: ArrayLike<number>, width: number) =>
	Array.from({ length: components.length / width }, (_, i) => Array.from(components).slice(i * width, (i + 1) * width));

describe('the fit', () => {
	it.each([
		['fewer patches than features', 30, 48],
		['more patches than features', 196, 48],
		['one patch less than features', 47, 48]
	])('finds the eigenvectors of the covariance, up to sign: %s', async (_, patches, width) => {
		const rows = features(patches, width);
		const { pca } = await fitColours([rows], width);
		const plain = plainComponents(rows, width, 3);
		directionsOf(pca.components, width).forEach((direction, i) => {
			const sign = Math.sign(dot(direction, plain[i] ?? []));
			direction.forEach((value, j) => expect(value).toBeCloseTo(sign * (plain[i]?.[j] ?? NaN), 4));
		});
		expect(pca.components).toHaveLength(3 * width);
	});

	it('says what share of the variance each component holds', async () => {
		// Along three axes, by 4, 2 and 1 to either side: variances of 16, 4 and 1.
		const rows = [4, -4, 2, -2, 1, -1].map((value, i) => {
			const row = [7, 7, 7, 7];
			row[Math.floor(i / 2)] = 7 + value;
			return row;
		});
		const { shares, pca } = await fitColours([joined(rows)], 4);
		[16 / 21, 4 / 21, 1 / 21].forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 10));
		expect([...pca.mean]).toEqual([7, 7, 7, 7]);
	});

	it('is the same of photos fitted together as of all their patches in one', async () => {
		const [one, other] = [features(20, 12, 1), features(9, 12, 2)];
		const together = await fitColours([one, other], 12);
		expect(together).toEqual(await fitColours([joined([one, other])], 12));
	});

	it('points each component where its largest element is positive', async () => {
		const rows = features(40, 12);
		const { pca } = await fitColours([rows.map((value) => -value)], 12);
		for (const direction of directionsOf(pca.components, 12)) {
			expect(Math.max(...direction)).toBeCloseTo(Math.max(...direction.map(Math.abs)), 12);
		}
	});

	it('pauses, and stops when the pause throws', async () => {
		const stop = () => {
			throw new Error('stopped');
		};
		await expect(fitColours([features(9, 6)], 6, stop)).rejects.toThrow('stopped');
	});
});

describe('colours', () => {
	const colours = async (rows: Float32Array, width: number) => {
		const fit = await fitColours([rows], width);
		return { fit, rgb: coloursOf(await placesOf(rows, fit.pca), fit) };
	};

	it('go from 0 to 255 along each component, but for the far hundredth at either end', async () => {
		const { rgb } = await colours(features(196, 32), 32);
		for (const channel of [0, 1, 2]) {
			const values = Array.from(rgb).filter((_, at) => at % 3 === channel);
			expect(values.filter((value) => value === 0).length).toBeGreaterThanOrEqual(1);
			expect(values.filter((value) => value === 0).length).toBeLessThanOrEqual(3);
			expect(values.filter((value) => value === 255).length).toBeGreaterThanOrEqual(1);
			expect(values.filter((value) => value === 255).length).toBeLessThanOrEqual(3);
		}
	});

	it('are no other for a single patch that is far from all', async () => {
		const rows = Array.from({ length: 200 }, (_, i) => [i % 20, 0]);
		const { rgb } = await colours(joined([...rows, [1e4, 0]]), 2);
		expect(new Set(Array.from(rgb).filter((_, at) => at % 3 === 0)).size).toBeGreaterThanOrEqual(20);
	});

	it('are of one scale for every photo: the same features, the same colour', async () => {
		const [one, other] = [features(30, 12, 1), features(20, 12, 2)];
		other.set(one.subarray(0, 12), 24);
		const fit = await fitColours([one, other], 12);
		const [a, b] = [coloursOf(await placesOf(one, fit.pca), fit), coloursOf(await placesOf(other, fit.pca), fit)];
		expect([...b.subarray(6, 9)]).toEqual([...a.subarray(0, 3)]);
	});

	it.each([
		['no patch', []],
		['one patch', [[1, 2, 3]]],
		['two patches alike', [[1, 2, 3], [1, 2, 3]]], // prettier-ignore
		[
			'features that are all the same, in numbers that no binary fraction is',
			Array.from({ length: 7 }, () => [0.1, 0.7, 1e-3])
		]
	])('are all half bright of %s', async (_, rows) => {
		const { fit, rgb } = await colours(joined(rows), 3);
		expect(fit.shares).toEqual([0, 0, 0]);
		expect([...rgb]).toEqual(rows.flatMap(() => [128, 128, 128]));
	});

	it('are of one channel where patches differ in one direction only, for rounding is no component', async () => {
		const rows = Array.from({ length: 6 }, (_, i) => [0.1 * i, 0.3 * i, -0.7 * i, 2]);
		const { fit, rgb } = await colours(joined(rows), 4);
		expect(fit.shares).toEqual([expect.closeTo(1, 10), 0, 0]);
		expect(new Set(Array.from(rgb).filter((_, at) => at % 3 === 0)).size).toBe(6);
		expect(new Set(Array.from(rgb).filter((_, at) => at % 3 !== 0))).toEqual(new Set([128]));
	});

	it('are of two patches as far apart as can be', async () => {
		const { rgb } = await colours(joined([[1, 0], [0, 0]]), 2); // prettier-ignore
		expect([...rgb]).toEqual([255, 128, 128, 0, 128, 128]);
	});

	it('leave out of the fit, and draw in black, what is no number', async () => {
		const rows = features(12, 6);
		const broken = joined([rows, [NaN, 0, 0, 0, 0, 0], [Infinity, 0, 0, 0, 0, 0]]);
		const { fit, rgb } = await colours(broken, 6);
		expect(fit).toEqual(await fitColours([rows], 6));
		expect([...rgb.subarray(36)]).toEqual([0, 0, 0, 0, 0, 0]);
	});
});

describe('the subject', () => {
	const places = Float32Array.of(2, 0, 0, -1, 9, 9, 0, 0, 0, NaN, 0, 0);

	it('is what is above the threshold along the first component, or below it', () => {
		expect([...subjectOf(places)]).toEqual([1, 0, 0, 0]);
		expect([...subjectOf(places, 0, 'below')]).toEqual([0, 1, 0, 0]);
		expect([...subjectOf(places, -0.5)]).toEqual([1, 0, 1, 0]);
	});

	it('can be fitted alone', async () => {
		const rows = features(10, 6);
		const mask = Uint8Array.from({ length: 10 }, (_, i) => Number(i % 3 === 0));
		const alone = featuresIn(rows, 6, mask);
		expect(alone).toEqual(joined([0, 3, 6, 9].map((i) => rows.subarray(6 * i, 6 * i + 6))));
		expect((await fitColours([alone], 6)).pca.mean[0]).not.toBeCloseTo(
			(await fitColours([rows], 6)).pca.mean[0] ?? NaN
		);
	});
});
