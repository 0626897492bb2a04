import {
	biases,
	counted,
	hidden,
	hiddenWidth,
	mustAgree,
	patches,
	sideOf,
	width,
	type Words
} from '../checkpoint/agree';
import { quoted, type Json } from '../checkpoint/fields';
import { modelArgs } from '../checkpoint/library';
import type { CheckpointNames } from './names';
import { isTimmClip, timmSize } from './timm-names';
import type { WeightSizes } from './sizes';

type Sizes = Omit<WeightSizes, 'headInputs'>;

/**
 * Whether transformers' `config.json` is of the same model as a ViT's weights, as far as both tell a size. Its list of
 * class names is left alone: it may be longer or shorter than the head, and is not used then.
 * @param json of a pair of towers, what it says of the image's
 * @throws PatchworkError `config` naming one thing in which they differ
 */
export function checkHuggingface(json: Json, sizes: Sizes, { modelTypes, block }: CheckpointNames): void {
	const isOne = modelTypes.length === 0 || modelTypes.includes(String(json.model_type));
	mustAgree(json.model_type, isOne ? json.model_type : modelTypes[0], (type) => `the architecture ${quoted(type)}`);
	mustAgree(json.num_hidden_layers, sizes.depth, counted('block'));
	mustAgree(json.hidden_size, sizes.dim, width);
	mustAgree(sideOf(json.patch_size), sizes.patchSize, patches);
	mustAgree(json.num_channels, sizes.channels, counted('colour channel'));
	mustAgree(json.qkv_bias, sizes.qkvBias, biases);
	const isDino = String(json.model_type).startsWith('dinov2');
	mustAgree(isDino ? dinoHidden(json, sizes) : json.intermediate_size, sizes.mlpDim, hidden);
	if (sizes.registers > 0) mustAgree(json.num_register_tokens, sizes.registers, counted('register'));
	if (json.model_type === 'dinov3_vit') checkDino3(json, sizes, block(0).qkvBias);
}

/** @param biases those of query, key and value that the weights have */
function checkDino3(json: Json, { mlp }: Sizes, biases: readonly (string | null)[]): void {
	mustAgree(json.use_gated_mlp, mlp === 'swiglu', (is) => `${is === false ? 'a plain' : 'a gated'} feed-forward part`);
	for (const [i, part] of (['query', 'key', 'value'] as const).entries()) {
		const has = (biases[i] ?? null) !== null;
		mustAgree(json[`${part}_bias`], has, (is) => `${is === false ? 'no biases' : 'biases'} for each ${part}`);
	}
}

/** DINOv2 gives a ratio; with a gate, two thirds of it, rounded up to a multiple of eight. */
function dinoHidden(json: Json, { dim, mlp }: Sizes): number | undefined {
	const plain = hiddenWidth(dim, json.mlp_ratio);
	if (plain === undefined || mlp === 'gelu') return plain;
	return Math.floor((Math.floor((plain * 2) / 3) + 7) / 8) * 8;
}

/**
 * The same for timm's, which tells sizes by the architecture's name where it tells none in numbers. A head that was
 * trained anew may have another number of classes than the file says.
 * @throws PatchworkError `config` naming one thing in which they differ
 */
export function checkTimm(json: Json, sizes: Sizes): void {
	const args = modelArgs(json);
	mustAgree(args.depth, sizes.depth, counted('block'));
	mustAgree(args.embed_dim ?? json.num_features, sizes.dim, width);
	// A name that the heads are read from may stand for a model of another width, whose heads would not be this one's.
	if (args.num_heads === undefined && args.embed_dim === undefined)
		mustAgree(timmSize(String(json.architecture))?.dim, sizes.dim, width, (dim) => {
			return `the architecture ${quoted(json.architecture)}, which stands for ${width(dim)}`;
		});
	mustAgree(sideOf(args.patch_size), sizes.patchSize, patches);
	mustAgree(args.in_chans, sizes.channels, counted('colour channel'));
	mustAgree(args.qkv_bias, sizes.qkvBias, biases);
	mustAgree(args.class_token, sizes.cls, clsToken);
	mustAgree(args.pre_norm, sizes.preNorm, preNorm);
	if (isTimmClip(String(json.architecture)))
		mustAgree(
			true,
			sizes.preNorm,
			preNorm,
			() => `the architecture ${quoted(json.architecture)}, which has ${preNorm(true)}`
		);
	mustAgree(
		args.swiglu_mlp,
		sizes.mlp === 'swiglu',
		(is) => `${is === false ? 'a plain' : 'a gated'} feed-forward part`
	);
	// How wide a gated MLP is depends on which kind of gate it has.
	if (sizes.mlp === 'gelu') mustAgree(hiddenWidth(sizes.dim, args.mlp_ratio), sizes.mlpDim, hidden);
	if (sizes.registers > 0) mustAgree(args.reg_tokens ?? args.num_reg_tokens, sizes.registers, counted('register'));
}

const preNorm: Words = (has) => `${has === false ? 'no' : 'a'} layer norm before its first block`;

const clsToken: Words = (has) => (has === false ? 'no CLS token' : 'a CLS token');
