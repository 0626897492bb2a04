import { anatomyOf, tapSpecs, parameterSpecs, type ModelConfig } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
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
 * Name, shape and axes of the first of some taps or parameters that a model has; of a block's attention where it has none
 * of them. The `blocks.*` in a name stands for the block, whatever its own name begins with.
 * @param block what the figure shows, counted from 0 through all stages; one that is not there stands for the last
 */
export function firstSpecOf(
	config: ModelConfig,
	block: number | null,
	wanted: readonly (string | null | undefined)[] = []
): TapSpec | null {
	const { blocks } = anatomyOf(config);
	const stem = blocks[clampIndex(block ?? 0, blocks.length)] ?? '';
	const named = wanted.map((name) =>
		name && endsBefore(name, config) ? lastTap(config) : name?.replace('blocks.*', stem)
	);
	const names = [...named, `${stem}.attn.pattern`];
	return names.flatMap((name) => (name && specOf(name, config)) || [])[0] ?? null;
}

/** Where in a model's pipeline a tap or parameter of its own lies; what is made between two blocks belongs to the first. */
export function stopIn(config: ModelConfig, name: string): Stop {
	const { blocks, taps, parameters } = anatomyOf(config);
	const names = (name.startsWith('parameters.') ? parameters : taps).map((spec) => spec.name);
	const blockOf = (of: string) => blocks.findIndex((stem) => of.replace('parameters.', '').startsWith(`${stem}.`));
	const at = names.indexOf(name);
	const own = blockOf(name);
	if (own >= 0 || at < 0) return own >= 0 ? `block-${own}` : stopOf(name);
	const before = names
		.slice(0, at)
		.map(blockOf)
		.findLast((block) => block >= 0);
	const between = before !== undefined && names.slice(at).some((of) => blockOf(of) >= 0);
	return between ? `block-${before}` : stopOf(name);
}

/** The block that a figure's state is about, where it says so. */
export function blockOf(state: object): number | null {
	return 'block' in state && typeof state.block === 'number' ? state.block : null;
}
