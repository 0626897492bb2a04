import { convBlocks, featureMaps, type ConvConfig, type ConvLayerConfig } from '../../engine/conv/config';
import type { RunWork } from '../family';

/**
 * A CNN's multiply-adds: at each place of the map that a layer makes, each of its outputs is a sum over the kernel and the
 * channels that it reads, which is one channel where each is convolved by itself.
 */
export function workOf(config: ConvConfig): RunWork {
	const maps = featureMaps(config);
	const layers = new Map<string, ConvLayerConfig>([
		...config.stem.map((layer) => [`stem.${layer.name}`, layer] as const),
		...convBlocks(config).flatMap(({ name, block: { layers, shortcut } }) => [
			...layers.map((layer) => [`${name}.${layer.name}`, layer] as const),
			...(typeof shortcut === 'object' ? [[`${name}.shortcut`, shortcut.layer] as const] : [])
		]),
		...(config.head ? [['head', config.head] as const] : [])
	]);
	const convolved = maps.reduce((sum, { name, rows, columns }) => {
		const layer = layers.get(name);
		if (!layer) return sum;
		const { inputs, outputs, kernel, depthwise } = layer;
		return sum + rows * columns * outputs * kernel ** 2 * (depthwise ? 1 : inputs);
	}, 0);
	const tokens = Math.max(...maps.map(({ rows, columns }) => rows * columns));
	return { tokens, work: convolved + config.classes * (maps.at(-1)?.channels ?? 0), attention: 0 };
}
