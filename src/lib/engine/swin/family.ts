import type { Grid } from '../config';
import type { Family, Places, TransformerBlock } from '../family';
import { blocksOf, stageMap, stageOf, type SwinConfig } from './config';
import { checkSize } from './memory';
import { swinWeightSpecs } from './parameters';
import { swinTapSpecs } from './taps';
import { tokenAt, windowLayout } from './windows';

/** Swin, version 1: attention in windows, on maps that get coarser from stage to stage. */
export const swinFamily: Family<SwinConfig> = {
	tapSpecs: swinTapSpecs,
	parameterSpecs: swinWeightSpecs,
	places,
	checkSize,
	grid: (config) => ({ ...stageMap(config), prefix: [] }),
	groups: (config) =>
		config.stages.map(({ depth, heads }, i) => {
			const { rows, columns } = stageMap(config, i);
			return { blocks: depth, heads, tokens: rows * columns, grid: [rows, columns] };
		}),
	capabilities: ({ absolutePositions, imageSize, patchSize }) => [
		...(['windows', 'blocks', 'projection'] as const),
		...(absolutePositions ? (['positions'] as const) : []),
		// What is filled up is cut, too, but beyond the picture.
		...(imageSize.every((side) => side % patchSize === 0) ? (['patches'] as const) : [])
	],
	blocks: (config) => blocksOf(config).map(({ stage, block }) => blockOf(config, stage, block)),
	sizes: ({ stages }) => [...stages.map(({ depth }) => depth), 'blocks', stages[0]?.dim ?? 0, 'wide'],
	picture: () => ({ tap: 'norm', of: 'mean', name: 'mean token', words: 'the mean of all tokens' })
};

function blockOf(config: SwinConfig, stage: number, at: number): TransformerBlock {
	const { dim, mlpDim } = stageOf(config, stage);
	const first = stage === 0 ? 'embeddings' : `stages.${stage - 1}.merge`;
	return {
		stage,
		at,
		stem: `stages.${stage}.blocks.${at}`,
		input: at === 0 ? first : `stages.${stage}.blocks.${at - 1}.out`,
		...stageMap(config, stage),
		cell: config.patchSize * 2 ** stage,
		dim,
		mlpDim,
		mlp: 'gelu',
		gelu: config.gelu,
		layerScale: false,
		scored: ['query', 'key']
	};
}

function places(config: SwinConfig): Places {
	return {
		blocks: blocksOf(config).map(({ stage, block }) => `stages.${stage}.blocks.${block}`),
		embedded: ['parameters.pos_embed'],
		head: ['norm', 'head', 'logits', 'probabilities'],
		sum: 'embeddings',
		prefix: [],
		// Windows need the whole map.
		shortens: false,
		gridAt: (tap) => gridAt(config, tap),
		tokensAt({ name, axes, shape }, axis) {
			if (axes[0] === 'window') return windowTokens(config, name);
			return Array.from({ length: shape[axis] ?? 0 }, (_, i) => i);
		}
	};
}

function gridAt(config: SwinConfig, tap: string): Grid {
	if (tap === 'norm') return stageMap(config, config.stages.length - 1);
	const stage = Number(/^stages\.(\d+)\./.exec(tap)?.[1] ?? 0);
	return stageMap(config, stage + Number(tap.endsWith('.merge')));
}

/** The tokens of every window of a block, in the order of the windows and their places; -1 for padding. */
function windowTokens(config: SwinConfig, tap: string): number[] {
	const [, stage, block] = /^stages\.(\d+)\.blocks\.(\d+)\./.exec(tap) ?? [];
	const layout = windowLayout(config, Number(stage), Number(block));
	return Array.from({ length: layout.count * layout.area }, (_, i) => {
		return tokenAt(layout, { window: Math.floor(i / layout.area), place: i % layout.area }) ?? -1;
	});
}
