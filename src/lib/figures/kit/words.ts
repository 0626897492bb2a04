import { format } from 'd3';
import { decimal, fixed, precise } from '../../base/numbers';
import type { ViTConfig } from '../../engine/vit/config';
import { count, scientific } from '../../marks/numbers';
import { firstPatch, tokenName, type Grid } from '../../marks/tokens';

const three = format('.3f');
const two = format('.2f');
const significant = format('.3r');

/** Three decimals, so that sums can be followed by eye; with a true minus sign. */
export const exact = (value: number): string => decimal(unsigned(three(value)));

/** Two decimals, for reading. */
export const rough = (value: number): string => decimal(unsigned(two(value)));

/** A probability whose logarithm is to be followed: three digits, however small it is. */
export const probability = (value: number): string => decimal(value < 0.1 ? significant(value) : three(value));

/** Zero has no sign to speak of. */
const unsigned = (text: string) => (/^−0\.0*$/.test(text) ? text.slice(1) : text);

/** A number with three significant digits and a true minus sign; tiny ones as a power of ten. */
export function num(value: number): string {
	return threeDigits(value).replace(/^-/, '−');
}

function threeDigits(value: number): string {
	const size = Math.abs(value);
	if (value === 0 || !Number.isFinite(value)) return String(value);
	if (size < 0.001) return scientific(value);
	return size < 100 ? precise(value, 3) : fixed(value, size < 1000 ? 1 : 0);
}

/** A number that is added to something: in brackets where it is negative. */
export const added = (text: string): string => (text.startsWith('−') ? `(${text})` : text);

/**
 * A token in the middle of a sentence: `CLS` or `the patch in row 3, column 7`; on maps that patches
 * are merged into, `the token in row 3, column 7`.
 */
export function tokenWords(token: number, grid: Grid): string {
	const name = tokenName(token, grid);
	if (token < firstPatch(grid)) return name;
	return grid.merged ? `the token in ${name}` : `the patch in ${name}`;
}

/** The same at the start of one. */
export function tokenWordsFirst(token: number, grid: Grid): string {
	const words = tokenWords(token, grid);
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** So many of something: `1 patch`, `1,232 patches`. */
export const counted = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

type Prefix = Pick<ViTConfig, 'cls' | 'distilled' | 'registers'>;

/** The kinds of tokens that stand before the patches, in their order. */
export function prefixParts({ cls, distilled, registers }: Prefix): string[] {
	return [
		...(cls ? ['CLS'] : []),
		...(distilled ? ['the distillation token'] : []),
		...(registers > 0 ? [counted(registers, 'register', 'registers')] : [])
	];
}

/** The same in a sentence: `CLS`, or `CLS and 4 registers`; empty where nothing stands before the patches. */
export function prefixWords(config: Prefix): string {
	const [last = '', ...others] = prefixParts(config).reverse();
	return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
