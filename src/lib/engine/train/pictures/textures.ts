import type { Cover } from './canvas';
import { chanceOf, type Chance } from './chance';

/** The textures, by the numbers that labels are. */
export const TEXTURES = ['stripes', 'checks', 'dots', 'speckles'] as const;

/** A wave from 0 to 1, whose edges are about a pixel soft. @param period in pixels */
const wave = (at: number, period: number) =>
	Math.min(1, Math.max(0, 0.5 + (period / 4) * Math.sin((2 * Math.PI * at) / period)));

/** How much of both colours a place has, in units of the texture's own turned axes. */
type Pattern = (u: number, v: number, period: number) => number;

const PATTERNS: Readonly<Record<Exclude<(typeof TEXTURES)[number], 'speckles'>, Pattern>> = {
	stripes: (u, _, period) => wave(u, period),
	checks(u, v, period) {
		const [a, b] = [wave(u, period), wave(v, period)];
		return a + b - 2 * a * b;
	},
	// Wide enough to cover half, as the others do.
	dots(u, v, period) {
		const [du, dv] = [u, v].map((at) => at - period * (Math.floor(at / period) + 0.5));
		return Math.min(1, Math.max(0, 0.4 * period + 0.5 - Math.hypot(du ?? 0, dv ?? 0)));
	}
};

/** A texture of any direction, width and place. @param texture from 0 to 3 */
export function textureCover(texture: number, chance: Chance): Cover {
	const angle = chance.between(0, Math.PI);
	const period = chance.between(5, 9);
	const [left, top] = [chance.between(0, period), chance.between(0, period)];
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	const name = TEXTURES[texture] ?? 'speckles';
	if (name === 'speckles') return speckles(period / 2, chance.below(2 ** 30));
	return (x, y) => PATTERNS[name](x * cos + y * sin + left, y * cos - x * sin + top, period);
}

/** Squares of either colour by chance, half a period wide, smoothed: no order beyond one of them. */
function speckles(side: number, seed: number): Cover {
	const at = (column: number, row: number) => Math.round(chanceOf(seed, column, row).next());
	return (x, y) => {
		const [u, v] = [x / side, y / side];
		const [column, row] = [Math.floor(u), Math.floor(v)];
		const [right, down] = [u - column, v - row];
		const above = at(column, row) * (1 - right) + at(column + 1, row) * right;
		const below = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right;
		return above * (1 - down) + below * down;
	};
}
