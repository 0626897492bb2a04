import { has } from '../../engine/families';
import { isPooled, prefixTokens, tokenCount, type ViTConfig } from '../../engine/vit/config';
import { patchGrid } from '../../engine/config';
import type { TapData } from '../../engine/tap';
import { clampIndex } from '../kit/attributes';
import { inputOf, transformerBlockAt } from '../kit/blocks';

/** What the machine is looked at as: all of it, one block, one head of that, or one number. */
export const LEVELS = ['model', 'block', 'head', 'number'] as const;
export type Level = (typeof LEVELS)[number];

/** Of each kind of number: the level that it is seen at, and what it is called. */
export const KINDS = {
	probability: ['model', /* @wc-include */ 'probability'],
	logit: ['model', /* @wc-include */ 'logit'],
	final: ['model', 'last layer norm'],
	stream: ['block', 'residual stream'],
	embedding: ['model', /* @wc-include */ 'embedding'],
	patch_embed: ['model', 'patch embedding'],
	pixel: ['model', /* @wc-include */ 'pixel'],
	norm1: ['block', 'layer norm 1'],
	query: ['head', /* @wc-include */ 'query'],
	key: ['head', /* @wc-include */ 'key'],
	value: ['head', /* @wc-include */ 'value'],
	score: ['head', /* @wc-include */ 'score'],
	pattern: ['head', /* @wc-include */ 'pattern'],
	head_out: ['head', 'head output'],
	attended: ['block', 'attention output'],
	between: ['block', 'stream after attention'],
	norm2: ['block', 'layer norm 2'],
	hidden: ['block', 'hidden value'],
	mlp: ['block', 'feed-forward output'],
	leaving: ['block', 'residual stream']
} as const satisfies Record<string, readonly [Level, string]>;
export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** One number of the run. Everything is counted from 0; what a kind has no use for is 0, or left as it was. */
export interface Cell {
	readonly of: Kind;
	/** Of the stream, the block that it enters: one past the last for what the last has left. */
	readonly block: number;
	readonly head: number;
	/** The token; of scores and pattern the query; of pixels the patch. */
	readonly row: number;
	/** The feature; of scores and pattern the key; of logits and probabilities the class. */
	readonly column: number;
}

/** The level that a number is seen at: what leaves the last block is seen with all of the model. */
export const levelOf = ({ of, block }: Pick<Cell, 'of' | 'block'>, { depth }: Pick<ViTConfig, 'depth'>): Level =>
	of === 'stream' && block >= depth ? 'model' : KINDS[of][0];

const IN_BLOCK: Partial<Record<Kind, string>> = {
	norm1: 'norm1',
	query: 'query',
	key: 'key',
	value: 'value',
	score: 'attn.scores',
	pattern: 'attn.pattern',
	head_out: 'attn.head_out',
	attended: 'attn.out',
	between: 'residual1',
	norm2: 'norm2',
	mlp: 'mlp.out',
	leaving: 'out'
};

const IN_MODEL: Partial<Record<Kind, string>> = {
	probability: 'probabilities',
	logit: 'logits',
	final: 'norm',
	embedding: 'embeddings',
	patch_embed: 'patch_embed',
	pixel: 'patches'
};

/** What the names of a block's taps begin with. */
export const stemOf = (config: ViTConfig, block: number): string => transformerBlockAt(config, block).stem;

/** The name of a block's tap. */
export const inBlock = (config: ViTConfig, block: number, name: string): string => `${stemOf(config, block)}.${name}`;

/** The tap that a kind of number is in. */
export function tapOf(config: ViTConfig, { of, block }: Pick<Cell, 'of' | 'block'>): string {
	if (of === 'stream') return inputOf(clampIndex(block, config.depth + 1));
	if (of === 'hidden') return inBlock(config, block, config.mlp === 'gelu' ? 'mlp.post_gelu' : 'mlp.gated');
	return IN_MODEL[of] ?? inBlock(config, block, IN_BLOCK[of] ?? '');
}

/** Width of a row. */
const widthOf = ({ shape }: Pick<TapData, 'shape'>): number => shape.at(-1) ?? 0;

/** The row of a tap in which a number is: a view. */
export function rowIn(tap: TapData, { head, row }: Pick<Cell, 'head' | 'row'>): Float32Array {
	const width = widthOf(tap);
	const rows = tap.shape.length > 2 ? (tap.shape.at(-2) ?? 1) : 1;
	const at = (tap.shape.length > 3 ? head * rows : 0) + (tap.shape.length > 2 ? row : 0);
	return tap.data.subarray(at * width, (at + 1) * width);
}

/** The number itself; NaN for one that is not there. */
export const valueAt = (tap: TapData, cell: Cell): number => rowIn(tap, cell)[cell.column] ?? NaN;

/** Where the largest number of a row is, by its size without its sign. */
export function largestIn(row: Float32Array): number {
	let largest = 0;
	for (let i = 1; i < row.length; i++) if (Math.abs(row[i] ?? 0) > Math.abs(row[largest] ?? 0)) largest = i;
	return largest;
}

/** Whether the answer can be walked back from: one classifier reads one token, and nothing is pooled in between. */
export const readsOneToken = (config: ViTConfig): boolean => !isPooled(config) && !config.distillationHead;

/** Whether a model has a kind of number that can be walked from. */
export function hasKind(config: ViTConfig, of: Kind): boolean {
	if (of === 'logit') return config.scores !== 'vector' && readsOneToken(config);
	if (of === 'probability') return hasKind(config, 'logit') && config.scores !== 'number';
	return true;
}

/** What the answer is read as, where it can be walked back from. */
export function answerKind(config: ViTConfig): Kind | null {
	return (['probability', 'logit'] as const).find((of) => hasKind(config, of)) ?? null;
}

/** What stands for a kind that a model lacks: of its answer what is nearest to that, at last a token that is read for it. */
function nearestKind(config: ViTConfig, of: Kind): Kind {
	return hasKind(config, of) ? of : (answerKind(config) ?? 'final');
}

/** Rows of a kind's table. */
function rowsOf(config: ViTConfig, of: Kind): number {
	const { rows, columns } = patchGrid(config);
	if (of === 'probability' || of === 'logit') return 1;
	return of === 'pixel' || of === 'patch_embed' ? rows * columns : tokenCount(config);
}

/** Columns of a kind's table. */
function columnsOf(config: ViTConfig, of: Kind): number {
	const { dim, heads, classes, channels, patchSize, mlpDim } = config;
	if (of === 'probability' || of === 'logit') return classes;
	if (of === 'pixel') return channels * patchSize ** 2;
	if (of === 'score' || of === 'pattern') return tokenCount(config);
	if (of === 'hidden') return mlpDim;
	return KINDS[of][0] === 'head' ? dim / heads : dim;
}

/** The same number, or the nearest that this model has. What enters the first block are the embeddings. */
export function within(config: ViTConfig, cell: Cell): Cell {
	const wanted = nearestKind(config, cell.of);
	const of = wanted === 'stream' && cell.block <= 0 ? 'embedding' : wanted;
	const blocks = config.depth + Number(of === 'stream');
	return {
		of,
		block: clampIndex(cell.block, blocks),
		head: clampIndex(cell.head, config.heads),
		row: clampIndex(cell.row, rowsOf(config, of)),
		column: clampIndex(cell.column, columnsOf(config, of))
	};
}

/** The tokens that a number is about, the one that it belongs to first; none of the answer. */
export function tokensOf(config: ViTConfig, { of, row, column }: Cell): number[] {
	const before = prefixTokens(config);
	if (of === 'probability' || of === 'logit') return [];
	if (of === 'pixel' || of === 'patch_embed') return [before + row];
	return of === 'score' || of === 'pattern' ? [row, column] : [row];
}

/**
 * The pixel in the middle of the patch that a number's token began as; of a query and its key, the key's. Null where that
 * was no patch, and for pixels themselves.
 */
export function originOf(config: ViTConfig, cell: Cell): Cell | null {
	if (cell.of === 'pixel' || !has(config, 'patches')) return null;
	const patch = (tokensOf(config, cell).at(-1) ?? -1) - prefixTokens(config);
	if (patch < 0) return null;
	const { patchSize } = config;
	const middle = Math.floor(patchSize / 2);
	return { of: 'pixel', block: cell.block, head: cell.head, row: patch, column: middle * patchSize + middle };
}

export const isSame = (a: Cell, b: Cell): boolean =>
	a.of === b.of && a.block === b.block && a.head === b.head && a.row === b.row && a.column === b.column;
