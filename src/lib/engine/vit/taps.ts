import { headInputs, isPooled, poolsByAttention, tokenCount, type ViTConfig } from './config';
import { patchGrid } from '../config';
import { headTaps } from '../scores';
import type { TapSpec } from '../tap';

/** Every intermediate of `steps.ts`, in the order in which it is computed. */
export function vitTapSpecs(config: ViTConfig): TapSpec[] {
	const { rows, columns } = patchGrid(config);
	const [height, width] = config.imageSize;
	const { channels, patchSize, dim, heads, mlp, mlpDim, classes, rotary, projectionDim } = config;
	const n = tokenCount(config);
	const head = dim / heads;

	const tokens = (name: string, width = dim, axis = 'feature'): TapSpec => ({
		name,
		shape: [1, n, width],
		axes: ['batch', 'token', axis]
	});
	const perHead = (name: string): TapSpec => ({
		name,
		shape: [1, heads, n, head],
		axes: ['batch', 'head', 'token', 'head feature']
	});
	const attention = (name: string): TapSpec => ({
		name,
		shape: [1, heads, n, n],
		axes: ['batch', 'head', 'query', 'key']
	});
	const block = (i: number): TapSpec[] => [
		tokens(`blocks.${i}.norm1`),
		perHead(`blocks.${i}.query`),
		perHead(`blocks.${i}.key`),
		perHead(`blocks.${i}.value`),
		...(rotary ? ['rotated_query', 'rotated_key'].map((part) => perHead(`blocks.${i}.attn.${part}`)) : []),
		attention(`blocks.${i}.attn.scores`),
		attention(`blocks.${i}.attn.pattern`),
		perHead(`blocks.${i}.attn.head_out`),
		tokens(`blocks.${i}.attn.out`),
		tokens(`blocks.${i}.residual1`),
		tokens(`blocks.${i}.norm2`),
		...(mlp === 'gelu' ? ['pre_gelu', 'post_gelu'] : ['gate', 'value', 'gated']).map((part) =>
			tokens(`blocks.${i}.mlp.${part}`, mlpDim, 'hidden')
		),
		tokens(`blocks.${i}.mlp.out`),
		tokens(`blocks.${i}.out`)
	];

	const specs: TapSpec[] = [
		{ name: 'pixel_values', shape: [1, channels, height, width], axes: ['batch', 'channel', 'row', 'column'] },
		{
			name: 'patches',
			shape: [1, rows * columns, channels * patchSize * patchSize],
			axes: ['batch', 'patch', 'pixel (channel, row, column)']
		},
		{ name: 'patch_embed', shape: [1, rows * columns, dim], axes: ['batch', 'patch', 'feature'] },
		...(config.preNorm ? [tokens('embeddings.sum')] : []),
		tokens('embeddings')
	];
	for (let i = 0; i < config.depth; i++) specs.push(...block(i));
	specs.push(tokens('norm'));
	if (poolsByAttention(config)) specs.push(...poolTaps(config));
	if (isPooled(config)) {
		specs.push({ name: 'pooled', shape: [1, headInputs(config)], axes: ['batch', 'feature'] });
	}
	if (projectionDim > 0) specs.push({ name: 'image_embeds', shape: [1, projectionDim], axes: ['batch', 'dimension'] });
	const bothHeads = config.distillationHead ? ['logits.cls', 'logits.distillation'] : [];
	for (const name of [...bothHeads, ...headTaps(config)]) {
		specs.push({ name, shape: [1, classes], axes: ['batch', 'class'] });
	}
	return specs;
}

/** Those of `pooling.ts`, in the same order. The learned query is no token of the sequence, so its axis has a name of its own. */
function poolTaps(config: ViTConfig): TapSpec[] {
	const { heads, dim, poolMlpDim } = config;
	const [n, size] = [tokenCount(config), dim / heads];
	const QUERY = 'learned query';
	const perHead = (name: string, rows: number, axis: string): TapSpec => ({
		name: `pool.${name}`,
		shape: [1, heads, rows, size],
		axes: ['batch', 'head', axis, 'head feature']
	});
	const attention = (name: string): TapSpec => ({
		name: `pool.attn.${name}`,
		shape: [1, heads, 1, n],
		axes: ['batch', 'head', QUERY, 'key']
	});
	const row = (name: string, width = dim, axis = 'feature'): TapSpec => ({
		name: `pool.${name}`,
		shape: [1, 1, width],
		axes: ['batch', QUERY, axis]
	});
	return [
		perHead('query', 1, QUERY),
		perHead('key', n, 'token'),
		perHead('value', n, 'token'),
		attention('scores'),
		attention('pattern'),
		perHead('attn.head_out', 1, QUERY),
		row('attn.out'),
		row('norm'),
		row('mlp.pre_gelu', poolMlpDim, 'hidden'),
		row('mlp.post_gelu', poolMlpDim, 'hidden'),
		row('mlp.out')
	];
}
