import { isInterpolated, type ViTConfig } from '../../engine/vit/config';

const BY_POOLING = {
	cls: null,
	mean: 'its classifier reads the mean of the patches',
	'cls+mean': 'its classifier reads CLS and the mean of the patches',
	map: 'what stands for the picture is the mean of the patches, weighted by a learned query, and reworked (a text tower, which SigLIP has beside it, is not read here)'
} as const satisfies Record<ViTConfig['pooling'], string | null>;

/** Of CLIP: what is there of it, and what is not. */
const PROJECTED =
	'what it reads is projected into the space that pictures share with captions, whose text tower is not read here';

/** What a ViT does otherwise than the plain one of the chapters, see `ViewFamily.differences`; nothing if it is plain. */
export function differences(config: ViTConfig): string[] {
	const { scores, cls, distilled, distillationHead, layerScale, mlp, pooling, positions, registers, gelu } = config;
	const [learnedRows, learnedColumns] = positions.grid;
	const clauses = [
		!cls && 'it has no CLS token, so that figures begin with the patch in the middle',
		distilled && `a distillation token follows CLS${distillationHead ? ', with a classifier of its own' : ''}`,
		registers > 0 && `${registers === 1 ? 'a register stands' : `${registers} registers stand`} before the patches`,
		isInterpolated(config) &&
			`its positions were learned for ${learnedRows} × ${learnedColumns} patches and are interpolated`,
		config.rotary && 'no positions are added: queries and keys are turned by the places of their patches',
		config.preNorm && 'its tokens pass a layer norm before the first block',
		mlp === 'swiglu' && 'its feed-forward part is gated',
		mlp === 'gelu' && gelu === 'sigmoid' && 'its GELU is the quick one, x · sigmoid(1.702 x)',
		layerScale && 'what a block adds is scaled, feature by feature',
		scores === 'vector' && pooling !== 'map' ? null : BY_POOLING[pooling],
		config.projectionDim > 0 && PROJECTED
	];
	return clauses.filter((clause) => typeof clause === 'string');
}
