import type { TapSpec } from '../taps';
import type { SwinConfig } from './config';

/** Every intermediate of Swin's forward pass: the input, so far. */
export function swinTapSpecs({ channels, imageSize }: SwinConfig): TapSpec[] {
	return [{ name: 'pixel_values', shape: [1, channels, ...imageSize], axes: ['batch', 'channel', 'row', 'column'] }];
}
