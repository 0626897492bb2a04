import type { CommonConfig } from '../../engine/config';
import type { ModelConfig } from '../../engine/families';
import { specOf } from './where';

/** Between what sizes the patches are projected. */
export interface ProjectionSizes extends CommonConfig {
	/** Features of an embedding. */
	readonly dim: number;
}

/** Those of a model that projects its patches; where there are stages, into the first. */
export function projectionSizes(config: ModelConfig): ProjectionSizes {
	return { ...config, dim: specOf('patch_embed', config)?.shape.at(-1) ?? NaN };
}
