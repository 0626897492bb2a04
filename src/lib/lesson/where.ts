import type { ViTConfig } from '../engine/config';
import type { SwinConfig } from '../engine/swin/config';
import { tapSpecs, type TapSpec } from '../engine/taps';
import { weightSpecs } from '../engine/weights';
import { windowTaps } from '../state/shown-windows';
import { clampIndex } from './attributes';

/** A stop of the pipeline rail. */
export type Stop = 'photo' | 'patches' | 'embeddings' | `block-${number}` | 'head';

/** Where in the pipeline a tap or parameter lies. */
export function stopOf(name: string): Stop {
	const block = /(?:^|\.)blocks\.(\d+)\./.exec(name)?.[1];
	if (block !== undefined) return `block-${Number(block)}`;
	if (name === 'pixel_values') return 'photo';
	if (name === 'patches') return 'patches';
	if (/^(weights\.)?(patch_embed|embeddings|cls_token|pos_embed)/.test(name)) return 'embeddings';
	return 'head';
}

/** What the prose calls the hidden values before and after GELU, and what a model with gates has in their place. */
const GATED = { 'mlp.pre_gelu': 'mlp.gate', 'mlp.post_gelu': 'mlp.gated' } as const;

/** The name of a tap in the prose as this model has it. */
export function ownName(name: string, { mlp }: Pick<ViTConfig, 'mlp'>): string {
	if (mlp === 'gelu') return name;
	return Object.entries(GATED).reduce((own, [plain, gated]) => own.replace(plain, gated), name);
}

/**
 * The name as this model has it, with its `*` replaced by a block that there is.
 * @param block what the figure shows; null for none, -1 for before the first, where the tokens are the embeddings
 */
export function atBlock(name: string, block: number | null, config: ViTConfig): string {
	if (block === -1 && name === 'blocks.*.out') return 'embeddings';
	// A model without a head ends with its last tokens.
	if (config.classes === 0 && /^(logits|probabilities)$/.test(name)) return 'norm';
	return ownName(name, config).replace('*', String(clampIndex(block ?? 0, config.depth)));
}

/** Name, shape and axes of a tap or parameter; null for one that this model lacks. */
export function specOf(name: string, config: ViTConfig): TapSpec | null {
	const specs = name.startsWith('weights.') ? weightSpecs(config) : tapSpecs(config);
	return specs.find((spec) => spec.name === name) ?? null;
}

/**
 * Name, shape and axes of a Swin's tap.
 * @param block what the figure shows, counted from 0 through all stages; one that is not there stands for the last
 * @param own the tap; the attention of the block by default
 */
export function windowSpecOf(config: SwinConfig, block: number | null, own?: string): TapSpec | null {
	const names = windowTaps(config);
	const name = own ?? names[Math.min(block ?? 0, names.length - 1)];
	return tapSpecs(config).find((spec) => spec.name === name) ?? null;
}

/** The block that a figure's state is about, where it says so. */
export function blockOf(state: object): number | null {
	return 'block' in state && typeof state.block === 'number' ? state.block : null;
}
