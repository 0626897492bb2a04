import { expect, it } from 'vitest';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { allBlocks, blockAt, inputOf, stageBlocks } from './blocks';

const stage = { depth: 2, dim: 4, heads: 1, window: 2, mlpDim: 8 };
const swin = swinConfigWith({ imageSize: [8, 12], patchSize: 2, stages: [stage, { ...stage, dim: 6 }] });

it('names what enters a block', () => {
	expect([0, 1, 5].map(inputOf)).toEqual(['embeddings', 'blocks.0.out', 'blocks.4.out']);
});

it('finds a block of a ViT, the last for one that is not there', () => {
	const { depth, dim } = SMALL_CONFIG;
	const last = depth - 1;
	const found = { stage: 0, at: last, stem: `blocks.${last}`, input: inputOf(last), dim, name: `block ${depth}` };
	expect(blockAt(SMALL_CONFIG, 99)).toEqual(found);
	expect(stageBlocks(SMALL_CONFIG, 0)).toEqual(allBlocks(SMALL_CONFIG));
});

it('finds a block of a Swin, where a stage begins with what was merged', () => {
	expect(allBlocks(swin).map(({ input }) => input)).toEqual([
		'embeddings',
		'stages.0.blocks.0.out',
		'stages.0.merge',
		'stages.1.blocks.0.out'
	]);
	expect(blockAt(swin, 3)).toMatchObject({ stage: 1, at: 1, stem: 'stages.1.blocks.1', dim: 6 });
	expect(blockAt(swin, 99).name).toBe('stage 2, block 2');
	expect(stageBlocks(swin, 2).map(({ stem }) => stem)).toEqual(['stages.1.blocks.0', 'stages.1.blocks.1']);
});
