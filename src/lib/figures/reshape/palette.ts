import type { Span } from '../../engine/einops/error';

/**
 * Colours of axes, light before dark: readable as text on every ground of the page, and told apart under the common
 * kinds of colour blindness (see palette.test.ts). They mean nothing but 'the same axis', so none is an idea's.
 */
export const AXIS_COLOURS = [
	['#076c90', '#91ecf8'],
	['#8f2d07', '#e67506'],
	['#692db8', '#b5a8f3'],
	['#88670d', '#f4dd2d'],
	['#075c3e', '#51c687'],
	['#a8396e', '#b985b1'],
	['#38396c', '#6d86f2']
] as const;

/** The CSS colour of the axis that is the `index`-th to be named; after the last colour the first comes again. */
export function axisColour(index: number): string {
	const [light, dark] = AXIS_COLOURS[index % AXIS_COLOURS.length] ?? AXIS_COLOURS[0];
	return `light-dark(${light}, ${dark})`;
}

/** A stretch of a pattern with the colour of the axis that it names. */
export interface Mark extends Span {
	readonly colour: string;
}

const AXIS = /[\p{L}\p{N}_]+|\.{3}/gu;

/**
 * Colours the axes of a pattern in the order in which it names them, the same on both sides. The pattern need not be
 * right: a reader who is typing sees the colours all the while. Axes of length 1 hold nothing and have none.
 */
export function marksOf(pattern: string): Mark[] {
	const colours = coloursOf(pattern);
	return [...pattern.matchAll(AXIS)].flatMap(({ 0: text, index: start }) => {
		const colour = isOne(text) ? undefined : colours.get(colourKey(text));
		return colour === undefined ? [] : [{ start, end: start + text.length, colour }];
	});
}

const isOne = (text: string) => /^0*1$/.test(text);

/** The colour of each axis by its {@link colourKey}. */
export function coloursOf(pattern: string): ReadonlyMap<string, string> {
	const colours = new Map<string, string>();
	for (const { 0: text } of pattern.matchAll(AXIS)) {
		const key = colourKey(text);
		if (!isOne(text) && !colours.has(key)) colours.set(key, axisColour(colours.size));
	}
	return colours;
}

/** What the colour of an axis goes by: the axes of an ellipsis share one, and so do all that are only numbers. */
export function colourKey(label: string): string {
	if (label.startsWith('...')) return '...';
	return /^\d+$/.test(label) ? '' : label;
}
