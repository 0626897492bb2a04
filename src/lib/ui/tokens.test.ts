import { readFileSync } from 'node:fs';
import { hsl } from 'd3';
import { describe, expect, it } from 'vitest';
import { contrast, difference, vision } from './testing/measures';

const css = readFileSync(new URL('../../app.css', import.meta.url), 'utf8');
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];
const ideas = ['query', 'key', 'value', 'residual', 'mlp', 'cls'];

/** A colour token of app.css in one theme. */
function token(name: string, theme: Theme): string {
	const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);`).exec(css);
	const colour = match?.[theme === 'light' ? 1 : 2];
	if (colour === undefined) throw new Error(`app.css has no colour --${name}.`);
	return colour;
}

describe.each(themes)('the %s theme', (theme) => {
	const grounds = ['paper', 'surface', 'surface-2'];
	const pairs = (names: string[], on: string[]) => names.flatMap((name) => on.map((ground) => [name, ground] as const));

	it.each(pairs(['ink', 'ink-2', 'accent', 'error', ...ideas], grounds))('%s is readable on %s', (name, ground) => {
		expect(contrast(token(name, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
	});

	it.each([
		['on-accent', 'accent'],
		['paper', 'ink'],
		['ink', 'error-surface'],
		['error', 'error-surface']
	])('%s is readable on %s', (name, ground) => {
		expect(contrast(token(name, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
	});

	it.each(pairs(['rule-strong', 'focus'], grounds))('%s stands out from %s', (name, ground) => {
		expect(contrast(token(name, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
	});

	it.each(Object.keys(vision))('tells the ideas apart with %s', (kind) => {
		for (const [i, a] of ideas.entries()) {
			for (const b of ideas.slice(0, i)) {
				const apart = difference(token(a, theme), token(b, theme), kind);
				expect(apart, `${a} and ${b}`).toBeGreaterThan(0.06);
			}
		}
	});

	it(`is ${theme}`, () => {
		const paper = hsl(token('paper', theme)).l;
		expect(paper > 0.5).toBe(theme === 'light');
	});
});

it('measures black on white as 21 to 1', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
});
