import { expect, it } from 'vitest';
import { thumbnailOf } from './thumbnail';

it('draws the first matrix of a tap', () => {
	const data = Float32Array.from([1, -3, 2, 0, 9, 9, 9, 9]);
	const { values, ...rest } = thumbnailOf({ data, shape: [1, 2, 2, 2] });
	expect([...values]).toEqual([1, -3, 2, 0]);
	expect(rest).toEqual({ rows: 2, columns: 2, signed: true, domain: [-3, 3] });
	expect(thumbnailOf({ data: Float32Array.from([1, 4]), shape: [1, 2] }).domain).toEqual([1, 4]);
	const classes = thumbnailOf({ data: new Float32Array(1000), shape: [1, 1000] });
	expect([classes.rows, classes.columns]).toEqual([25, 40]);
});

it('leaves out rows and columns of a large matrix, but not their range', () => {
	const data = Float32Array.from({ length: 3 * 600 }, (_, i) => i);
	const { values, ...rest } = thumbnailOf({ data, shape: [1, 3, 600] });
	expect(rest).toEqual({ rows: 3, columns: 200, signed: false, domain: [0, 1799] });
	expect([...values.slice(0, 3), values[200], values[599]]).toEqual([0, 3, 6, 600, 1797]);
	const tall = thumbnailOf({ data, shape: [1, 600, 3] });
	expect([tall.rows, tall.columns, tall.values[3]]).toEqual([200, 3, 9]);
});
