import { isInterpolated, type ViTConfig } from '../../engine/vit/config';

const BY_POOLING = {
	cls: null,
	mean: 'its head reads the mean of the patches',
	'cls+mean': 'its head reads CLS and the mean of the patches'
} as const satisfies Record<ViTConfig['pooling'], string | null>;

/** What a ViT does otherwise than the plain one of the chapters, see `ViewFamily.differences`; nothing if it is plain. */
export function differences(config: ViTConfig): string[] {
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
	return clauses.filter((clause) => typeof clause === 'string');
}
