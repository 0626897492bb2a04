/**
 * The parameter names of the two worlds that checkpoints come from, side by side. `timm` keeps query, key and value in
 * one matrix; Hugging Face's transformers keeps three.
 */
export type Naming = 'timm' | 'huggingface';

/** Which file tensors make one of our layers. Several names mean: stacked along the outputs. */
export interface LayerNames {
	readonly weight: readonly string[];
	readonly bias: readonly string[];
}

export interface BlockNames {
	readonly norm1: LayerNames;
	readonly qkv: LayerNames;
	readonly proj: LayerNames;
	readonly norm2: LayerNames;
	readonly fc1: LayerNames;
	readonly fc2: LayerNames;
}

export interface CheckpointNames {
	readonly naming: Naming;
	readonly clsToken: string;
	readonly posEmbed: string;
	readonly patchEmbed: LayerNames;
	block(i: number): BlockNames;
	readonly norm: LayerNames;
	readonly head: LayerNames;
	/** Tensors that a checkpoint may have and the model does not use. */
	readonly unused: RegExp;
}

/** The layer whose tensors are `stem.weight` and `stem.bias`, or several of them stacked. */
export function layer(...stems: string[]): LayerNames {
	return { weight: stems.map((stem) => `${stem}.weight`), bias: stems.map((stem) => `${stem}.bias`) };
}

const timm: CheckpointNames = {
	naming: 'timm',
	clsToken: 'cls_token',
	posEmbed: 'pos_embed',
	patchEmbed: layer('patch_embed.proj'),
	block: (i) => ({
		norm1: layer(`blocks.${i}.norm1`),
		qkv: layer(`blocks.${i}.attn.qkv`),
		proj: layer(`blocks.${i}.attn.proj`),
		norm2: layer(`blocks.${i}.norm2`),
		fc1: layer(`blocks.${i}.mlp.fc1`),
		fc2: layer(`blocks.${i}.mlp.fc2`)
	}),
	norm: layer('norm'),
	head: layer('head'),
	// Pre-training's extra layer before the head, which fine-tuned checkpoints sometimes carry along.
	unused: /^pre_logits\./
};

/** @param prefix `vit.` in a checkpoint with a task's head, nothing in a bare encoder's. */
function huggingface(prefix: string): CheckpointNames {
	const encoder = (i: number) => `${prefix}encoder.layer.${i}`;
	return {
		naming: 'huggingface',
		clsToken: `${prefix}embeddings.cls_token`,
		posEmbed: `${prefix}embeddings.position_embeddings`,
		patchEmbed: layer(`${prefix}embeddings.patch_embeddings.projection`),
		block: (i) => ({
			norm1: layer(`${encoder(i)}.layernorm_before`),
			qkv: layer(...['query', 'key', 'value'].map((part) => `${encoder(i)}.attention.attention.${part}`)),
			proj: layer(`${encoder(i)}.attention.output.dense`),
			norm2: layer(`${encoder(i)}.layernorm_after`),
			fc1: layer(`${encoder(i)}.intermediate.dense`),
			fc2: layer(`${encoder(i)}.output.dense`)
		}),
		norm: layer(`${prefix}layernorm`),
		head: layer('classifier'),
		// The pooler feeds tasks that we don't show, and masked pre-training's token is not used on a whole photo.
		unused: /(^|\.)pooler\.|mask_token$/
	};
}

/** Every naming that we know, told apart by the files themselves: the one whose CLS token is there. */
export function detectNames(has: (name: string) => boolean): CheckpointNames | null {
	return [timm, huggingface('vit.'), huggingface('')].find((names) => has(names.clsToken)) ?? null;
}
