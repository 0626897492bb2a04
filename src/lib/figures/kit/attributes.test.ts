import { describe, expect, it } from 'vitest';
import { AttributeReader, clampIndex } from './attributes';

describe('AttributeReader', () => {
	it('reads what is there and falls back where nothing is', () => {
		const read = new AttributeReader({ mode: 'b', size: '16', positions: 'off', block: 'last', pattern: 'a -> b' });
		expect(read.oneOf('mode', ['a', 'b'], 'a')).toBe('b');
		expect(read.whole('size', 8)).toBe(16);
		expect(read.flag('positions', true)).toBe(false);
		expect(clampIndex(read.index('block', 0), 6)).toBe(5);
		expect(read.text('pattern', '')).toBe('a -> b');
		expect(() => read.end()).not.toThrow();

		const words = new AttributeReader({ step: '12', place: 'same' });
		expect([words.wholeOr('step', 'all'), words.wholeOr('place', 'same'), words.wholeOr('unit', 'best')]).toEqual([
			12,
			'same',
			'best'
		]);

		const nothing = new AttributeReader({});
		expect(nothing.oneOf('mode', ['a', 'b'], 'a')).toBe('a');
		expect([nothing.whole('size', 8), nothing.index('block', 3), nothing.flag('on', true)]).toEqual([8, 3, true]);
	});

	it('names what is wrong', () => {
		const read = new AttributeReader({ mode: 'c', size: '-1', on: 'yes', more: '1' });
		expect(() => read.oneOf('mode', ['a', 'b'], 'a')).toThrow("'mode' must be one of a, b, and is 'c'.");
		expect(() => read.whole('size', 0)).toThrow("'size' must be a whole number, and is '-1'.");
		expect(() => read.flag('on', true)).toThrow("'on' must be one of on, off, and is 'yes'.");
		for (const text of ['', 'alls', '-1', '1.5']) {
			const place = () => new AttributeReader({ step: text }).wholeOr('step', 'all');
			expect(place).toThrow(`'step' must be all or a whole number, and is '${text}'.`);
		}
		expect(() => read.end()).toThrow("'more' is not an attribute of this figure.");
	});

	it('keeps an index inside the model', () => {
		expect([clampIndex(7, 6), clampIndex(2, 6), clampIndex(0, 0)]).toEqual([5, 2, 0]);
	});
});
