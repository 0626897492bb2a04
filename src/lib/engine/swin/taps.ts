import { headTaps } from '../scores';
import type { TapSpec } from '../tap';
import { mapWidth, stageMap, stageOf, stageOfMap, type SwinConfig } from './config';
import { windowLayout } from './windows';

/**
 * Every intermediate that Swin's forward pass names, in the order in which it is computed. Tokens are those of the
 * stage's map, row by row. What is computed inside windows has a window axis first: windows and the places in them are
 * counted row by row in the rolled map (see `windows.ts`).
 */
export function swinTapSpecs(config: SwinConfig): TapSpec[] {
	const { imageSize, channels, patchSize, stages, classes } = config;
	const [height, width] = imageSize;
	const { rows, columns } = stageMap(config);
	const n = rows * columns;
	const first = stages[0]?.dim ?? 0;
	const last = stages.length - 1;
	const specs: TapSpec[] = [
		{ name: 'pixel_values', shape: [1, channels, height, width], axes: ['batch', 'channel', 'row', 'column'] },
		{
			name: 'patches',
			shape: [1, n, channels * patchSize ** 2],
			axes: ['batch', 'patch', 'pixel (channel, row, column)']
		},
		{ name: 'patch_embed', shape: [1, n, first], axes: ['batch', 'patch', 'feature'] },
		tokens(config, 0, 'embeddings')
	];
	specs.push(...handedOut(config, -1));
	for (const [s, { depth }] of stages.entries()) {
		for (let b = 0; b < depth; b++) specs.push(...blockSpecs(config, s, b));
		specs.push(...handedOut(config, s));
		if (s < last) specs.push(tokens(config, s + 1, `stages.${s}.merge`));
	}
	specs.push(tokens(config, last, 'norm'));
	const head = headTaps(config).map((name) => ({ name, shape: [1, classes], axes: ['batch', 'class'] }));
	return [...specs, ...head];
}

/** The map that a backbone hands out after a stage, if it does: a picture of features, as transformers shapes it. */
function handedOut(config: SwinConfig, stage: number): TapSpec[] {
	const names = config.featureMaps.filter((name) => stageOfMap(name) === stage);
	const { rows, columns } = stageMap(config, Math.max(0, stage));
	return names.map((name) => ({
		name: `feature_maps.${name}`,
		shape: [1, mapWidth(config, name), rows, columns],
		axes: ['batch', 'feature', 'row', 'column']
	}));
}

/** A tap with one row for each token of a stage's map. */
function tokens(config: SwinConfig, stage: number, name: string, width?: number, axis = 'feature'): TapSpec {
	const { rows, columns } = stageMap(config, stage);
	return {
		name,
		shape: [1, rows * columns, width ?? stageOf(config, stage).dim],
		axes: ['batch', 'token', axis]
	};
}

function blockSpecs(config: SwinConfig, s: number, b: number): TapSpec[] {
	const { heads, dim, mlpDim } = stageOf(config, s);
	const { count, area } = windowLayout(config, s, b);
	const name = `stages.${s}.blocks.${b}`;
	const perHead = (tap: string): TapSpec => ({
		name: `${name}.${tap}`,
		shape: [count, heads, area, dim / heads],
		axes: ['window', 'head', 'place', 'head feature']
	});
	const attention = (tap: string): TapSpec => ({
		name: `${name}.attn.${tap}`,
		shape: [count, heads, area, area],
		axes: ['window', 'head', 'query', 'key']
	});
	return [
		tokens(config, s, `${name}.norm1`),
		perHead('query'),
		perHead('key'),
		perHead('value'),
		attention('scores'),
		attention('pattern'),
		perHead('attn.head_out'),
		tokens(config, s, `${name}.attn.out`),
		tokens(config, s, `${name}.residual1`),
		tokens(config, s, `${name}.norm2`),
		tokens(config, s, `${name}.mlp.pre_gelu`, mlpDim, 'hidden'),
		tokens(config, s, `${name}.mlp.post_gelu`, mlpDim, 'hidden'),
		tokens(config, s, `${name}.mlp.out`),
		tokens(config, s, `${name}.out`)
	];
}
