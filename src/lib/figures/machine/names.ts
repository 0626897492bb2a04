import { prefixTokens, tokenGrid, type ViTConfig } from '../../engine/vit/config';
import { tokenName } from '../../marks/tokens';
import { KINDS, type Cell } from './cells';

/** What names are made of. */
export interface Naming {
	readonly config: ViTConfig;
	/** Of all outputs, in their order. */
	readonly outputs: readonly string[];
}

const COLOURS = [/* @wc-include */ 'red', /* @wc-include */ 'green', /* @wc-include */ 'blue'];

/** Where in its patch a number of `patches` lies, and which channel it is of, all counted from 0. */
export function pixelAt({ patchSize }: Pick<ViTConfig, 'patchSize'>, column: number) {
	const area = patchSize ** 2;
	const at = column % area;
	return { channel: Math.floor(column / area), row: Math.floor(at / patchSize), column: at % patchSize };
}

const channelName = ({ channels }: ViTConfig, channel: number): string =>
	(channels === COLOURS.length ? COLOURS[channel] : undefined) ?? `channel ${channel + 1}`;

/** Which of the numbers in its row: `feature 12`. */
export function columnName({ of, column }: Pick<Cell, 'of' | 'column'>, { config, outputs }: Naming): string {
	if (of === 'probability' || of === 'logit') return /* @wc-include */ `“${outputs[column] ?? `class ${column + 1}`}”`;
	if (of === 'score' || of === 'pattern') return `key ${tokenName(column, tokenGrid(config))}`;
	if (of !== 'pixel') return of === 'hidden' ? `unit ${column + 1}` : `feature ${column + 1}`;
	const at = pixelAt(config, column);
	return `${channelName(config, at.channel)} of pixel ${at.row + 1}, ${at.column + 1}`;
}

/** Whose number it is: `CLS`, `row 3, column 4`; empty of the answer. */
export function rowName({ of, row }: Cell, { config }: Naming): string {
	if (of === 'probability' || of === 'logit') return '';
	const patch = of === 'pixel' || of === 'patch_embed';
	return tokenName(patch ? prefixTokens(config) + row : row, tokenGrid(config));
}

/** The kind of number: `stream before block 3`. */
export function kindName({ of, block }: Pick<Cell, 'of' | 'block'>, { config }: Naming): string {
	if (of === 'leaving') return `stream after block ${block + 1}`;
	if (of !== 'stream') return KINDS[of][1];
	return block >= config.depth ? 'stream after the last block' : `stream before block ${block + 1}`;
}

/** A number in words: `pattern, query CLS, key row 4, column 5`, `key of row 4, column 5, feature 12`. */
export function cellName(cell: Cell, naming: Naming): string {
	const [kind, row, column] = [kindName(cell, naming), rowName(cell, naming), columnName(cell, naming)];
	if (cell.of === 'score' || cell.of === 'pattern') return `${kind}, query ${row}, ${column}`;
	return row === '' ? `${kind} of ${column}` : `${kind} of ${row}, ${column}`;
}
