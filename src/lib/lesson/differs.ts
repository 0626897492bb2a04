import { isInterpolated, isViT, type ModelConfig, type ViTConfig } from '../engine/config';

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
	if (!isViT(config)) return ['it attends in windows', 'it has no CLS'];
	const { classes, cls, distilled, distillationHead, layerScale, mlp, pooling, positions, registers } = config;
	const [learnedRows, learnedColumns] = positions.grid;
	const clauses = [
		!cls && 'it has no CLS token, so that figures begin with the patch in the middle',
		distilled && `a distillation token follows CLS${distillationHead ? ', with a head of its own' : ''}`,
		registers > 0 && `${registers === 1 ? 'a register stands' : `${registers} registers stand`} before the patches`,
		isInterpolated(config) &&
			`its positions were learned for ${learnedRows} × ${learnedColumns} patches and are interpolated`,
		mlp === 'swiglu' && 'its feed-forward part is gated',
		layerScale && 'what a block adds is scaled, feature by feature',
		classes === 0 ? 'it has no head, so it names no classes' : BY_POOLING[pooling]
	];
	return clauses.filter((clause) => typeof clause === 'string');
}
