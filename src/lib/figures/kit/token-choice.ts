import { patchGrid, type CommonConfig } from '../../engine/config';
import { tokenGridOf, type ModelConfig } from '../../engine/families';
import { clampIndex } from './attributes';
import { firstQuery } from '../../marks/tokens';

/**
 * A token by its number (those before the patches come first), the patch in the middle of the photo, or CLS: in a model
 * without one that patch, too.
 */
export type TokenChoice = number | 'centre' | 'cls';

/**
 * The patch that every figure begins with, unless its step names another: the one in the middle of the photo, or the one
 * below and to the right of the middle where that lies on a border. Counted from 0, row-major.
 */
export function centrePatch(config: CommonConfig): number {
	const { rows, columns } = patchGrid(config);
	return Math.floor(rows / 2) * columns + Math.floor(columns / 2);
}

/** Reads `cls`, `centre` or a number. @param name of the attribute */
export function readToken(text: string, name = 'token'): TokenChoice {
	if (text === 'centre' || text === 'cls') return text;
	if (!/^\d+$/.test(text)) throw new Error(`'${name}' must be cls, centre or a whole number, and is '${text}'.`);
	return Number(text);
}

/** The token that is meant in a model of this size. */
export function tokenOf(config: ModelConfig, token: TokenChoice): number {
	const grid = tokenGridOf(config);
	const before = grid.prefix.length;
	if (token === 'cls') return firstQuery(grid);
	return token === 'centre' ? before + centrePatch(config) : clampIndex(token, before + grid.rows * grid.columns);
}

/**
 * The patch that is meant where there are stages, from 0. Such models mostly have no CLS, but the tokens of a link and of
 * other figures count from it; one that is no patch stands for the patch in the middle.
 */
export function patchOf(config: CommonConfig, token: TokenChoice): number {
	const { rows, columns } = patchGrid(config);
	const patch = typeof token === 'number' ? token - 1 : -1;
	return patch >= 0 && patch < rows * columns ? patch : centrePatch(config);
}
