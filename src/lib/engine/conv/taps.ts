import { headTaps } from '../scores';
import type { TapSpec } from '../tap';
import { inputShape } from '../config';
import { featureMaps, lastMap, type ConvConfig } from './config';

/**
 * Every intermediate that a CNN's forward pass names, in the order in which it is computed. A map has one row for each of
 * its places, row by row, and a column a channel: PyTorch's map, flattened and turned. A layer's tap is what it makes with
 * its norm and, where it has one, its ReLU.
 */
export function convTapSpecs(config: ConvConfig): TapSpec[] {
	const { classes } = config;
	return [
		{ name: 'pixel_values', shape: inputShape(config), axes: ['batch', 'channel', 'row', 'column'] },
		...featureMaps(config).map(({ name, rows, columns, channels }) => ({
			name,
			shape: [1, rows * columns, channels],
			axes: ['batch', 'token', 'feature']
		})),
		{ name: 'pooled', shape: [1, lastMap(config).channels], axes: ['batch', 'feature'] },
		...headTaps(config).map((name) => ({ name, shape: [1, classes], axes: ['batch', 'class'] }))
	];
}
