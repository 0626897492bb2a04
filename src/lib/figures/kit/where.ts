import { tapSpecs, parameterSpecs, type ModelConfig } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import { blocksOf, type SwinConfig } from '../../engine/swin/config';
import { headTaps, lastTap } from '../../engine/scores';
import type { TapSpec } from '../../engine/tap';
import { clampIndex } from './attributes';

/** A stop of the pipeline rail. */
export type Stop = 'photo' | 'patches' | 'embeddings' | `block-${number}` | 'head';

/** Where in the pipeline a tap or parameter lies. */
export function stopOf(name: string): Stop {
	const block = /(?:^|\.)blocks\.(\d+)\./.exec(name)?.[1];
	if (block !== undefined) return `block-${Number(block)}`;
	if (name === 'pixel_values') return 'photo';
	if (name === 'patches') return 'patches';
	if (/^(parameters\.)?(patch_embed|embeddings|cls_token|pos_embed)/.test(name)) return 'embeddings';
	return 'head';
}

/** What the prose calls the hidden values before and after GELU, and what a model with gates has in their place. */
const GATED = { 'mlp.pre_gelu': 'mlp.gate', 'mlp.post_gelu': 'mlp.gated' } as const;

/** The name of a tap in the prose as this model has it. */
export function ownName(name: string, { mlp }: Pick<ViTConfig, 'mlp'>): string {
	if (mlp === 'gelu') return name;
	return Object.entries(GATED).reduce((own, [plain, gated]) => own.replace(plain, gated), name);
}

/** Whether a tap is missing because the model has no head, or one that makes no probabilities: it ends before. */
const endsBefore = (name: string, config: Pick<ModelConfig, 'scores'>): boolean =>
	/^(logits|probabilities)$/.test(name) && !headTaps(config).some((tap) => tap === name);

/**
 * The name as this model has it, with its `*` replaced by a block that there is.
 * @param block what the figure shows; null for none, -1 for before the first, where the tokens are the embeddings
 */
export function atBlock(name: string, block: number | null, config: ViTConfig): string {
	if (block === -1 && name === 'blocks.*.out') return 'embeddings';
	if (endsBefore(name, config)) return lastTap(config);
	return ownName(name, config).replace('*', String(clampIndex(block ?? 0, config.depth)));
}

/** Name, shape and axes of a tap or parameter; null for one that this model lacks. */
export function specOf(name: string, config: ModelConfig): TapSpec | null {
	const specs = name.startsWith('parameters.') ? parameterSpecs(config) : tapSpecs(config);
	return specs.find((spec) => spec.name === name) ?? null;
}

/**
 * A block of a Swin: its stage, its place in there, and what the names of its taps begin with, such as `stages.1.blocks.0`.
 * @param block counted from 0 through all stages; one that is not there stands for the last
 */
export function swinBlockAt(config: SwinConfig, block: number): { stage: number; block: number; stem: string } {
	const blocks = blocksOf(config);
	const at = blocks[clampIndex(block, blocks.length)];
	if (!at) throw new RangeError('A Swin without blocks has no taps of one.');
	return { ...at, stem: `stages.${at.stage}.blocks.${at.block}` };
}

/**
 * Name, shape and axes of the first of some taps or parameters that a Swin has; of a block's attention where it has none
 * of them. The `*` in a name stands for the block, as in that of a ViT.
 * @param block what the figure shows, counted from 0 through all stages; one that is not there stands for the last
 */
export function windowSpecOf(
	config: SwinConfig,
	block: number | null,
	wanted: readonly (string | null | undefined)[] = []
): TapSpec | null {
	const { stem } = swinBlockAt(config, block ?? 0);
	const named = wanted.map((name) =>
		name && endsBefore(name, config) ? lastTap(config) : name?.replace('blocks.*', stem)
	);
	const names = [...named, `${stem}.attn.pattern`];
	return names.flatMap((name) => (name && specOf(name, config)) || [])[0] ?? null;
}

/** Where in the pipeline a Swin's tap lies; its blocks count through all stages, and a merging belongs to the one before it. */
export function swinStopOf(config: SwinConfig, name: string): Stop {
	const [, stage, block] = /^(?:parameters\.)?stages\.(\d+)\.(?:blocks\.(\d+)\.|merge$)/.exec(name) ?? [];
	if (stage === undefined) return stopOf(name);
	const isIt = (at: { stage: number; block: number }) =>
		at.stage === Number(stage) && (block === undefined || at.block === Number(block));
	return `block-${blocksOf(config).findLastIndex(isIt)}`;
}

/** The block that a figure's state is about, where it says so. */
export function blockOf(state: object): number | null {
	return 'block' in state && typeof state.block === 'number' ? state.block : null;
}
