import { isInterpolated, type ViTConfig } from '../engine/vit/config';
import { isViT, type ModelConfig } from '../engine/families';
import type { CommonConfig } from '../engine/config';
import { count } from '../marks/numbers';

const BY_POOLING = {
	cls: null,
	mean: 'its head reads the mean of the patches',
	'cls+mean': 'its head reads CLS and the mean of the patches'
} as const satisfies Record<ViTConfig['pooling'], string | null>;

/**
 * What a model does otherwise than the plain ViT of the text, each as a clause that can follow `here`; none for a plain
 * one.
 */
export function differences(config: ModelConfig): string[] {
	if (!isViT(config)) return ['it attends in windows', 'it has no CLS', ...byScores(config)];
	const { scores, cls, distilled, distillationHead, layerScale, mlp, pooling, positions, registers } = config;
	const [learnedRows, learnedColumns] = positions.grid;
	const clauses = [
		!cls && 'it has no CLS token, so that figures begin with the patch in the middle',
		distilled && `a distillation token follows CLS${distillationHead ? ', with a head of its own' : ''}`,
		registers > 0 && `${registers === 1 ? 'a register stands' : `${registers} registers stand`} before the patches`,
		isInterpolated(config) &&
			`its positions were learned for ${learnedRows} × ${learnedColumns} patches and are interpolated`,
		mlp === 'swiglu' && 'its feed-forward part is gated',
		layerScale && 'what a block adds is scaled, feature by feature',
		scores === 'vector' ? null : BY_POOLING[pooling]
	];
	return [...clauses.filter((clause) => typeof clause === 'string'), ...byScores(config)];
}

/** What its last numbers are, where they are not the text's shares of one whole. */
function byScores({ scores, classes }: Pick<CommonConfig, 'scores' | 'classes'>): string[] {
	switch (scores) {
		case 'softmax':
			return [];
		case 'sigmoid':
			return [
				classes === 1
					? 'a sigmoid in place of the softmax makes its only score a probability by itself'
					: 'a sigmoid in place of the softmax gives each class a probability by itself, which need not add up to 100 %'
			];
		case 'number':
			return [
				classes === 1
					? 'it gives a plain number in place of classes, without a softmax'
					: `it gives ${count(classes)} plain numbers in place of classes, without a softmax`
			];
		case 'vector':
			return ['it has no head, so it names no classes and ends in a vector that stands for the picture'];
	}
}
