import { has, transformerBlocks, type ModelConfig } from '../../engine/families';
import type { TransformerBlock } from '../../engine/family';
import { clampIndex } from './attributes';

/**
 * The tap that enters a block of one sequence: what the block before it left, or the embeddings. It is also what a token
 * is after so many blocks.
 * @param block counted from 0
 */
export function inputOf(block: number): string {
	return block === 0 ? 'embeddings' : `blocks.${block - 1}.out`;
}

/** One block, of one sequence or of a stage. */
export interface BlockAt extends Pick<TransformerBlock, 'stage' | 'at' | 'stem' | 'input' | 'dim'> {
	/** In the middle of a sentence: `block 4`, or where there are stages `stage 2, block 1`. */
	readonly name: string;
}

/** All blocks, in their order. */
export function allBlocks(config: ModelConfig): BlockAt[] {
	const staged = !has(config, 'sequence');
	return transformerBlocks(config).map(({ stage, at, stem, input, dim }) => {
		const name = staged ? `stage ${stage + 1}, block ${at + 1}` : `block ${at + 1}`;
		return { stage, at, stem, input, dim, name };
	});
}

/** @param block from 0, through all stages; one that is not there stands for the last */
export function blockAt(config: ModelConfig, block: number): BlockAt {
	return pick(allBlocks(config), block);
}

/** The same block, with all that its family says of it. */
export function transformerBlockAt(config: ModelConfig, block: number): TransformerBlock {
	return pick(transformerBlocks(config), block);
}

function pick<Block>(blocks: readonly Block[], block: number): Block {
	const found = blocks[clampIndex(block, blocks.length)];
	if (!found) throw new RangeError('A model without blocks has no taps of one.');
	return found;
}

/** The blocks of a block's stage, itself among them: all of one sequence. Between two stages, tokens become others. */
export function stageBlocks(config: ModelConfig, block: number): BlockAt[] {
	const { stage } = blockAt(config, block);
	return allBlocks(config).filter((of) => of.stage === stage);
}
