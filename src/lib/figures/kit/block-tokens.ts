import { extentOf, patchOfToken, tokenOfPatch } from '../../analysis/window-places';
import { isViT, type ModelConfig } from '../../engine/families';
import { tokenGrid } from '../../engine/vit/config';
import { stageMap } from '../../engine/swin/config';
import { paddedPicture } from '../../run/pictures';
import type { ModelRun } from '../figure';
import { swinBlockAt } from './where';
import type { Grid } from '../../marks/tokens';
import type { Picture } from '../../run/shown';
import { patchOf, tokenOf, type TokenChoice } from './token-choice';

/** The tokens of a block, and the one that is meant. */
export interface BlockTokens {
	/** Their places. Of a Swin it is the map of the block's stage, and nothing stands before it. */
	readonly grid: ReturnType<typeof tokenGrid> & Pick<Grid, 'merged'>;
	readonly token: number;
	/** What the figure's state says of another token when that is picked. */
	choiceOf(token: number): number;
}

/**
 * In a Swin the state's token is a patch of the first map, and stays that through all stages.
 * @param block from 0, of a Swin through all stages; one that is not there stands for the last
 */
export function blockTokens(config: ModelConfig, block: number, choice: TokenChoice): BlockTokens {
	if (isViT(config)) return { grid: tokenGrid(config), token: tokenOf(config, choice), choiceOf: (token) => token };
	const { stage } = swinBlockAt(config, block);
	const patch = patchOf(config, choice);
	return {
		grid: { ...stageMap(config, stage), prefix: [], merged: true },
		token: tokenOfPatch(config, stage, patch),
		choiceOf: (token) => 1 + patchOfToken(config, stage, token, patch)
	};
}

/** What the model saw, as far as the block's tokens reach: a Swin's map may be filled up beyond it. */
export function blockPicture({ model: { config }, picture, seen }: ModelRun, block: number): Picture {
	return isViT(config) ? picture : paddedPicture(picture, seen, extentOf(config, swinBlockAt(config, block).stage));
}
