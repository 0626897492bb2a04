import type { Grid } from '../config';
import type { Anatomy, SpecialToken } from '../family';
import type { TapSpec } from '../tap';
import type { TokenChoice, Tokens, Top } from './edit';

/** The tokens that a `top` stands for. */
export type Tops = (top: Top) => readonly number[];

/** Axes that hold tokens. */
const TOKEN_AXES = ['token', 'patch', 'query', 'key', 'place'];

/** The tokens along an axis (or, in windows, along the window's axis and this one): -1 where padding stands. */
export interface TokenAxis {
	/** Index of the axis in the tap's shape. */
	readonly axis: number;
	/** Index of the window's axis, whose every window has `length` tokens of its own; null without windows. */
	readonly windows: number | null;
	readonly length: number;
	/** The token's number in the sequence at each place, window by window. */
	readonly tokens: readonly number[];
}

/** How the sequence looks at a tap. */
export interface Sequence {
	/** The tokens that are left, by their first numbers; null for all. */
	readonly kept: readonly number[] | null;
}

export const WHOLE: Sequence = { kept: null };

/** Where a tap has its tokens, one entry an axis that holds some. */
export function tokenAxes(anatomy: Anatomy, spec: TapSpec, { kept }: Sequence): TokenAxis[] {
	const windows = spec.axes[0] === 'window' ? 0 : null;
	return spec.axes.flatMap((name, axis): TokenAxis[] => {
		if (!TOKEN_AXES.includes(name)) return [];
		const tokens = kept && name !== 'patch' ? kept : anatomy.tokensAt(spec, axis);
		return [{ axis, windows, length: spec.shape[axis] ?? 0, tokens }];
	});
}

/**
 * The numbers of the tokens that are meant, in the order in which they are named.
 * @param tops what `top` stands for, once it is known
 * @returns null where the model has no such token, or the number is none of its tokens
 */
export function chosenTokens(anatomy: Anatomy, choice: Tokens, grid: Grid, tops: Tops): number[] | null {
	const list: readonly TokenChoice[] = Array.isArray(choice) ? choice : [choice as TokenChoice];
	const found: number[] = [];
	for (const one of list) {
		const tokens = tokensOf(anatomy, one, grid, tops);
		if (tokens.length === 0) return null;
		found.push(...tokens);
	}
	return [...new Set(found)];
}

function tokensOf({ prefix }: Anatomy, one: TokenChoice, { rows, columns }: Grid, tops: Tops): readonly number[] {
	const first = prefix.length;
	const count = first + rows * columns;
	const span = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
	const special = (kind: SpecialToken) => span(0, first).filter((token) => prefix[token] === kind);
	if (typeof one === 'number') return one < count ? [one] : [];
	if (typeof one === 'object') {
		if ('top' in one) return tops(one);
		const [top, bottom] = one.rows;
		const [left, right] = one.columns;
		if (bottom >= rows || right >= columns) return [];
		return span(top, bottom + 1).flatMap((row) => span(left, right + 1).map((c) => first + row * columns + c));
	}
	if (one === 'all') return span(0, count);
	if (one === 'patches') return span(first, count);
	return special(one === 'registers' ? 'register' : one);
}

/** A tap in a sequence of which tokens were taken out. */
export function shortened(spec: TapSpec, { kept }: Sequence): TapSpec {
	const holdsTokens = (axis = '') => ['token', 'query', 'key'].includes(axis);
	if (!kept || spec.axes.includes('window') || !spec.axes.some(holdsTokens)) return spec;
	const shape = spec.shape.map((length, i) => (holdsTokens(spec.axes[i]) ? kept.length : length));
	return { ...spec, shape, tokens: kept };
}
