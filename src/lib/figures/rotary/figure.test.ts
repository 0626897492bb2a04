import { describe, expect, it } from 'vitest';
import { tapSpecs } from '../../engine/families';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { figure, movedTogether, tokensOf, turnedTaps, VIEWS } from './figure';

describe('the state that a step asks for', () => {
	it('is two places by hand, unless it says otherwise', () => {
		const plain = { view: 'hand', queryPlace: 3, keyPlace: 5, degrees: 20, token: 'centre', key: 'near', pair: -1 };
		expect(figure.parse({})).toMatchObject(plain);
		expect(figure.parse({ view: 'run', 'key-place': '12', degrees: '45', key: '4', pair: '2' })).toMatchObject({
			...{ view: 'run', queryPlace: 3, keyPlace: 12, degrees: 45, key: 4, pair: 2 }
		});
	});

	it('is refused when it is unknown', () => {
		expect(() => figure.parse({ view: 'turn' })).toThrow(/view/);
		expect(() => figure.parse({ 'query-place': '13' })).toThrow(/query-place/);
		expect(() => figure.parse({ 'key-place': '0' })).toThrow(/key-place/);
		expect(() => figure.parse({ speed: '3' })).toThrow(/speed/);
	});

	it.each(VIEWS)('reads, for %s, only what the model has', (view) => {
		const known = tapSpecs(SMALL_CONFIG).map(({ name }) => name);
		const names = figure.taps(SMALL_CONFIG, figure.parse({ view, block: 'last' }));
		expect(names.length).toBeGreaterThan(0);
		expect(known).toEqual(expect.arrayContaining([...names]));
	});
});

it('a model without rotary positions has nothing turned', () => {
	expect(turnedTaps(SMALL_CONFIG, 0)).toBeNull();
});

describe('the two tokens', () => {
	// Two rows of three patches after CLS.
	it('are a patch and one that is a row and two columns from it', () => {
		expect(tokensOf(SMALL_CONFIG, { token: 1, key: 'near' })).toEqual([1, 6]);
		expect(tokensOf(SMALL_CONFIG, { token: 6, key: 'near' })).toEqual([6, 1]);
		expect(tokensOf(SMALL_CONFIG, { token: 'cls', key: 'near' })).toEqual([0, 1]);
		expect(tokensOf(SMALL_CONFIG, { token: 2, key: 5 })).toEqual([2, 5]);
	});

	const grid = { rows: 2, columns: 3, prefix: ['CLS'] };

	it('move together while both stay in the photo', () => {
		expect(movedTogether([1, 3], [1, 0], grid)).toEqual([4, 6]);
		expect(movedTogether([1, 2], [0, 1], grid)).toEqual([2, 3]);
		expect(movedTogether([1, 3], [0, 1], grid)).toBeNull();
		expect(movedTogether([4, 1], [1, 0], grid)).toBeNull();
	});

	it('do not where one stands for no patch', () => {
		expect(movedTogether([0, 3], [1, 0], grid)).toBeNull();
	});
});
