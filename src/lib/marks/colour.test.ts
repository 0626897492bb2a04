import { interpolateCividis, interpolateMagma, interpolateRdBu, interpolateViridis, lab, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS, colourTable, DIVERGING, TABLE_SIZE, type ColourMap } from './colour';

const entry = (id: ColourMap, i: number) => [...colourTable(id).slice(4 * i, 4 * i + 4)];
const lightness = (id: ColourMap, i: number) => {
	const [r = 0, g = 0, b = 0] = entry(id, i);
	return lab(rgb(r, g, b)).l;
};
const opaque = (colour: string) => {
	const { r, g, b } = rgb(colour);
	return [r, g, b, 255];
};

describe('colour tables', () => {
	it.each<ColourMap>([...COLOUR_MAPS, DIVERGING])('%s has 256 opaque entries', (id) => {
		expect(colourTable(id)).toHaveLength(4 * 256);
		for (let i = 0; i < TABLE_SIZE; i++) expect(entry(id, i)[3]).toBe(255);
	});

	it.each<[ColourMap, string, string]>([
		['magma', interpolateMagma(0), interpolateMagma(1)],
		['viridis', interpolateViridis(0), interpolateViridis(1)],
		['cividis', interpolateCividis(0), interpolateCividis(1)],
		['greys', '#000', '#fff'],
		[DIVERGING, interpolateRdBu(1), interpolateRdBu(0)]
	])("%s ends where d3's map ends", (id, first, last) => {
		expect(entry(id, 0)).toEqual(opaque(first));
		expect(entry(id, 255)).toEqual(opaque(last));
	});

	it.each(COLOUR_MAPS)('%s grows lighter all the way', (id) => {
		// Rounding to bytes may take back a quarter of a unit of L*; over eight entries every map must have gained.
		for (let i = 1; i < TABLE_SIZE; i++) expect(lightness(id, i)).toBeGreaterThan(lightness(id, i - 1) - 0.25);
		for (let i = 8; i < TABLE_SIZE; i += 8) expect(lightness(id, i)).toBeGreaterThan(lightness(id, i - 8));
	});

	it('greys is even in lightness', () => {
		expect(lightness('greys', 64)).toBeCloseTo((100 * 64) / 255, 0);
	});

	it('the diverging map is lightest at zero, blue below and red above', () => {
		expect(lightness(DIVERGING, 128)).toBeGreaterThan(90);
		const [redBelow = 0, , blueBelow = 0] = entry(DIVERGING, 40);
		const [redAbove = 0, , blueAbove = 0] = entry(DIVERGING, 215);
		expect(blueBelow).toBeGreaterThan(redBelow);
		expect(redAbove).toBeGreaterThan(blueAbove);
	});

	it('is made once', () => {
		expect(colourTable('magma')).toBe(colourTable('magma'));
	});
});
