import { layer, type LayerNames, type Naming } from '../checkpoint/layer-names';

/** The two layers of a feed-forward part; with a gate, the first makes the gate's half and then the values'. */
interface FeedForwardNames {
	readonly fc1: LayerNames;
	readonly fc2: LayerNames;
}

interface BlockNames extends FeedForwardNames {
	readonly norm1: LayerNames;
	readonly qkv: LayerNames;
	readonly proj: LayerNames;
	/** Layer scale after attention, and after the feed-forward part. */
	readonly scale1: string;
	readonly norm2: LayerNames;
	readonly scale2: string;
}

export interface CheckpointNames {
	readonly naming: Naming;
	/** transformers' architectures that save these names with these tensors; none for timm, which names all alike. */
	readonly modelTypes: readonly string[];
	readonly clsToken: string;
	readonly distToken: string;
	readonly registers: string;
	readonly posEmbed: string;
	readonly patchEmbed: LayerNames;
	block(i: number): BlockNames;
	readonly norm: LayerNames;
	/** The last layer norm where it comes after the pooling; null where this naming knows no such. */
	readonly pooledNorm: LayerNames | null;
	readonly head: LayerNames;
	readonly distHead: LayerNames;
	/** Tensors that a checkpoint may have and the model does not use. */
	readonly unused: RegExp;
}

type Has = (name: string) => boolean;

/** The first of the layers that the file has; the first of all where it has none, so that its name can be told. */
function present(has: Has, ...layers: [LayerNames, ...LayerNames[]]): LayerNames {
	return layers.find(({ weight }) => weight.every(has)) ?? layers[0];
}

function timm(has: Has): CheckpointNames {
	return {
		naming: 'timm',
		modelTypes: [],
		clsToken: 'cls_token',
		distToken: 'dist_token',
		registers: 'reg_token',
		posEmbed: 'pos_embed',
		patchEmbed: layer('patch_embed.proj'),
		block: (i) => {
			const mlp = `blocks.${i}.mlp`;
			return {
				norm1: layer(`blocks.${i}.norm1`),
				qkv: layer(`blocks.${i}.attn.qkv`),
				proj: layer(`blocks.${i}.attn.proj`),
				scale1: `blocks.${i}.ls1.gamma`,
				norm2: layer(`blocks.${i}.norm2`),
				scale2: `blocks.${i}.ls2.gamma`,
				fc1: present(has, layer(`${mlp}.fc1`), layer(`${mlp}.w12`), layer(`${mlp}.fc1_g`, `${mlp}.fc1_x`)),
				fc2: present(has, layer(`${mlp}.fc2`), layer(`${mlp}.w3`))
			};
		},
		norm: layer('norm'),
		pooledNorm: layer('fc_norm'),
		head: layer('head'),
		distHead: layer('head_dist'),
		// Pre-training's extra layer before the head, which fine-tuned checkpoints sometimes carry along, and its mask.
		unused: /^(pre_logits\.|mask_token$)/
	};
}

/** What transformers' ViT, DeiT, MAE, MSN, I-JEPA and DINOv2 have in common. */
function huggingface(has: Has): Omit<CheckpointNames, 'block' | 'modelTypes'> {
	return {
		naming: 'huggingface',
		clsToken: 'embeddings.cls_token',
		distToken: 'embeddings.distillation_token',
		registers: 'embeddings.register_tokens',
		posEmbed: 'embeddings.position_embeddings',
		patchEmbed: layer('embeddings.patch_embeddings.projection'),
		norm: layer('layernorm'),
		pooledNorm: null,
		head: present(has, layer('classifier'), layer('cls_classifier')),
		distHead: layer('distillation_classifier'),
		// The pooler feeds tasks that we don't show; masked pre-training's token and decoder have no part in a run on a whole photo.
		unused: /^pooler\.|(^|\.)mask_token$|^decoder\./
	};
}

function attentionNames(encoder: string) {
	return {
		qkv: layer(...['query', 'key', 'value'].map((part) => `${encoder}.attention.attention.${part}`)),
		proj: layer(`${encoder}.attention.output.dense`),
		scale1: `${encoder}.layer_scale1.lambda1`,
		scale2: `${encoder}.layer_scale2.lambda1`
	};
}

/** transformers' ViT, DeiT, MAE's and MSN's encoders, and I-JEPA. */
function huggingfaceViT(has: Has): CheckpointNames {
	const block = (encoder: string): BlockNames => ({
		...attentionNames(encoder),
		norm1: layer(`${encoder}.layernorm_before`),
		norm2: layer(`${encoder}.layernorm_after`),
		fc1: layer(`${encoder}.intermediate.dense`),
		fc2: layer(`${encoder}.output.dense`)
	});
	const names = huggingface(has);
	const withCls = has(names.distToken) ? ['deit'] : ['vit', 'vit_mae', 'vit_msn'];
	const modelTypes = has(names.clsToken) ? withCls : ['ijepa'];
	return { ...names, modelTypes, block: (i) => block(`encoder.layer.${i}`) };
}

/** transformers' DINOv2. */
function huggingfaceDino(has: Has): CheckpointNames {
	const block = (encoder: string): BlockNames => ({
		...attentionNames(encoder),
		norm1: layer(`${encoder}.norm1`),
		norm2: layer(`${encoder}.norm2`),
		fc1: present(has, layer(`${encoder}.mlp.fc1`), layer(`${encoder}.mlp.weights_in`)),
		fc2: present(has, layer(`${encoder}.mlp.fc2`), layer(`${encoder}.mlp.weights_out`))
	});
	const names = huggingface(has);
	const modelTypes = [has(names.registers) ? 'dinov2_with_registers' : 'dinov2'];
	return { ...names, modelTypes, block: (i) => block(`encoder.layer.${i}`) };
}

/** Every naming that we know, told apart by the files themselves: the one whose positions and first layer are there. */
export function detectNames(has: Has): CheckpointNames | null {
	const known = [timm(has), huggingfaceViT(has), huggingfaceDino(has)];
	return known.find((names) => has(names.posEmbed) && names.block(0).norm1.weight.every(has)) ?? null;
}
