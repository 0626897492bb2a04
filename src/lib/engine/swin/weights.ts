import type { TapSpec } from '../taps';
import type { SwinConfig } from './config';

/** Every parameter of Swin: the head's bias, so far. */
export function swinWeightSpecs({ classes }: SwinConfig): TapSpec[] {
	return [{ name: 'weights.head.bias', shape: [classes], axes: ['class'] }];
}
