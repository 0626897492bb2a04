import { headInputs, isPooled, tokenCount, type ViTConfig } from './config';
import { patchGrid } from '../config';
import { headTaps } from '../scores';
import type { TapSpec } from '../tap';

/** Every intermediate of `steps.ts`, in the order in which it is computed. */
export function vitTapSpecs(config: ViTConfig): TapSpec[] {
	const { rows, columns } = patchGrid(config);
	const [height, width] = config.imageSize;
	const { channels, patchSize, dim, heads, mlp, mlpDim, classes } = config;
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
		tokens('embeddings')
	];
	for (let i = 0; i < config.depth; i++) specs.push(...block(i));
	specs.push(tokens('norm'));
	if (isPooled(config)) {
		specs.push({ name: 'pooled', shape: [1, headInputs(config)], axes: ['batch', 'feature'] });
	}
	const bothHeads = config.distillationHead ? ['logits.cls', 'logits.distillation'] : [];
	for (const name of [...bothHeads, ...headTaps(config)]) {
		specs.push({ name, shape: [1, classes], axes: ['batch', 'class'] });
	}
	return specs;
}
