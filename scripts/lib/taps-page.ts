import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { PLAIN_VIT, type ViTConfig } from '../../src/lib/engine/vit/config.ts';
import type { CommonConfig } from '../../src/lib/engine/config.ts';
import { tapSpecs, parameterSpecs, type ModelConfig } from '../../src/lib/engine/families.ts';
import { PLAIN_SWIN, type SwinConfig } from '../../src/lib/engine/swin/config.ts';
import type { TapSpec } from '../../src/lib/engine/tap.ts';
import { MOBILENET_V2, RESNET_18 } from './taps-conv.ts';
import { wholePhoto } from '../../src/lib/engine/whole-photo.ts';

export const TAPS_PAGE = resolve(fileURLToPath(import.meta.url), '../../../docs/taps.md');

const INPUT: Pick<CommonConfig, 'channels' | 'imageSize' | 'layerNormEps' | 'classes' | 'preprocess'> = {
	channels: 3,
	imageSize: [224, 224],
	layerNormEps: 1e-6,
	classes: 1000,
	preprocess: wholePhoto([224, 224])
};

const VIT: ViTConfig = {
	...PLAIN_VIT,
	...INPUT,
	family: 'vit',
	patchSize: 16,
	depth: 12,
	heads: 3,
	dim: 192,
	mlpDim: 768,
	qkvBias: true,
	positions: { grid: [14, 14], prefix: 1, resampling: 'antialiased' }
};

const SWIN: SwinConfig = {
	...PLAIN_SWIN,
	...INPUT,
	family: 'swin',
	patchSize: 4,
	stages: [2, 2, 6, 2].map((depth, i) => ({
		depth,
		heads: 3 * 2 ** i,
		dim: 96 * 2 ** i,
		mlpDim: 384 * 2 ** i,
		window: 7
	})),
	qkvBias: true,
	patchNorm: true,
	rules: 'huggingface'
};

/** Models whose taps the page lists: between them they have every kind of tap. */
const MODELS: readonly (readonly [title: string, about: string, config: ModelConfig])[] = [
	['ViT-Tiny/16', 'One sequence of 1 + 196 tokens through 12 blocks of 3 heads.', VIT],
	[
		'DeiT-Tiny, distilled',
		'The same with a distillation token and its head; taps that ViT-Tiny has as well are left out.',
		{ ...VIT, distilled: true, distillationHead: true }
	],
	[
		'A ViT with registers, a gated feed-forward part, layer scale, and a head that reads CLS and the mean',
		'As DINOv2 has them; taps that ViT-Tiny has as well are left out.',
		{ ...VIT, registers: 4, mlp: 'swiglu', mlpDim: 512, layerScale: true, pooling: 'cls+mean' }
	],
	[
		'A ViT with rotary positions',
		'As DINOv3 has them; taps that one above has as well are left out. `rotary.cos` and `rotary.sin` are no numbers of the checkpoint but computed for the grid: for j from 0 to s/4 - 1, with s features a head, the angle is 2 pi y / base^(4 j / s), then the same of x, with y and x the centre of the patch from -1 to 1 and base 100; the second half of a head’s features has the angles of the first. A query becomes `query cos + half(query) sin`, where `half` puts the negated second half before the first; so does a key (Su et al. 2021; Siméoni et al. 2025). Tokens before the patches have angles of 0. To set `rotary.cos` to 1 and `rotary.sin` to 0 takes the positions away.',
		{ ...VIT, registers: 4, mlp: 'swiglu', mlpDim: 512, layerScale: true, pooling: 'mean', rotary: { base: 100 } }
	],
	[
		'A ViT with a norm before its blocks and a projection',
		'As CLIP has them; taps that one above has as well are left out. `embeddings.sum` is what the norm is of, and `embeddings`, as ever, what enters the first block. `image_embeds` is the vector of the picture, of as many numbers as captions have in that space.',
		{ ...VIT, preNorm: true, classes: 0, scores: 'vector', projectionDim: 512, projectionBias: true }
	],
	[
		'A ViT whose patches a learned query pools',
		'As SigLIP has them; taps that one above has as well are left out. The learned query is no token of the sequence.',
		{ ...VIT, cls: false, pooling: 'map', poolMlpDim: 768, positions: { ...VIT.positions, prefix: 0 } }
	],
	[
		'Swin-Tiny',
		'Four stages, attention in windows of 7 x 7 places. The blocks of a stage have the same shapes.',
		{ ...SWIN, featureMaps: ['stage4'] }
	],
	[
		'ResNet-18',
		'Maps without attention: a row for each place, row by row, and a column a channel, which is PyTorch’s map flattened and turned. A layer’s tap is what it makes with its norm and, where it has one, its ReLU; kernels are as the norm behind them scaled them.',
		{ ...INPUT, ...RESNET_18, gelu: 'erf', scores: 'softmax', layerNormEps: 1e-5 }
	],
	[
		'MobileNetV2',
		'Each block widens its map, convolves every channel by itself, and narrows it; taps that ResNet-18 has as well are left out.',
		{ ...INPUT, ...MOBILENET_V2, gelu: 'erf', scores: 'softmax', layerNormEps: 1e-5 }
	]
];

/** The text of `docs/taps.md`. */
export async function tapsPage(): Promise<string> {
	const seen = new Set<string>();
	const parts = MODELS.map(([title, about, config]) => {
		const sections = [
			['Taps', tapSpecs(config)],
			['Parameters', parameterSpecs(config)]
		] as const;
		const tables = sections.map(([name, specs]) => `### ${name}\n\n${table(specs, seen)}`);
		return [`## ${title}`, about, ...tables].join('\n\n');
	});
	const head = [
		'# Taps',
		'Made from the code by `npm run docs`. Every place at which a run can be read and, by an edit, changed (see `src/lib/engine/edits/edit.ts`), in the order in which it is computed; then the parameters. `*` stands for the number of a block, counted from 0. Shapes are PyTorch’s, for pictures of 224 x 224.'
	];
	const options = await resolveConfig(TAPS_PAGE);
	return format([...head, ...parts].join('\n\n'), { ...options, filepath: TAPS_PAGE });
}

/** One line for each name that no table has had. */
function table(specs: readonly TapSpec[], seen: Set<string>): string {
	const lines = specs.flatMap(({ name, shape, axes }) => {
		const general = name.replace(/^((?:parameters\.)?(?:stages\.\d+\.)?blocks)\.\d+/, '$1.*');
		const key = `${general} ${axes.join()}`;
		if (seen.has(key)) return [];
		seen.add(key);
		return [`| \`${general}\` | ${shape.join(' x ')} | ${axes.join('; ')} |`];
	});
	return ['| name | shape | axes |', '| --- | --- | --- |', ...lines].join('\n');
}
