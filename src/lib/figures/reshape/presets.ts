import { groupsOf, type ModelConfig } from '../../engine/families';
import type { Capability } from '../../engine/family';
import { patchGrid, type CommonConfig } from '../../engine/config';
import type { Reduction } from '../../engine/einops/check';
import type { Sizes } from '../../engine/einops/error';
import { PLAIN } from '../kit/ways';
import { specOf } from '../kit/where';

/** What the playground works on: the photo as the model gets it, the queries of the first block, or the CLS token. */
export type Source = 'photo' | 'queries' | 'cls';

export const OPERATIONS = ['rearrange', 'reduce', 'repeat'] as const;
export type OperationName = (typeof OPERATIONS)[number];

/** An example to start from. */
export interface Preset {
	readonly id: string;
	readonly title: string;
	readonly source: Source;
	readonly operation: OperationName;
	readonly reduction: Reduction;
	readonly pattern: string;
	/** Lengths that the model's own sizes give. */
	sizes(config: ModelConfig): Sizes;
	/** What becomes of it in a ViT. */
	readonly note: string;
}

const photo = { source: 'photo', operation: 'rearrange', reduction: 'mean', sizes: () => ({}) } as const;
const patchSides = ({ patchSize }: CommonConfig): Sizes => ({ p1: patchSize, p2: patchSize });

export const PRESETS: readonly [Preset, ...Preset[]] = [
	{
		...photo,
		id: 'patchify',
		title: 'Patches',
		pattern: 'b c (h p1) (w p2) -> b (h w) (p1 p2 c)',
		sizes: patchSides,
		note: 'Every patch becomes one row.'
	},
	{
		...photo,
		id: 'channels-last',
		title: 'Channels last',
		pattern: 'b c h w -> b h w c',
		note: 'Each pixel keeps its colours together, as picture files do.'
	},
	{
		...photo,
		id: 'pool',
		title: 'Pooling',
		operation: 'reduce',
		pattern: 'b c (h p1) (w p2) -> b c h w',
		sizes: patchSides,
		note: 'One number for each channel of each patch: average pooling.'
	},
	{
		...photo,
		id: 'heads',
		title: 'Split heads',
		source: 'queries',
		pattern: 'n (h d) -> h n d',
		sizes: (config) => ({ h: groupsOf(config)[0]?.heads ?? 1 }),
		note: 'Each head gets its own slice of every token.'
	},
	{
		...photo,
		id: 'repeat',
		title: 'Repeat',
		source: 'cls',
		operation: 'repeat',
		pattern: '1 d -> b 1 d',
		sizes: () => ({ b: 4 }),
		note: 'One learned CLS token, given to every photo of a batch.'
	}
];

export function presetOf(id: string): Preset {
	const preset = PRESETS.find((candidate) => candidate.id === id);
	if (!preset) throw new Error(`No preset is called ${id}: choose one of ${PRESETS.map((p) => p.id).join(', ')}.`);
	return preset;
}

/** The tap or parameter that a source is made from. */
export const SOURCE_TAPS: Readonly<Record<Source, string>> = {
	photo: 'pixel_values',
	queries: 'blocks.0.query',
	cls: 'parameters.cls_token'
};

/** What a model must have for each. */
export const NEEDS: Readonly<Record<Source, readonly Capability[]>> = {
	photo: ['patches'],
	queries: PLAIN,
	cls: [...PLAIN, 'cls']
};

/** What the model itself makes of a source by moving its numbers: an output that is the same says so. */
export const COMPARED_TAPS: Readonly<Record<Source, string | null>> = {
	photo: 'patches',
	queries: 'blocks.0.query',
	cls: null
};

export const SOURCE_TITLES: Readonly<Record<Source, string>> = {
	photo: 'the photo, as the model gets it',
	queries: 'the queries of block 1, as the projection gives them',
	cls: 'the CLS token, as it was learned'
};

/** The shape of a source, of a model that has it: known before any number is there. */
export function sourceShape(source: Source, config: ModelConfig): number[] {
	if (source === 'photo') return [1, config.channels, ...config.imageSize];
	const [, tokens = 0, dim = 0] = specOf('embeddings', config)?.shape ?? [];
	return [source === 'cls' ? 1 : tokens, dim];
}

/** All patches of the photo. */
export function patchCount(config: CommonConfig): number {
	const { rows, columns } = patchGrid(config);
	return rows * columns;
}
