import { describe, expect, it } from 'vitest';
import { PLAIN_VIT, type ViTConfig } from '../engine/vit/config';
import { swinConfigWith } from '../engine/testing/swin-config';
import { VIT_TINY_INPUT } from '../engine/testing/vit-tiny-input';
import { differences } from './differs';

const PLAIN: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [32, 48],
	patchSize: 16,
	channels: 3,
	layerNormEps: 1e-6,
	classes: 5,
	depth: 2,
	heads: 2,
	dim: 8,
	mlpDim: 16,
	qkvBias: true,
	positions: { grid: [2, 3], prefix: 1, resampling: 'plain' },
	preprocess: VIT_TINY_INPUT
};

describe('what a model does otherwise than the text says', () => {
	it('is nothing for a plain ViT', () => expect(differences(PLAIN)).toEqual([]));

	it.each<[Partial<ViTConfig>, string]>([
		[{ distilled: true }, 'a distillation token follows CLS'],
		[{ distilled: true, distillationHead: true }, 'a distillation token follows CLS, with a classifier of its own'],
		[{ cls: false }, 'it has no CLS token, so that figures begin with the patch in the middle'],
		[{ registers: 1 }, 'a register stands before the patches'],
		[{ registers: 4 }, '4 registers stand before the patches'],
		[{ imageSize: [48, 48] }, 'its positions were learned for 2 × 3 patches and are interpolated'],
		[{ mlp: 'swiglu' }, 'its feed-forward part is gated'],
		[{ layerScale: true }, 'what a block adds is scaled, feature by feature'],
		[{ pooling: 'mean' }, 'its classifier reads the mean of the patches'],
		[
			{ pooling: 'map', poolMlpDim: 16 },
			'what stands for the picture is the mean of the patches, weighted by a learned query, and reworked (a text tower, which SigLIP has beside it, is not read here)'
		],
		[{ preNorm: true }, 'its tokens pass a layer norm before the first block'],
		[{ gelu: 'sigmoid' }, 'its GELU is the quick one, x · sigmoid(1.702 x)'],
		[{ rotary: { base: 100 } }, 'no positions are added: queries and keys are turned by the places of their patches'],
		[
			{ rotary: { base: 100 }, imageSize: [48, 48] },
			'no positions are added: queries and keys are turned by the places of their patches'
		],
		[
			{ pooling: 'mean', classes: 0, scores: 'vector' },
			'it has no classifier, so it names no classes and ends in a vector that stands for the picture'
		],
		[
			{ scores: 'sigmoid' },
			'a sigmoid in place of the softmax gives each class a probability by itself, which need not add up to 100 %'
		],
		[
			{ scores: 'sigmoid', classes: 1 },
			'a sigmoid in place of the softmax makes its only score a probability by itself'
		],
		[{ scores: 'number' }, 'it gives 5 plain numbers in place of classes, without a softmax'],
		[{ scores: 'number', classes: 1 }, 'it gives a plain number in place of classes, without a softmax']
	])('is said of %j', (change, clause) => expect(differences({ ...PLAIN, ...change })).toEqual([clause]));

	it('is one thing above all for a Swin', () => {
		const stages = [{ depth: 1, dim: 4, heads: 1, window: 2, mlpDim: 8 }];
		const swin = swinConfigWith({ imageSize: [8, 8], patchSize: 2, stages });
		expect(differences(swin)).toEqual(['it attends in windows', 'it has no CLS']);
		expect(differences({ ...swin, scores: 'number', classes: 1 })).toHaveLength(3);
	});
});
