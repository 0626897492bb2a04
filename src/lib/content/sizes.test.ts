import { describe, expect, it } from 'vitest';
import { SIZE_KEYS, fillSizes, formatSize, sizesOf } from './sizes';
import { UNEVEN_CONFIG } from '../engine/testing/small';

const SIZES = {
	imageWidth: 48,
	imageHeight: 32,
	patchSize: 8,
	channels: 3,
	rows: 4,
	columns: 6,
	patches: 24,
	tokens: 25,
	pixels: 192,
	depth: 2,
	heads: 5,
	headDim: 4,
	dim: 20,
	mlpDim: 70,
	embedding: 20,
	classes: 10,
	parameters: 1234
};

/** As much of an element as is written to. */
function element(key: string) {
	const attributes = new Map([['data-size', key]]);
	return {
		attributes,
		textContent: '?',
		getAttribute: (name: string) => attributes.get(name) ?? null,
		setAttribute: (name: string, value: string) => void attributes.set(name, value)
	};
}

describe('the sizes of a model', () => {
	it('all come from its config', () => {
		expect(sizesOf(UNEVEN_CONFIG, 1234)).toEqual(SIZES);
		expect(Object.keys(SIZES)).toEqual([...SIZE_KEYS]);
	});

	it('count what a head reads of CLS and of the patches', () => {
		expect(sizesOf({ ...UNEVEN_CONFIG, pooling: 'cls+mean' }, 0).embedding).toBe(40);
	});

	it('are written with their thousands apart', () => {
		expect(formatSize(5717416)).toBe('5,717,416');
		expect(formatSize(5717416, 'de')).toBe('5\u202f717\u202f416');
	});

	it('are filled into prose, where a key is known', () => {
		const [known, unknown] = [element('parameters'), element('colour')];
		fillSizes({ querySelectorAll: () => [known, unknown] as unknown as Element[] }, sizesOf(UNEVEN_CONFIG, 1234));
		expect(known.textContent).toBe('1,234');
		expect(known.attributes.get('value')).toBe('1234');
		expect(unknown.textContent).toBe('?');
	});
});
