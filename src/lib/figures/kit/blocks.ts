import { isViT, type ModelConfig } from '../../engine/families';
import { blocksOf, stageOf } from '../../engine/swin/config';
import { clampIndex } from './attributes';
import { swinBlockAt } from './where';

/**
 * The tap that enters a block: what the block before it left, or the embeddings. It is also what a token is after so many
 * blocks.
 * @param block counted from 0
 */
export function inputOf(block: number): string {
	return block === 0 ? 'embeddings' : `blocks.${block - 1}.out`;
}

/** One block, of a ViT or of a Swin. */
export interface BlockAt {
	/** From 0; a ViT is one stage. */
	readonly stage: number;
	/** Counted from 0 in its stage. */
	readonly at: number;
	/** What the names of its taps begin with: `blocks.3`, or of a Swin `stages.1.blocks.0`. */
	readonly stem: string;
	/** The tap that enters it. */
	readonly input: string;
	/** Features of a token. */
	readonly dim: number;
	/** In the middle of a sentence: `block 4`, or of a Swin `stage 2, block 1`. */
	readonly name: string;
}

/** All blocks, in their order. */
export function allBlocks(config: ModelConfig): BlockAt[] {
	if (isViT(config)) {
		const { depth, dim } = config;
		const plain = (at: number) => ({ stage: 0, at, stem: `blocks.${at}`, input: inputOf(at), dim });
		return Array.from({ length: depth }, (_, at) => ({ ...plain(at), name: `block ${at + 1}` }));
	}
	return blocksOf(config).map(({ stage, block: at }, i) => ({
		stage,
		at,
		stem: swinBlockAt(config, i).stem,
		input: at > 0 ? swinBlockAt(config, i - 1).stem + '.out' : stage > 0 ? `stages.${stage - 1}.merge` : 'embeddings',
		dim: stageOf(config, stage).dim,
		name: `stage ${stage + 1}, block ${at + 1}`
	}));
}

/** @param block from 0, of a Swin through all stages; one that is not there stands for the last */
export function blockAt(config: ModelConfig, block: number): BlockAt {
	const blocks = allBlocks(config);
	const found = blocks[clampIndex(block, blocks.length)];
	if (!found) throw new RangeError('A model without blocks has no taps of one.');
	return found;
}

/** The blocks of a block's stage, itself among them: all of a ViT. Between two stages of a Swin, tokens become others. */
export function stageBlocks(config: ModelConfig, block: number): BlockAt[] {
	const { stage } = blockAt(config, block);
	return allBlocks(config).filter((of) => of.stage === stage);
}
