import type { ModelConfig } from './config';
import { swinWeightSpecs } from './swin/weights';
import type { TapSpec } from './taps';
import { vitWeightSpecs } from './vit-weights';

/**
 * Every parameter of the model, named (`weights.…`) and shaped like a tap so that figures read both alike. A linear map
 * is stored (in, out): `y = x W + b`.
 */
export function weightSpecs(config: ModelConfig): TapSpec[] {
	return config.family === 'vit' ? vitWeightSpecs(config) : swinWeightSpecs(config);
}
