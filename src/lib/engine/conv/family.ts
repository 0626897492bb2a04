import type { Grid } from '../config';
import type { Family, Places } from '../family';
import { convBlocks, featureMaps, keepsShape, lastMap, type ConvConfig } from './config';
import { checkConvSize } from './memory';
import { convWeightSpecs } from './parameters';
import { convTapSpecs } from './taps';

/** ResNets and MobileNetV2s: maps of features that get coarser from stage to stage, and no attention. */
export const convFamily: Family<ConvConfig> = {
	tapSpecs: convTapSpecs,
	parameterSpecs: convWeightSpecs,
	places,
	checkSize: checkConvSize,
	grid: (config) => {
		const { rows, columns } = lastMap(config);
		return { rows, columns, prefix: [] };
	},
	groups: (config) => {
		const maps = new Map(featureMaps(config).map((map) => [map.name, map]));
		return config.stages.map((blocks, s) => {
			const { rows = 0, columns = 0 } = maps.get(`stages.${s}.blocks.${blocks.length - 1}.out`) ?? {};
			return { blocks: blocks.length, heads: 0, tokens: rows * columns, grid: [rows, columns] };
		});
	},
	capabilities: () => ['maps'],
	blocks: () => [],
	sizes: (config) => [...config.stages.map((blocks) => blocks.length), 'blocks', lastMap(config).channels, 'wide'],
	picture: () => ({ tap: 'pooled', of: 'first', name: 'mean of its last map', words: 'the mean of the last map' })
};

function places(config: ConvConfig): Places {
	const maps = new Map<string, Grid>(featureMaps(config).map(({ name, rows, columns }) => [name, { rows, columns }]));
	const { rows, columns } = lastMap(config);
	return {
		blocks: convBlocks(config).flatMap(({ name, block }) => (keepsShape(block) ? [name] : [])),
		embedded: [],
		// No positions are added: what enters the first stage is what the stem makes.
		sum: 'stem',
		head: ['head', 'pooled', 'classifier', 'logits', 'probabilities'],
		prefix: [],
		// A kernel needs all of the map.
		shortens: false,
		gridAt: (tap) => maps.get(tap) ?? { rows, columns },
		tokensAt: ({ shape }, axis) => Array.from({ length: shape[axis] ?? 0 }, (_, i) => i)
	};
}
