/** A third family, whose networks have and lack what a seed draws; nothing that is shipped imports this file. */
import { headTaps, type Scores } from '../scores';
import type { CommonConfig } from '../config';
import type * as families from '../families';
import type { ModelConfig } from '../families';
import type { BlockGroup, Capability, Family, Places, TokenGrid, TransformerBlock } from '../family';
import { PLAIN_SWIN, type SwinConfig } from '../swin/config';
import { swinFamily } from '../swin/family';
import type { TapData, TapSpec } from '../tap';
import { PLAIN_VIT, type ViTConfig } from '../vit/config';
import { vitFamily } from '../vit/family';
import { wholePhoto } from '../whole-photo';

/** What the family is called in its configurations, and each of its models. */
export const MADE_UP = 'made-up';

/** Blocks of one resolution. */
export interface Stage {
	readonly rows: number;
	readonly columns: number;
	/** Pixels of the input along each side of a token. */
	readonly cell: number;
	readonly blocks: number;
	readonly heads: number;
	/** Features of a token. */
	readonly dim: number;
}

/** What a made-up network has and has not. */
export interface Capabilities {
	readonly prefix: readonly string[];
	readonly stages: readonly [Stage, ...Stage[]];
	/** Whether it has attention of any kind. */
	readonly attends: boolean;
	readonly has: readonly Capability[];
	/** Of the input, in pixels. */
	readonly imageSize: readonly [height: number, width: number];
	readonly layerScale: boolean;
	readonly mlp: 'gelu' | 'swiglu';
	readonly pooling: ViTConfig['pooling'];
	readonly scores: Scores;
}

const PATCH = 4;

/** @param next gives numbers in [0, 1) */
export function drawCapabilities(next: () => number): Capabilities {
	const upTo = (most: number) => 1 + Math.floor(next() * most);
	const coin = (chance = 0.5) => next() < chance;
	const oneOf = <T>(things: readonly [T, ...T[]]) => things[Math.floor(next() * things.length)] ?? things[0];
	const attention = oneOf(['patterns', 'patterns', 'windows', null] as const);
	const windows = attention === 'windows';
	const [rows, columns] = [coin(0.3) ? 1 : upTo(5), upTo(6)];
	const patches = coin(0.7);
	/** What the last patches reach beyond the picture, where it is not cut into whole ones. */
	const beyond = () => (patches ? 0 : upTo(PATCH - 1));
	const imageSize = [rows * PATCH - beyond(), columns * PATCH - beyond()] as const;
	const stage = (cell: number): Stage => {
		const heads = coin(0.3) ? 1 : upTo(4);
		const [down = 1, across = 1] = imageSize.map((side) => Math.ceil(side / cell));
		return { rows: down, columns: across, cell, blocks: upTo(3), heads, dim: heads * upTo(3) };
	};
	const first = stage(PATCH);
	const stages = coin() ? ([first] as const) : ([first, stage(PATCH * (windows ? 2 : oneOf([1, 1.5, 2, 3])))] as const);
	const cls = !windows && coin();
	const prefix = [...(cls ? ['CLS'] : []), ...['Register 1', 'Register 2'].slice(windows ? 2 : upTo(3) - 1)];
	const drawn: readonly (Capability | null)[] = [
		attention,
		!windows && stages.length === 1 && coin(0.8) ? 'sequence' : null,
		windows || coin(0.8) ? 'blocks' : null,
		cls ? 'cls' : null,
		coin(0.7) ? 'positions' : null,
		patches ? 'patches' : null,
		coin(0.7) ? 'projection' : null
	];
	return {
		prefix: prefix.map((name, i) => (name === 'CLS' ? name : `Register ${i + 1 - Number(cls)}`)),
		stages,
		attends: attention !== null,
		has: drawn.filter((capability) => capability !== null),
		imageSize,
		layerScale: coin(),
		mlp: !windows && coin() ? 'swiglu' : 'gelu',
		pooling: cls ? oneOf(['cls', 'mean', 'cls+mean']) : 'mean',
		scores: oneOf(['softmax', 'sigmoid', 'number', 'vector'])
	};
}

/** A configuration that says so: it has the fields of a ViT or of a Swin only where its capabilities say that it has. */
export function madeUpConfig(made: Capabilities): ModelConfig {
	const { imageSize, scores } = made;
	const common: Omit<CommonConfig, 'family'> = {
		imageSize,
		patchSize: PATCH,
		channels: 3,
		layerNormEps: 1e-6,
		gelu: 'erf',
		classes: scores === 'vector' ? 0 : 3,
		scores,
		preprocess: { ...wholePhoto(imageSize), mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
	};
	const others = { ...(isPlain(made) ? vitFields(made) : {}), ...(inWindows(made) ? swinFields(made) : {}) };
	// The list of families is closed, and this one is on it in tests only.
	return { ...others, ...common, family: MADE_UP, made } as unknown as ModelConfig;
}

const isPlain = ({ has }: Capabilities) =>
	(['patterns', 'sequence', 'blocks'] as const).every((of) => has.includes(of));
const inWindows = ({ has }: Capabilities) => has.includes('windows');

function vitFields({ stages: [stage], prefix, layerScale, mlp, pooling, scores }: Capabilities): Partial<ViTConfig> {
	const { rows, columns, blocks: depth, heads, dim } = stage;
	const cls = prefix.includes('CLS');
	return {
		...PLAIN_VIT,
		...{ depth, heads, dim, mlpDim: 2 * dim, qkvBias: true, cls, registers: prefix.length - Number(cls) },
		...{ layerScale, mlp, pooling, scores },
		positions: { grid: [rows, columns], prefix: prefix.length, resampling: 'plain' }
	};
}

function swinFields({ stages }: Capabilities): Partial<SwinConfig> {
	return {
		...PLAIN_SWIN,
		stages: stages.map(({ blocks: depth, heads, dim }) => ({ depth, heads, dim, mlpDim: 2 * dim, window: 2 })),
		qkvBias: true,
		patchNorm: false,
		rules: 'huggingface'
	};
}

type MadeUpConfig = CommonConfig & { readonly made: Capabilities };

/** The family that goes by another's names of taps, where a capability says that its networks do. */
function like({ made }: MadeUpConfig): Family<ModelConfig> | null {
	if (isPlain(made)) return vitFamily;
	return inWindows(made) ? swinFamily : null;
}

/** What is not there without a capability. */
const ONLY_WITH: Partial<Record<Capability, RegExp>> = {
	patches: /^patches$/,
	projection: /^(parameters\.)?patch_embed(\.|$)/,
	positions: /^parameters\.pos_embed$/
};

function without({ made: { has } }: MadeUpConfig, specs: readonly TapSpec[]): TapSpec[] {
	const gone = (['patches', 'projection', 'positions'] as const).filter((capability) => !has.includes(capability));
	return specs.filter(({ name }) => !gone.some((capability) => ONLY_WITH[capability]?.test(name)));
}

const taps = (config: MadeUpConfig & ModelConfig) => like(config)?.tapSpecs(config) ?? ownTaps(config);
const parameters = (config: MadeUpConfig & ModelConfig) =>
	like(config)?.parameterSpecs(config) ?? ownParameters(config);

/** By names that no other family has, so that a figure which knows them by heart is found out. */
const stemOf = (stage: number, at: number) => `levels.${stage}.units.${at}`;

const tokens = ({ rows, columns, dim }: Stage, prefix: number, name: string, width = dim): TapSpec => ({
	name,
	shape: [1, prefix + rows * columns, width],
	axes: ['batch', 'token', 'feature']
});

const hiddenOf = (mlp: Capabilities['mlp']) =>
	mlp === 'gelu' ? ['pre_gelu', 'post_gelu'] : ['gate', 'value', 'gated'];

function ownTaps(config: MadeUpConfig): TapSpec[] {
	const { channels, imageSize, patchSize, made } = config;
	const { stages, prefix, has, mlp } = made;
	const before = prefix.length;
	const [first] = stages;
	const n = first.rows * first.columns;
	const specs: TapSpec[] = [
		{ name: 'pixel_values', shape: [1, channels, ...imageSize], axes: ['batch', 'channel', 'row', 'column'] },
		{ name: 'patches', shape: [1, n, channels * patchSize ** 2], axes: ['batch', 'patch', 'pixel'] },
		{ name: 'patch_embed', shape: [1, n, first.dim], axes: ['batch', 'patch', 'feature'] },
		tokens(first, before, 'embeddings')
	];
	for (const [s, stage] of stages.entries()) {
		const all = before + stage.rows * stage.columns;
		if (s > 0) specs.push(tokens(stage, before, `levels.${s - 1}.shrink`));
		for (let at = 0; at < stage.blocks; at++) {
			const stem = stemOf(s, at);
			const attention = { name: `${stem}.attn.pattern`, shape: [1, stage.heads, all, all], axes: PATTERN_AXES };
			if (has.includes('patterns')) specs.push(attention);
			const parts = has.includes('blocks') ? ['norm1', 'attn.out', 'residual1', 'norm2', 'mlp.out'] : [];
			const hidden = has.includes('blocks') ? hiddenOf(mlp).map((part) => `mlp.${part}`) : [];
			specs.push(...[...parts, 'out'].map((part) => tokens(stage, before, `${stem}.${part}`)));
			specs.push(...hidden.map((part) => tokens(stage, before, `${stem}.${part}`, 2 * stage.dim)));
		}
	}
	specs.push(tokens(stages.at(-1) ?? first, before, 'last'));
	return [
		...specs,
		...headTaps(config).map((name) => ({ name, shape: [1, config.classes], axes: ['batch', 'class'] }))
	];
}

const PATTERN_AXES = ['batch', 'head', 'query', 'key'];

function ownParameters({
	channels,
	patchSize,
	made: { stages, prefix, has, mlp, layerScale }
}: MadeUpConfig): TapSpec[] {
	const spec = (name: string, ...shape: number[]): TapSpec => ({
		name: `parameters.${name}`,
		shape,
		axes: shape.map((_, i) => `axis ${i}`)
	});
	const [{ dim, rows, columns }] = stages;
	const blocks = stages.flatMap((stage, s) =>
		Array.from({ length: has.includes('blocks') ? stage.blocks : 0 }, (_, at) => {
			const [stem, hidden, d] = [stemOf(s, at), 2 * stage.dim, stage.dim];
			const first = mlp === 'gelu' ? hidden : 2 * hidden;
			return [
				...['norm1', 'norm2'].flatMap((norm) => [spec(`${stem}.${norm}.weight`, d), spec(`${stem}.${norm}.bias`, d)]),
				...[spec(`${stem}.fc1.weight`, d, first), spec(`${stem}.fc1.bias`, first)],
				...[spec(`${stem}.fc2.weight`, hidden, d), spec(`${stem}.fc2.bias`, d)],
				...(layerScale ? [spec(`${stem}.layer_scale1`, d), spec(`${stem}.layer_scale2`, d)] : [])
			];
		}).flat()
	);
	return [
		...[spec('patch_embed.weight', channels * patchSize ** 2, dim), spec('patch_embed.bias', dim)],
		...(has.includes('cls') ? [spec('cls_token', 1, dim)] : []),
		spec('pos_embed', prefix.length + rows * columns, dim),
		...blocks
	];
}

function ownBlocks({ made: { stages, has, mlp, layerScale } }: MadeUpConfig): TransformerBlock[] {
	if (!has.includes('blocks')) return [];
	return stages.flatMap(({ rows, columns, cell, dim, blocks }, stage) =>
		Array.from({ length: blocks }, (_, at) => {
			const enters = stage === 0 ? 'embeddings' : `levels.${stage - 1}.shrink`;
			const input = at === 0 ? enters : `${stemOf(stage, at - 1)}.out`;
			const sizes = { rows, columns, cell, dim, mlpDim: 2 * dim };
			const scored = ['query', 'key'] as const;
			return { stem: stemOf(stage, at), input, stage, at, ...sizes, mlp, gelu: 'erf', layerScale, scored };
		})
	);
}

const gridOf = ({ made: { stages, prefix } }: MadeUpConfig): TokenGrid => {
	const [{ rows, columns }] = stages;
	return { rows, columns, prefix };
};

function ownPlaces(config: MadeUpConfig): Places {
	const { stages } = config.made;
	return {
		blocks: stages.flatMap(({ blocks }, s) => Array.from({ length: blocks }, (_, at) => stemOf(s, at))),
		embedded: ['parameters.cls_token', 'parameters.pos_embed'],
		sum: 'embeddings',
		head: ['last', 'logits', 'probabilities'],
		prefix: [],
		shortens: false,
		gridAt: () => gridOf(config),
		tokensAt: ({ shape }, axis) => Array.from({ length: shape[axis] ?? 0 }, (_, i) => i)
	};
}

/** The made-up family, as the list of families would have it. */
export const madeUpFamily: Family<MadeUpConfig & ModelConfig> = {
	tapSpecs: (config) => without(config, taps(config)),
	parameterSpecs: (config) => without(config, parameters(config)),
	places: (config) => like(config)?.places(config) ?? ownPlaces(config),
	grid: gridOf,
	groups: ({ made: { stages, prefix } }): BlockGroup[] =>
		stages.map(({ rows, columns, blocks, heads }) => {
			return { blocks, heads, tokens: prefix.length + rows * columns, grid: [rows, columns] };
		}),
	capabilities: ({ made }) => made.has,
	blocks: (config) => like(config)?.blocks(config) ?? ownBlocks(config),
	sizes: () => [],
	picture: (config) =>
		like(config)?.picture(config) ?? {
			...{ tap: 'last', of: 'mean', name: 'mean of its last map', words: 'the mean of its last map' }
		}
};

/** Whether a model is one of the made-up family. */
export const isMadeUp = (config: { readonly family: string }): config is MadeUpConfig & ModelConfig =>
	config.family === MADE_UP;

/** A tap or parameter with made-up values: each row of attention, and all probabilities, add up to 1. @param next as above */
export function madeUpTap(spec: TapSpec, next: () => number): TapData {
	const size = spec.shape.reduce((product, length) => product * length, 1);
	const data = Float32Array.from({ length: size }, () => 2 * next() - 1);
	if (!/(^|\.)(pattern|probabilities)$/.test(spec.name)) return { ...spec, data };
	const length = spec.shape.at(-1) ?? 1;
	for (let row = 0; row < size; row += length) {
		const line = data.subarray(row, row + length).map((value) => Math.exp(value));
		const sum = line.reduce((all, value) => all + value, 0);
		data.set(
			line.map((value) => value / sum),
			row
		);
	}
	return { ...spec, data };
}

/** The functions of `engine/families.ts`, with the made-up family on the list: for `vi.mock`. */
export function listed(actual: typeof families): typeof families {
	const ask =
		<Result>(theirs: (config: ModelConfig) => Result, ours: (config: MadeUpConfig & ModelConfig) => Result) =>
		(config: ModelConfig): Result =>
			isMadeUp(config) ? ours(config) : theirs(config);
	const own = madeUpFamily;
	return {
		...actual,
		tapSpecs: ask(actual.tapSpecs, own.tapSpecs),
		parameterSpecs: ask(actual.parameterSpecs, own.parameterSpecs),
		anatomyOf: ask(actual.anatomyOf, (config) => {
			const { imageSize, patchSize } = config;
			const specs = { taps: own.tapSpecs(config), parameters: own.parameterSpecs(config) };
			return { ...own.places(config), imageSize, patchSize, ...specs };
		}),
		tokenGridOf: ask(actual.tokenGridOf, own.grid),
		groupsOf: ask(actual.groupsOf, own.groups),
		transformerBlocks: ask(actual.transformerBlocks, own.blocks),
		sizesOf: ask(actual.sizesOf, own.sizes),
		pictureOf: ask(actual.pictureOf, own.picture),
		has: (config, ...wanted) =>
			isMadeUp(config) ? wanted.every((of) => own.capabilities(config).includes(of)) : actual.has(config, ...wanted)
	};
}
