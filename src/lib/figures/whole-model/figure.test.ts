import { describe, expect, it } from 'vitest';
import { UNEVEN_CONFIG } from '../../engine/testing/small';
import { readBundled } from '../../models/bundled.server';
import { headRows } from './head-table';
import { partsOf } from './parts';
import { figure } from './figure';

const { config, parameters } = readBundled('static/models/patchwork-t');

describe('the state', () => {
	it('is what the attributes say', () => {
		expect(figure.parse({})).toEqual({ view: 'head' });
		expect(figure.parse({ view: 'parts' })).toEqual({ view: 'parts' });
	});

	it.each([[{ view: 'heads' }], [{ blok: '1' }]])('refuses %o', (attributes) => {
		expect(() => figure.parse(attributes)).toThrow(Object.keys(attributes)[0]);
	});

	it('asks for what it draws', () => {
		expect(figure.taps(UNEVEN_CONFIG, { view: 'parts' })).toEqual([]);
		expect(figure.taps(UNEVEN_CONFIG, { view: 'head' })).toEqual(['norm', 'logits', 'probabilities']);
	});
});

describe('softmax', () => {
	it('makes probabilities of logits, largest first, among all classes', () => {
		const { rows, sum } = headRows(Float32Array.from([0, Math.log(4), Math.log(2), 0]), 'softmax', 2);
		expect(rows.map(({ index }) => index)).toEqual([1, 2]);
		expect(sum).toBeCloseTo(2, 6);
		expect(rows.map(({ exponential }) => exponential)[1]).toBeCloseTo(0.5, 6);
		expect(rows[0]?.score).toBeCloseTo(0.5, 6);
		expect(rows[1]?.score).toBeCloseTo(0.25, 6);
	});
});

describe('a head without a softmax', () => {
	const logits = Float32Array.of(-2, Math.log(3), 0);

	it('makes a probability of each logit by itself', () => {
		const { rows, sum } = headRows(logits, 'sigmoid', 5);
		expect(rows.map(({ index }) => index)).toEqual([1, 2, 0]);
		expect(sum).toBeNull();
		expect(rows[0]).toMatchObject({ exponential: expect.closeTo(1 / 3, 6), score: expect.closeTo(0.75, 6) });
	});

	it('leaves numbers as they are, in their order', () => {
		const { rows, sum } = headRows(logits, 'number', 2);
		expect(sum).toBeNull();
		expect(rows.map(({ index, score, exponential }) => [index, score, exponential])).toEqual([
			[0, -2, null],
			[1, expect.closeTo(Math.log(3), 6), null]
		]);
	});
});

describe('the parts', () => {
	it('have all parameters between them', () => {
		const sum = partsOf(config).reduce((total, part) => total + part.parameters, 0);
		expect(sum).toBe(parameters);
	});
});
