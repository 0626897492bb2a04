import { patchGrid } from '../../engine/config';
import { has, tokenGridOf, type ModelConfig } from '../../engine/families';
import type { TransformerBlock } from '../../engine/family';
import { CLS, hasCls, type Grid } from '../../marks/tokens';
import { paddedPicture } from '../../run/pictures';
import type { Picture } from '../../run/shown';
import type { ModelRun } from '../figure';
import { clampIndex } from './attributes';
import { transformerBlockAt } from './blocks';
import { patchOf, tokenOf, type TokenChoice } from './token-choice';

/** The tokens of a block, and the one that is meant. */
export interface BlockTokens {
	/** Their places. Where there are stages it is the map of the block's. */
	readonly grid: ReturnType<typeof tokenGridOf> & Pick<Grid, 'merged'>;
	readonly token: number;
	/** What the figure's state says of another token when that is picked. */
	choiceOf(token: number): number;
}

/**
 * Where there are stages, the state's token is a patch of the first map, and stays that through all of them.
 * @param block from 0, through all stages; one that is not there stands for the last
 */
export function blockTokens(config: ModelConfig, block: number, choice: TokenChoice): BlockTokens {
	const all = tokenGridOf(config);
	if (has(config, 'sequence')) return { grid: all, token: tokenOf(config, choice), choiceOf: (token) => token };
	const map = transformerBlockAt(config, block);
	const before = all.prefix.length;
	// Tokens are counted from CLS, even where there is none: see `patchOf`.
	const first = Math.max(1, before);
	const patch = patchOf(config, typeof choice === 'number' ? choice - first + 1 : choice);
	return {
		grid: { rows: map.rows, columns: map.columns, prefix: all.prefix, merged: true },
		token: beforePatches(all, choice) ?? before + tokenOfPatch(config, map, patch),
		choiceOf: (token) => (token < before ? token : first + patchOfToken(config, map, token - before, patch))
	};
}

/** The token before the patches that is meant; null where it is none of these. */
function beforePatches(grid: ReturnType<typeof tokenGridOf>, choice: TokenChoice): number | null {
	if (choice === 'cls') return hasCls(grid) ? CLS : null;
	return typeof choice === 'number' && choice < grid.prefix.length ? choice : null;
}

type BlockMap = Pick<TransformerBlock, 'rows' | 'columns' | 'cell'>;

/** The token of a block's map that has become of a patch: the one that its middle lies on. Both count row by row from 0. */
function tokenOfPatch(config: ModelConfig, { rows, columns, cell }: BlockMap, patch: number): number {
	const across = patchGrid(config).columns;
	const at = (place: number) => Math.floor(((place + 0.5) * config.patchSize) / cell);
	const row = clampIndex(at(Math.floor(patch / across)), rows);
	return row * columns + clampIndex(at(patch % across), columns);
}

/** A patch of a token: `current` if it is one of its patches, or else its first. */
function patchOfToken(config: ModelConfig, map: BlockMap, token: number, current: number): number {
	if (tokenOfPatch(config, map, current) === token) return current;
	const first = patchGrid(config);
	const at = (place: number) => Math.ceil((place * map.cell) / config.patchSize - 0.5);
	const row = clampIndex(at(Math.floor(token / map.columns)), first.rows);
	return row * first.columns + clampIndex(at(token % map.columns), first.columns);
}

/** What the model saw, as far as the block's tokens reach: a map may be filled up beyond it. */
export function blockPicture({ model: { config }, picture, seen }: ModelRun, block: number): Picture {
	const { rows, columns, cell } = transformerBlockAt(config, block);
	return paddedPicture(picture, seen, { width: columns * cell, height: rows * cell });
}
