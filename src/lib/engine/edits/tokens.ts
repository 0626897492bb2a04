import { DISTILLATION, isViT, patchGrid, prefixTokens, type ModelConfig } from '../config';
import { stageMap } from '../swin/config';
import { tokenAt, windowLayout } from '../swin/windows';
import type { TapSpec } from '../taps';
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
	/** Tokens before the patches. */
	readonly prefix: number;
	/** The tokens that are left, by their first numbers; null for all. */
	readonly kept: readonly number[] | null;
}

export const wholeSequence = (config: ModelConfig): Sequence => ({
	prefix: isViT(config) ? prefixTokens(config) : 0,
	kept: null
});

/** Where a tap has its tokens, one entry an axis that holds some. */
export function tokenAxes(config: ModelConfig, spec: TapSpec, { prefix, kept }: Sequence): TokenAxis[] {
	const windows = spec.axes[0] === 'window' ? 0 : null;
	return spec.axes.flatMap((name, axis): TokenAxis[] => {
		if (!TOKEN_AXES.includes(name)) return [];
		const length = spec.shape[axis] ?? 0;
		if (windows !== null) return [{ axis, windows, length, tokens: windowTokens(config, spec.name) }];
		const first = name === 'patch' ? prefix : firstOf(config, spec.name);
		const tokens = kept && name !== 'patch' ? kept : Array.from({ length }, (_, i) => first + i);
		return [{ axis, windows, length, tokens }];
	});
}

/** The token that the first row of a tap or parameter is of. */
function firstOf(config: ModelConfig, name: string): number {
	if (name === 'weights.dist_token') return DISTILLATION;
	return name === 'weights.reg_tokens' && isViT(config) ? prefixTokens(config) - config.registers : 0;
}

/** The tokens of every window of a block, in the order of the windows and their places. */
function windowTokens(config: ModelConfig, name: string): number[] {
	const [, stage, block] = /^stages\.(\d+)\.blocks\.(\d+)\./.exec(name) ?? [];
	if (isViT(config)) return [];
	const layout = windowLayout(config, Number(stage), Number(block));
	return Array.from({ length: layout.count * layout.area }, (_, i) => {
		return tokenAt(layout, { window: Math.floor(i / layout.area), place: i % layout.area }) ?? -1;
	});
}

/** Rows and columns of the tokens of a map: of the patches, or of a later stage of Swin. */
export interface Grid {
	readonly rows: number;
	readonly columns: number;
}

/**
 * The numbers of the tokens that are meant, in the order in which they are named.
 * @param tops what `top` stands for, once it is known
 * @returns null where the model has no such token, or the number is none of its tokens
 */
export function chosenTokens(config: ModelConfig, choice: Tokens, grid: Grid, tops: Tops): number[] | null {
	const list: readonly TokenChoice[] = Array.isArray(choice) ? choice : [choice as TokenChoice];
	const found: number[] = [];
	for (const one of list) {
		const tokens = tokensOf(config, one, grid, tops);
		if (tokens.length === 0) return null;
		found.push(...tokens);
	}
	return [...new Set(found)];
}

function tokensOf(config: ModelConfig, one: TokenChoice, { rows, columns }: Grid, tops: Tops): readonly number[] {
	const prefix = isViT(config) ? prefixTokens(config) : 0;
	const count = prefix + rows * columns;
	const span = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
	if (typeof one === 'number') return one < count ? [one] : [];
	if (one === 'all') return span(0, count);
	if (one === 'patches') return span(prefix, count);
	if (typeof one === 'object' && 'top' in one) return tops(one);
	if (typeof one === 'object') {
		const [top, bottom] = one.rows;
		const [left, right] = one.columns;
		if (bottom >= rows || right >= columns) return [];
		return span(top, bottom + 1).flatMap((row) => span(left, right + 1).map((c) => prefix + row * columns + c));
	}
	if (!isViT(config)) return [];
	if (one === 'cls') return config.cls ? [0] : [];
	if (one === 'distillation') return config.distilled ? [DISTILLATION] : [];
	return span(prefix - config.registers, prefix);
}

/** The grid of the tokens at a tap. */
export function gridAt(config: ModelConfig, spec: TapSpec): Grid {
	const first = patchGrid(config);
	const stage = /^stages\.(\d+)\./.exec(spec.name)?.[1];
	if (isViT(config)) return first;
	const last = config.stages.length - 1;
	return stageMap(config, spec.name === 'norm' ? last : Number(stage ?? 0) + Number(spec.name.endsWith('.merge')));
}

/** A tap in a sequence of which tokens were taken out. */
export function shortened(spec: TapSpec, { kept }: Sequence): TapSpec {
	const holdsTokens = (axis = '') => ['token', 'query', 'key'].includes(axis);
	if (!kept || spec.axes.includes('window') || !spec.axes.some(holdsTokens)) return spec;
	const shape = spec.shape.map((length, i) => (holdsTokens(spec.axes[i]) ? kept.length : length));
	return { ...spec, shape, tokens: kept };
}
