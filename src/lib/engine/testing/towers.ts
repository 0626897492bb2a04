import type { TensorToWrite } from '../checkpoint/safetensors';
import type { CheckpointFiles } from '../model';
import { fileOf, random, SIZES, type Sizes } from './checkpoint';
import { VARIANTS, variantTensors, type Variant } from './variants';

/*
 * Made-up models of the variants once more, as transformers would have them: under its names, with query, key and value
 * apart, without the head, and with what lies beside an image tower in files of the hub.
 */

type Renames = readonly (readonly [RegExp, string])[];

/** transformers' names for CLIP's and SigLIP's image towers. */
const TOWER: Renames = [
	[/^cls_token$/, 'embeddings.class_embedding'],
	[/^pos_embed$/, 'embeddings.position_embedding.weight'],
	[/^patch_embed\.proj/, 'embeddings.patch_embedding'],
	[/^norm_pre/, 'pre_layrnorm'],
	[/^norm\./, 'post_layernorm.'],
	[/^blocks\.(\d)\.norm(\d)/, 'encoder.layers.$1.layer_norm$2'],
	[/^blocks\.(\d)\.attn\.proj/, 'encoder.layers.$1.self_attn.out_proj'],
	[/^blocks\.(\d)\.attn\.(\w)_proj/, 'encoder.layers.$1.self_attn.$2_proj'],
	[/^blocks\.(\d)\.mlp/, 'encoder.layers.$1.mlp'],
	[/^attn_pool\.latent$/, 'head.probe'],
	[/^attn_pool\.in_proj\.(\w+)$/, 'head.attention.in_proj_$1'],
	[/^attn_pool\.proj/, 'head.attention.out_proj'],
	[/^attn_pool\.norm/, 'head.layernorm'],
	[/^attn_pool\.mlp/, 'head.mlp']
];

/** transformers' names for DINOv3. */
const DINO3: Renames = [
	[/^cls_token$/, 'embeddings.cls_token'],
	[/^reg_token$/, 'embeddings.register_tokens'],
	[/^patch_embed\.proj/, 'embeddings.patch_embeddings'],
	[/^blocks\.(\d)\.norm(\d)/, 'layer.$1.norm$2'],
	[/^blocks\.(\d)\.attn\.proj/, 'layer.$1.attention.o_proj'],
	[/^blocks\.(\d)\.attn\.(\w)_proj/, 'layer.$1.attention.$2_proj'],
	[/^blocks\.(\d)\.attn\.(\w)_bias$/, 'layer.$1.attention.$2_proj.bias'],
	[/^blocks\.(\d)\.gamma_(\d)$/, 'layer.$1.layer_scale$2.lambda1'],
	[/^blocks\.(\d)\.mlp\.fc1_g/, 'layer.$1.mlp.gate_proj'],
	[/^blocks\.(\d)\.mlp\.fc1(_x)?/, 'layer.$1.mlp.up_proj'],
	[/^blocks\.(\d)\.mlp\.fc2/, 'layer.$1.mlp.down_proj']
];

const renamed = (tensor: TensorToWrite, renames: Renames, prefix: string): TensorToWrite => ({
	...tensor,
	name: prefix + renames.reduce((name, [from, to]) => name.replace(from, to), tensor.name)
});

/** Query, key and value apart. */
function apart(tensor: TensorToWrite): TensorToWrite[] {
	const { name, shape, data } = tensor;
	if (!name.includes('.attn.qkv.')) return [tensor];
	const [outputs = 0, ...rest] = shape;
	return ['q', 'k', 'v'].map((part, i) => ({
		name: name.replace('qkv', `${part}_proj`),
		shape: [outputs / 3, ...rest],
		data: data.slice((i * data.length) / 3, ((i + 1) * data.length) / 3)
	}));
}

/** The pooling's query, keys and values in one, as torch's MultiheadAttention has them; the others as they are. */
function pooledInOne(tensors: readonly TensorToWrite[]): TensorToWrite[] {
	const own = /^attn_pool\.(q|kv)\.(\w+)$/;
	const others = tensors.filter(({ name }) => !own.test(name));
	if (others.length === tensors.length) return others;
	const joined = ['weight', 'bias'].map((kind): TensorToWrite => {
		const parts = ['q', 'kv'].map((part) => named(tensors, `attn_pool.${part}.${kind}`));
		const outputs = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
		const data = Float32Array.from(parts.flatMap((part) => [...part.data]));
		return { name: `attn_pool.in_proj.${kind}`, shape: [outputs, ...(parts[0]?.shape ?? []).slice(1)], data };
	});
	return [...others, ...joined];
}

function named(tensors: readonly TensorToWrite[], name: string): TensorToWrite {
	const found = tensors.find((tensor) => tensor.name === name);
	if (found) return found;
	throw new Error(`There is no ${name}.`);
}

/** CLIP's class embedding and the towers' positions have no batch axes. */
function withoutBatch(tensor: TensorToWrite): TensorToWrite {
	const { name, shape } = tensor;
	if (name === 'cls_token') return { ...tensor, shape: shape.slice(-1) };
	return name === 'pos_embed' ? { ...tensor, shape: shape.slice(-2) } : tensor;
}

const bodyOf = (variant: Variant) => variantTensors(variant).filter(({ name }) => !name.startsWith('head.'));

function variantWith(part: string): Variant {
	const found = VARIANTS.find(({ name }) => name.includes(part));
	if (found) return found;
	throw new Error(`No variant has '${part}' in its name.`);
}

/** Of CLIP without a bias of its patches, of SigLIP, and both of DINOv3. */
export const CLIP_VARIANT = variantWith('no bias for the patches');
export const QUICK_VARIANT = variantWith('quick GELU');
export const SIGLIP_VARIANT = variantWith('weighted by a learned query');
export const DINO3_VARIANTS = VARIANTS.filter(({ name }) => name.includes('rotary'));

const sizesIn = ({ image, patch, heads, depth, dim, mlp }: Sizes) => ({
	image_size: image,
	patch_size: patch,
	num_attention_heads: heads,
	num_hidden_layers: depth,
	hidden_size: dim,
	intermediate_size: mlp
});

/** An image tower by itself. @param prefix `vision_model.`, or nothing in newer files */
export function towerCheckpoint(variant: Variant, prefix = '', own: Record<string, unknown> = {}): CheckpointFiles {
	const tensors = pooledInOne(bodyOf(variant)).map(withoutBatch).flatMap(apart);
	const isSiglip = variant === SIGLIP_VARIANT;
	const config = {
		model_type: isSiglip ? 'siglip_vision_model' : 'clip_vision_model',
		hidden_act: variant === QUICK_VARIANT ? 'quick_gelu' : 'gelu',
		...sizesIn(SIZES),
		...own
	};
	return { config, preprocessor: null, weights: fileOf(tensors.map((tensor) => renamed(tensor, TOWER, prefix))) };
}

/** How many numbers a picture and a caption have in common in {@link clipModel}. */
export const SHARED_SPACE = 9;

/** A whole CLIPModel, as most repositories of CLIP hold it: both towers, both projections, and what the loss was scaled by. */
export function clipModel(variant: Variant = QUICK_VARIANT): CheckpointFiles {
	const next = random(29);
	const tensor = (name: string, ...shape: number[]): TensorToWrite => ({
		name,
		shape,
		data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, next)
	});
	const tower = bodyOf(variant).map(withoutBatch).flatMap(apart);
	const tensors = [
		...tower.map((one) => renamed(one, TOWER, 'vision_model.')),
		tensor('visual_projection.weight', SHARED_SPACE, SIZES.dim),
		tensor('text_model.embeddings.token_embedding.weight', 40, 8),
		tensor('text_model.encoder.layers.0.self_attn.q_proj.weight', 8, 8),
		tensor('text_projection.weight', SHARED_SPACE, 8),
		tensor('logit_scale')
	];
	const { config } = towerCheckpoint(variant);
	return {
		config: {
			model_type: 'clip',
			projection_dim: SHARED_SPACE,
			text_config: { model_type: 'clip_text_model', hidden_size: 8 },
			vision_config: config
		},
		preprocessor: null,
		weights: fileOf(tensors)
	};
}

/** DINOv3 as transformers has it. @param variant one of {@link DINO3_VARIANTS} */
export function dino3Checkpoint(variant: Variant): CheckpointFiles {
	const { sizes = SIZES } = variant;
	const tensors = bodyOf(variant).flatMap(apart);
	const has = (part: RegExp) => tensors.some(({ name }) => part.test(name));
	const gated = has(/fc1_g/);
	const config = {
		model_type: 'dinov3_vit',
		...sizesIn(sizes),
		hidden_act: gated ? 'silu' : 'gelu',
		use_gated_mlp: gated,
		query_bias: has(/q_bias/),
		key_bias: false,
		value_bias: has(/v_bias/),
		num_register_tokens: 2,
		rope_theta: 100
	};
	return { config, preprocessor: null, weights: fileOf(tensors.map((one) => renamed(one, DINO3, ''))) };
}
