import { layer, type LayerNames, type Naming } from '../checkpoint/layer-names';

/** Where one block's tensors are in a file. */
interface SwinBlockNames {
	readonly norm1: LayerNames;
	readonly qkv: LayerNames;
	readonly biasTable: string;
	readonly proj: LayerNames;
	readonly norm2: LayerNames;
	readonly fc1: LayerNames;
	readonly fc2: LayerNames;
}

/** Where a Swin's tensors are in a file. */
export interface SwinNames {
	readonly naming: Naming;
	readonly patchEmbed: LayerNames;
	readonly patchNorm: LayerNames;
	readonly posEmbed: string;
	/** @param stage counted from 0 @param block counted from 0 in its stage */
	block(stage: number, block: number): SwinBlockNames;
	/** What joins the tokens of a stage into the next one's. @param stage the one before, counted from 0 */
	merge(stage: number): { readonly norm: LayerNames; readonly reduction: LayerNames };
	readonly norm: LayerNames;
	/** The norm of a map that a backbone hands out, which only transformers' do. @param name e.g. `stage1` */
	mapNorm(name: string): LayerNames;
	readonly head: LayerNames;
	/** Tensors that a checkpoint may have and the model does not use. */
	readonly unused: RegExp;
}

type Has = (name: string) => boolean;

/** The merging's two layers under a stem. */
const mergeOf = (stem: string) => ({ norm: layer(`${stem}.norm`), reduction: layer(`${stem}.reduction`) });

/**
 * timm's names. Since its version 0.9 a stage begins with the merging; before, and in the authors' own files, it ended
 * with it. The head was a plain layer then.
 */
function timm(has: Has): SwinNames {
	const mergesFirst = !has('layers.0.downsample.reduction.weight');
	return {
		naming: 'timm',
		patchEmbed: layer('patch_embed.proj'),
		patchNorm: layer('patch_embed.norm'),
		posEmbed: 'absolute_pos_embed',
		block: (stage, block) => {
			const stem = `layers.${stage}.blocks.${block}`;
			return {
				norm1: layer(`${stem}.norm1`),
				qkv: layer(`${stem}.attn.qkv`),
				biasTable: `${stem}.attn.relative_position_bias_table`,
				proj: layer(`${stem}.attn.proj`),
				norm2: layer(`${stem}.norm2`),
				fc1: layer(`${stem}.mlp.fc1`),
				fc2: layer(`${stem}.mlp.fc2`)
			};
		},
		merge: (stage) => mergeOf(`layers.${mergesFirst ? stage + 1 : stage}.downsample`),
		norm: layer('norm'),
		mapNorm: (name) => layer(`hidden_states_norms.${name}`),
		head: layer(has('head.fc.weight') ? 'head.fc' : 'head'),
		unused: BUFFERS
	};
}

/** Tables that older files carry along and that follow from the sizes. */
const BUFFERS = /\.(relative_position_index|attn_mask)$/;

function huggingface(): SwinNames {
	return {
		naming: 'huggingface',
		patchEmbed: layer('embeddings.patch_embeddings.projection'),
		patchNorm: layer('embeddings.norm'),
		posEmbed: 'embeddings.position_embeddings',
		block: (stage, block) => {
			const stem = `encoder.layers.${stage}.blocks.${block}`;
			return {
				norm1: layer(`${stem}.layernorm_before`),
				qkv: layer(...['query', 'key', 'value'].map((part) => `${stem}.attention.self.${part}`)),
				biasTable: `${stem}.attention.self.relative_position_bias_table`,
				proj: layer(`${stem}.attention.output.dense`),
				norm2: layer(`${stem}.layernorm_after`),
				fc1: layer(`${stem}.intermediate.dense`),
				fc2: layer(`${stem}.output.dense`)
			};
		},
		merge: (stage) => mergeOf(`encoder.layers.${stage}.downsample`),
		norm: layer('layernorm'),
		mapNorm: (name) => layer(`hidden_states_norms.${name}`),
		head: layer('classifier'),
		// Masked pre-training's token and decoder have no part in a run on a whole photo.
		unused: new RegExp(`${BUFFERS.source}|mask_token$|^decoder\\.`)
	};
}

/** Every naming of Swin that we know, told apart by the files themselves: the one whose first bias table is there. */
export function detectSwinNames(has: Has): SwinNames | null {
	const known = [timm(has), huggingface()];
	return known.find((names) => has(names.block(0, 0).biasTable)) ?? null;
}
