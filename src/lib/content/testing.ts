import { PLAIN_VIT, type ViTConfig } from '../engine/vit/config';
import { tapSpecs, weightSpecs } from '../engine/families';
import { wholePhoto } from '../engine/whole-photo';
import type { Stage } from '../figures/kit/figure';
import type { Known } from './known.server';

/** A small model whose sizes all differ, so that a mix-up shows. */
export const CONFIG: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [32, 48],
	patchSize: 8,
	channels: 3,
	depth: 2,
	heads: 5,
	dim: 20,
	mlpDim: 70,
	qkvBias: true,
	layerNormEps: 1e-6,
	classes: 10,
	positions: { grid: [4, 6], prefix: 1, resampling: 'plain' },
	preprocess: { ...wholePhoto([32, 48]), mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
};

/** A figure with one number that can be set, and one reveal. */
const tiles: Stage<{ size: number }> = {
	name: 'tiles',
	title: 'Tiles',
	parse({ size = '8', ...rest }) {
		const [unknown] = Object.keys(rest);
		if (unknown !== undefined) throw new Error(`there is no '${unknown}'.`);
		return { size: Number(size) };
	},
	taps: () => ['patches'],
	reveals: { largest: { taps: () => ['logits'], answer: () => ({ choice: 0, sentence: 'It is.' }) } }
};

/** A figure that asks for a tap which no model has. */
const broken: Stage<object> = {
	name: 'broken',
	title: 'Broken',
	parse: () => ({}),
	taps: () => ['blocks.9.out'],
	reveals: {}
};

/** What the prose of tests may name. */
export const KNOWN: Known = {
	config: CONFIG,
	parameters: 5_717_416,
	taps: new Set([...tapSpecs(CONFIG), ...weightSpecs(CONFIG)].map(({ name }) => name)),
	stages: { tiles, broken },
	terms: new Set(['cls', 'token']),
	references: new Map([
		[
			'vaswani2017',
			{
				id: 'vaswani2017',
				short: 'Vaswani et al. 2017',
				title: 'Attention Is All You Need',
				url: 'https://arxiv.org/abs/1706.03762'
			}
		]
	]),
	sources: { 'src/model.ts': engineLike() },
	pages: new Set(['inspect'])
};

function engineLike(): string {
	return [
		'/** Runs it. */',
		'export function run(name: string): Tensor {',
		'	const a = trace.tap(`${name}.norm1`, layerNorm(x)); //            n d',
		'	const b = trace.tapQkv(name, linear(a));',
		'	if (a < b) {',
		'		trace.tapHeads(`${name}.attn.head_out`, b);',
		'	}',
		"	return trace.tap('norm', a);",
		'}',
		'',
		'export function wrong(): void {',
		"	trace.tap('nothing', a);",
		'}'
	].join('\n');
}
