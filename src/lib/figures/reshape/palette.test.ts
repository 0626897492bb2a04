import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, difference, vision } from '../../ui/testing/measures';
import { AXIS_COLOURS, axisColour, coloursOf, marksOf } from './palette';

const css = readFileSync(new URL('../../../app.css', import.meta.url), 'utf8');
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

function ground(name: string, theme: Theme): string {
	const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);`).exec(css);
	return match?.[theme === 'light' ? 1 : 2] ?? '';
}

describe.each(themes)('axis colours in the %s theme', (theme) => {
	const colours = AXIS_COLOURS.map(([light, dark]) => (theme === 'light' ? light : dark));

	it.each(['paper', 'surface', 'surface-2'])('are readable as text on %s', (name) => {
		for (const colour of colours) expect(contrast(colour, ground(name, theme)), colour).toBeGreaterThanOrEqual(4.5);
	});

	it.each(Object.keys(vision))('are told apart with %s', (kind) => {
		for (const [i, a] of colours.entries())
			for (const b of colours.slice(0, i)) expect(difference(a, b, kind), `${a} and ${b}`).toBeGreaterThan(0.06);
	});
});

describe('marksOf', () => {
	it('gives an axis the same colour on both sides, and each its own', () => {
		const text = 'b (h p1) -> (b p1) h';
		const marks = marksOf(text);
		expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual(['b', 'h', 'p1', 'b', 'p1', 'h']);
		expect(marks.map(({ colour }) => colour)).toEqual([0, 1, 2, 0, 2, 1].map(axisColour));
	});

	it('colours what is not right yet, ellipses and numbers too, but no axis of length 1', () => {
		const text = '... (h 2 -> 1 ... 3';
		const marks = marksOf(text);
		expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual(['...', 'h', '2', '...', '3']);
		expect(marks.map(({ colour }) => colour)).toEqual([0, 1, 2, 0, 2].map(axisColour));
	});

	it('begins again with the first colour when there are no more', () => {
		const names = 'a b c d e f g h';
		expect(coloursOf(names).get('h')).toBe(coloursOf(names).get('a'));
		expect(coloursOf(names).get('g')).not.toBe(coloursOf(names).get('a'));
	});
});
