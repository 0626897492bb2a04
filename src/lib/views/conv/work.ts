import { convProducts, featureMaps, type ConvConfig } from '../../engine/conv/config';
import type { RunWork } from '../family';

/** A CNN's multiply-adds, and the places of its largest map. */
export function workOf(config: ConvConfig): RunWork {
	const tokens = Math.max(...featureMaps(config).map(({ rows, columns }) => rows * columns));
	return { tokens, work: convProducts(config), attention: 0 };
}
