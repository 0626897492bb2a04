import { interpolateCividis, interpolateLab, interpolateMagma, interpolateRdBu, interpolateViridis, rgb } from 'd3';

/**
 * Colour maps for values from little to much: perceptually uniform, and brighter is always more. `greys` runs from
 * black to white in even steps of CIE L*.
 */
export const COLOUR_MAPS = ['magma', 'viridis', 'cividis', 'greys'] as const;

/** The map for signed values: blue below zero, white at zero, red above. Give it a domain symmetric about zero. */
export const DIVERGING = 'blue-red';

export type SequentialMap = (typeof COLOUR_MAPS)[number];
export type ColourMap = SequentialMap | typeof DIVERGING;

/** Colours in a table; the values of a domain are spread evenly over them. */
export const TABLE_SIZE = 256;

const INTERPOLATORS: Record<ColourMap, (t: number) => string> = {
	magma: interpolateMagma,
	viridis: interpolateViridis,
	cividis: interpolateCividis,
	greys: interpolateLab('#000', '#fff'),
	[DIVERGING]: (t) => interpolateRdBu(1 - t)
};

const tables = new Map<ColourMap, Uint8ClampedArray>();

/** The 256 opaque RGBA colours of a map, least first: 1024 bytes, shared between callers, not to be written to. */
export function colourTable(id: ColourMap): Uint8ClampedArray {
	const known = tables.get(id);
	if (known) return known;
	const table = makeTable(INTERPOLATORS[id]);
	tables.set(id, table);
	return table;
}

/** How far from its ends a map is taken for a line: the very ends are nearly black, and would be lost on a dark page. */
const INWARDS = 0.12;

/** What stands for numbers below and above zero beside a picture with a diverging map, as CSS colours. */
export const signColours = (id: typeof DIVERGING): Record<'negative' | 'positive', string> => ({
	negative: rgb(INTERPOLATORS[id](INWARDS)).formatHex(),
	positive: rgb(INTERPOLATORS[id](1 - INWARDS)).formatHex()
});

function makeTable(interpolate: (t: number) => string): Uint8ClampedArray {
	const table = new Uint8ClampedArray(4 * TABLE_SIZE);
	for (let i = 0; i < TABLE_SIZE; i++) {
		const { r, g, b } = rgb(interpolate(i / (TABLE_SIZE - 1)));
		table.set([r, g, b, 255], 4 * i);
	}
	return table;
}
