import { patchGrid, prefixTokens, tokenCount, type CommonConfig, type ViTConfig } from '../../engine/config';
import type { SwinConfig } from '../../engine/swin/config';
import { clampIndex } from '../../lesson/attributes';
import { CLS } from '../../marks/tokens';

/** A token by its number (0 is CLS, the patches follow), or the patch in the middle of the photo. */
export type TokenChoice = number | 'centre';

/**
 * The patch that every figure begins with, unless its step names another: the one in the middle of the photo, or the one
 * below and to the right of the middle where that lies on a border. Counted from 0, row-major.
 */
export function centrePatch(config: CommonConfig): number {
	const { rows, columns } = patchGrid(config);
	return Math.floor(rows / 2) * columns + Math.floor(columns / 2);
}

/** Reads `token`: `cls`, `centre` or a number. */
export function readToken(text: string): TokenChoice {
	if (text === 'centre') return text;
	if (text === 'cls') return CLS;
	if (!/^\d+$/.test(text)) throw new Error(`'token' must be cls, centre or a whole number, and is '${text}'.`);
	return Number(text);
}

/** The token that is meant in a model of this size. */
export function tokenOf(config: ViTConfig, token: TokenChoice): number {
	return token === 'centre' ? prefixTokens(config) + centrePatch(config) : clampIndex(token, tokenCount(config));
}

/**
 * The patch of a Swin's first map that is meant, from 0. It has no CLS, but the tokens of a link and of other figures
 * count from it; one that is no patch stands for the patch in the middle.
 */
export function patchOf(config: SwinConfig, token: TokenChoice): number {
	const { rows, columns } = patchGrid(config);
	const patch = token === 'centre' ? -1 : token - 1;
	return patch >= 0 && patch < rows * columns ? patch : centrePatch(config);
}
