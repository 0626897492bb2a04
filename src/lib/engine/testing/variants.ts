import type { TensorToWrite } from '../checkpoint/safetensors';
import type { CheckpointFiles } from '../model';
import { fileOf, random, SIZES, timmConfig, timmTensors } from './checkpoint';

/** A made-up checkpoint that does something otherwise than a plain ViT, under timm's names. */
export interface Variant {
	readonly name: string;
	/** What the head reads. */
	readonly pooling?: 'cls' | 'mean' | 'cls+mean';
	/** Tensors that take the place of the plain ones of the same names, or come beside them. */
	tensors(make: Make): TensorToWrite[];
	/** Plain tensors that it has not. */
	readonly without?: RegExp;
	readonly config?: Record<string, unknown>;
}

type Make = (name: string, shape: number[], around?: number) => TensorToWrite;

const { dim, mlp, classes, depth } = SIZES;
const grid = (SIZES.image / SIZES.patch) ** 2;
const eachBlock = (make: (block: string) => TensorToWrite[]) =>
	Array.from({ length: depth }, (_, i) => make(`blocks.${i}`)).flat();
const layer = (make: Make, name: string, outputs: number, inputs: number) => [
	make(`${name}.weight`, [outputs, inputs]),
	make(`${name}.bias`, [outputs])
];

export const VARIANTS: readonly Variant[] = [
	{
		name: 'a distillation token with its own head',
		tensors: (make) => [
			make('dist_token', [1, 1, dim]),
			make('pos_embed', [1, 2 + grid, dim]),
			...layer(make, 'head_dist', classes, dim)
		]
	},
	{
		name: 'registers with positions',
		tensors: (make) => [make('reg_token', [1, 3, dim]), make('pos_embed', [1, 4 + grid, dim])]
	},
	{
		name: 'positions of the patches only, registers and layer scale',
		tensors: (make) => [
			make('reg_token', [1, 4, dim]),
			make('pos_embed', [1, grid, dim]),
			...eachBlock((block) => [make(`${block}.ls1.gamma`, [dim], 0.5), make(`${block}.ls2.gamma`, [dim], 0.5)])
		]
	},
	{
		name: 'a gated feed-forward part',
		tensors: (make) => eachBlock((block) => layer(make, `${block}.mlp.fc1`, 2 * mlp, dim))
	},
	{
		name: 'the mean of the patches, normalised afterwards',
		pooling: 'mean',
		without: /^norm\./,
		tensors: (make) => [make('fc_norm.weight', [dim], 1), make('fc_norm.bias', [dim])],
		config: { global_pool: 'avg' }
	},
	{
		name: 'a head that reads CLS and the mean of the patches',
		pooling: 'cls+mean',
		tensors: (make) => [
			make('reg_token', [1, 2, dim]),
			make('pos_embed', [1, grid, dim]),
			make('head.weight', [classes, 2 * dim])
		]
	},
	{
		name: 'no CLS, and a head that reads the mean of the patches',
		pooling: 'mean',
		without: /^(norm\.|cls_token$)/,
		tensors: (make) => [
			make('pos_embed', [1, grid, dim]),
			make('fc_norm.weight', [dim], 1),
			make('fc_norm.bias', [dim])
		],
		config: { global_pool: 'avg' }
	},
	{
		name: 'no CLS, one register, and a head that reads the mean of the patches',
		pooling: 'mean',
		without: /^(norm\.|cls_token$)/,
		tensors: (make) => [
			make('reg_token', [1, 1, dim]),
			make('pos_embed', [1, 1 + grid, dim]),
			make('fc_norm.weight', [dim], 1),
			make('fc_norm.bias', [dim])
		],
		config: { global_pool: 'avg' }
	}
];

/** The tensors of a variant, in no order of meaning. */
export function variantTensors({ tensors, without }: Variant): TensorToWrite[] {
	const next = random(11);
	const others = tensors((name, shape, around = 0) => ({
		name,
		shape,
		data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => around + 0.4 * next())
	}));
	const names = new Set(others.map(({ name }) => name));
	return [...timmTensors().filter(({ name }) => !names.has(name) && !without?.test(name)), ...others];
}

export function variantCheckpoint(variant: Variant): CheckpointFiles {
	return {
		config: { ...timmConfig(), ...variant.config },
		preprocessor: null,
		weights: fileOf(variantTensors(variant))
	};
}
