import { layer, type LayerNames, type Naming } from '../checkpoint/layer-names';

/** The two layers of a feed-forward part; with a gate, the first makes the gate's half and then the values'. */
interface FeedForwardNames {
	readonly fc1: LayerNames;
	readonly fc2: LayerNames;
}

interface BlockNames extends FeedForwardNames {
	readonly norm1: LayerNames;
	readonly qkv: LayerNames;
	/** The bias of query, key and value, in one or in parts; null for a part that has none where the others do. */
	readonly qkvBias: readonly (string | null)[];
	readonly proj: LayerNames;
	/** Layer scale after attention, and after the feed-forward part. */
	readonly scale1: string;
	readonly norm2: LayerNames;
	readonly scale2: string;
}

/** One layer, perhaps within a larger one: see `LinearOptions`. */
interface PartNames {
	readonly layer: LayerNames;
	/** Which third of it, where query, key and value are stored as one. */
	readonly part: 'first' | 'others' | null;
}

/** The pooling by a learned query: attention over the patches, a layer norm and a feed-forward part. */
export interface PoolNames extends FeedForwardNames {
	/** What all of its names begin with. */
	readonly stem: string;
	readonly probe: string;
	readonly query: PartNames;
	/** Keys and then values. */
	readonly keyValue: PartNames;
	readonly proj: LayerNames;
	readonly norm: LayerNames;
}

export interface CheckpointNames {
	readonly naming: Naming;
	/** transformers' architectures that save these names with these tensors; none for timm, which names all alike. */
	readonly modelTypes: readonly string[];
	readonly clsToken: string;
	readonly distToken: string;
	readonly registers: string;
	/** Null where queries and keys are turned in place of it. */
	readonly posEmbed: string | null;
	/** Axes of length 1 that stand before those of the tokens in the file: 2 of (1, 1, features), none of (features). */
	readonly batchAxes: boolean;
	readonly patchEmbed: LayerNames;
	/** Its bias; null in a model that has none there, because a norm before the blocks follows. */
	readonly patchBias: readonly (string | null)[];
	/** A layer norm before the first block, in a naming that knows one. */
	readonly preNorm: LayerNames | null;
	block(i: number): BlockNames;
	readonly norm: LayerNames;
	/** The last layer norm where it comes after the pooling; null where this naming knows no such. */
	readonly pooledNorm: LayerNames | null;
	/** Null where the file has none. */
	readonly pool: PoolNames | null;
	readonly head: LayerNames;
	/** A last map that makes no classes, in a naming that has a name of its own for it. */
	readonly projection: LayerNames | null;
	readonly distHead: LayerNames;
	/** Tensors that a checkpoint may have and the model does not use. */
	readonly unused: RegExp;
}

type Has = (name: string) => boolean;

/** The first of the layers that the file has; the first of all where it has none, so that its name can be told. */
function present(has: Has, ...layers: [LayerNames, ...LayerNames[]]): LayerNames {
	return layers.find(({ weight }) => weight.every(has)) ?? layers[0];
}

function patchBias(has: Has, { bias }: LayerNames, preNorm: LayerNames): readonly (string | null)[] {
	return preNorm.weight.every(has) ? bias.map((name) => (has(name) ? name : null)) : bias;
}

/** Whatever timm calls `vit_…`: its `VisionTransformer`, and its `Eva`, of which DINOv3's are made. */
function timm(has: Has): CheckpointNames {
	const [scale1, scale2] = has('blocks.0.gamma_1') ? ['gamma_1', 'gamma_2'] : ['ls1.gamma', 'ls2.gamma'];
	// Keys have no bias where queries and values have theirs apart.
	const parts = ['q_bias', 'k_bias', 'v_bias'].map((part) => (has(`blocks.0.attn.${part}`) ? part : null));
	const apart = parts.some((part) => part !== null) && !has('blocks.0.attn.qkv.bias');
	return {
		naming: 'timm',
		modelTypes: [],
		clsToken: 'cls_token',
		distToken: 'dist_token',
		registers: 'reg_token',
		posEmbed: has('pos_embed') ? 'pos_embed' : null,
		batchAxes: true,
		patchEmbed: layer('patch_embed.proj'),
		patchBias: patchBias(has, layer('patch_embed.proj'), layer('norm_pre')),
		preNorm: layer('norm_pre'),
		block: (i) => {
			const [attn, mlp] = [`blocks.${i}.attn`, `blocks.${i}.mlp`];
			const qkv = layer(`${attn}.qkv`);
			return {
				norm1: layer(`blocks.${i}.norm1`),
				qkv,
				qkvBias: apart ? parts.map((part) => part && `${attn}.${part}`) : qkv.bias,
				proj: layer(`${attn}.proj`),
				scale1: `blocks.${i}.${scale1}`,
				norm2: layer(`blocks.${i}.norm2`),
				scale2: `blocks.${i}.${scale2}`,
				fc1: present(has, layer(`${mlp}.fc1`), layer(`${mlp}.w12`), layer(`${mlp}.fc1_g`, `${mlp}.fc1_x`)),
				fc2: present(has, layer(`${mlp}.fc2`), layer(`${mlp}.w3`))
			};
		},
		norm: layer('norm'),
		pooledNorm: layer('fc_norm'),
		pool: has('attn_pool.latent') ? timmPool : null,
		head: layer('head'),
		projection: null,
		distHead: layer('head_dist'),
		// Pre-training's extra layer before the head, which fine-tuned checkpoints sometimes carry along, and its mask.
		unused: /^(pre_logits\.|mask_token$)/
	};
}

const timmPool: PoolNames = {
	stem: 'attn_pool',
	probe: 'attn_pool.latent',
	query: { layer: layer('attn_pool.q'), part: null },
	keyValue: { layer: layer('attn_pool.kv'), part: null },
	proj: layer('attn_pool.proj'),
	norm: layer('attn_pool.norm'),
	fc1: layer('attn_pool.mlp.fc1'),
	fc2: layer('attn_pool.mlp.fc2')
};

/** What transformers' ViT, DeiT, MAE, MSN, I-JEPA and DINOv2 have in common. */
function huggingface(has: Has): Omit<CheckpointNames, 'block' | 'modelTypes'> {
	return {
		naming: 'huggingface',
		clsToken: 'embeddings.cls_token',
		distToken: 'embeddings.distillation_token',
		registers: 'embeddings.register_tokens',
		posEmbed: 'embeddings.position_embeddings',
		batchAxes: true,
		patchEmbed: layer('embeddings.patch_embeddings.projection'),
		patchBias: layer('embeddings.patch_embeddings.projection').bias,
		preNorm: null,
		norm: layer('layernorm'),
		pooledNorm: null,
		pool: null,
		projection: null,
		head: present(has, layer('classifier'), layer('cls_classifier')),
		distHead: layer('distillation_classifier'),
		// The pooler feeds tasks that we don't show; masked pre-training's token and decoder have no part in a run on a whole photo.
		unused: /^pooler\.|(^|\.)mask_token$|^decoder\./
	};
}

function attentionNames(encoder: string) {
	const qkv = layer(...['query', 'key', 'value'].map((part) => `${encoder}.attention.attention.${part}`));
	return {
		qkv,
		qkvBias: qkv.bias,
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

/** transformers' DINOv3, which has no positions to learn. */
function huggingfaceDino3(has: Has): CheckpointNames {
	const before = has('model.layer.0.norm1.weight') ? 'model.layer' : 'layer';
	const biased = ['q_proj', 'k_proj', 'v_proj'].filter((part) => has(`${before}.0.attention.${part}.bias`));
	return {
		...huggingface(has),
		modelTypes: ['dinov3_vit'],
		posEmbed: null,
		patchEmbed: layer('embeddings.patch_embeddings'),
		patchBias: layer('embeddings.patch_embeddings').bias,
		norm: layer('norm'),
		block: (i) => {
			const [attention, mlp] = [`${before}.${i}.attention`, `${before}.${i}.mlp`];
			const parts = ['q_proj', 'k_proj', 'v_proj'];
			return {
				norm1: layer(`${before}.${i}.norm1`),
				qkv: layer(...parts.map((part) => `${attention}.${part}`)),
				qkvBias: parts.map((part) => (biased.includes(part) ? `${attention}.${part}.bias` : null)),
				proj: layer(`${attention}.o_proj`),
				scale1: `${before}.${i}.layer_scale1.lambda1`,
				norm2: layer(`${before}.${i}.norm2`),
				scale2: `${before}.${i}.layer_scale2.lambda1`,
				fc1: has(`${before}.0.mlp.gate_proj.weight`)
					? layer(`${mlp}.gate_proj`, `${mlp}.up_proj`)
					: layer(`${mlp}.up_proj`),
				fc2: layer(`${mlp}.down_proj`)
			};
		}
	};
}

/**
 * transformers' image towers of CLIP and SigLIP, alone or beside a text tower, which is left unread. Newer files have no
 * `vision_model.` before the names of a tower that stands alone.
 */
function huggingfaceTower(has: Has): CheckpointNames {
	const before = has('vision_model.embeddings.patch_embedding.weight') ? 'vision_model.' : '';
	const cls = `${before}embeddings.class_embedding`;
	const patchEmbed = layer(`${before}embeddings.patch_embedding`);
	// The name is misspelt in the library itself.
	const preNorm = layer(`${before}pre_layrnorm`);
	const head = `${before}head`;
	const attention: LayerNames = {
		weight: [`${head}.attention.in_proj_weight`],
		bias: [`${head}.attention.in_proj_bias`]
	};
	const pool: PoolNames = {
		stem: head,
		probe: `${head}.probe`,
		query: { layer: attention, part: 'first' },
		keyValue: { layer: attention, part: 'others' },
		proj: layer(`${head}.attention.out_proj`),
		norm: layer(`${head}.layernorm`),
		fc1: layer(`${head}.mlp.fc1`),
		fc2: layer(`${head}.mlp.fc2`)
	};
	return {
		...huggingface(has),
		modelTypes: has(cls) ? ['clip', 'clip_vision_model'] : ['siglip', 'siglip_vision_model'],
		clsToken: cls,
		posEmbed: `${before}embeddings.position_embedding.weight`,
		batchAxes: false,
		patchEmbed,
		patchBias: patchBias(has, patchEmbed, preNorm),
		preNorm,
		block: (i) => towerBlock(`${before}encoder.layers.${i}`),
		norm: layer(`${before}post_layernorm`),
		pool: has(pool.probe) ? pool : null,
		head: layer('classifier'),
		projection: layer('visual_projection'),
		unused: /^text_model\.|^text_projection\.|^logit_(scale|bias)$|(^|\.)position_ids$/
	};
}

function towerBlock(encoder: string): BlockNames {
	const qkv = layer(...['q', 'k', 'v'].map((part) => `${encoder}.self_attn.${part}_proj`));
	return {
		norm1: layer(`${encoder}.layer_norm1`),
		qkv,
		qkvBias: qkv.bias,
		proj: layer(`${encoder}.self_attn.out_proj`),
		norm2: layer(`${encoder}.layer_norm2`),
		fc1: layer(`${encoder}.mlp.fc1`),
		fc2: layer(`${encoder}.mlp.fc2`),
		scale1: `${encoder}.layer_scale1`,
		scale2: `${encoder}.layer_scale2`
	};
}

/** Every naming that we know, told apart by the files themselves: the one whose positions, if any, and first layer are there. */
export function detectNames(has: Has): CheckpointNames | null {
	const known = [timm(has), huggingfaceViT(has), huggingfaceDino(has), huggingfaceDino3(has), huggingfaceTower(has)];
	return (
		known.find((names) => {
			const isPlaced = names.posEmbed === null ? names.patchEmbed.weight.every(has) : has(names.posEmbed);
			return isPlaced && names.block(0).norm1.weight.every(has);
		}) ?? null
	);
}
