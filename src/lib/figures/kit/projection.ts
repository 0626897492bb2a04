import { isViT, type ModelConfig } from '../../engine/families';
import type { CommonConfig } from '../../engine/config';
import { stageOf } from '../../engine/swin/config';

/** Between what sizes the patches are projected. */
export interface ProjectionSizes extends CommonConfig {
	/** Features of an embedding. */
	readonly dim: number;
}

/** Those of a model, whichever it is; of a Swin, into its first stage. */
export function projectionSizes(config: ModelConfig): ProjectionSizes {
	return isViT(config) ? config : { ...config, dim: stageOf(config, 0).dim };
}
