import { isRecord } from '../../json';
import { biases, counted, hidden, hiddenWidth, mustAgree, patches, sideOf, width } from './agree';
import { quoted, type Json } from './fields';
import { timmSize } from './settings';
import type { WeightSizes } from './sizes';

type Sizes = Omit<WeightSizes, 'headInputs'>;

/**
 * Whether transformers' `config.json` is of the same model as a ViT's weights, as far as both tell a size. Its list of
 * class names is left alone: it may be longer or shorter than the head, and is not used then.
 * @param modelType the architecture that the weights are of, if their names tell
 * @throws PatchworkError `config` naming one thing in which they differ
 */
export function checkHuggingface(json: Json, sizes: Sizes, modelType: string | null): void {
	mustAgree(json.model_type, modelType ?? json.model_type, (type) => `the architecture ${quoted(type)}`);
	mustAgree(json.num_hidden_layers, sizes.depth, counted('block'));
	mustAgree(json.hidden_size, sizes.dim, width);
	mustAgree(sideOf(json.patch_size), sizes.patchSize, patches);
	mustAgree(json.num_channels, sizes.channels, counted('colour channel'));
	mustAgree(json.qkv_bias, sizes.qkvBias, biases);
	const isDino = String(json.model_type).startsWith('dinov2');
	mustAgree(isDino ? dinoHidden(json, sizes) : json.intermediate_size, sizes.mlpDim, hidden);
	if (sizes.registers > 0) mustAgree(json.num_register_tokens, sizes.registers, counted('register'));
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
	const args = isRecord(json.model_args) ? json.model_args : {};
	mustAgree(args.depth, sizes.depth, counted('block'));
	// A name that the heads are not read from may stand for a model of other sizes.
	const named = args.num_heads === undefined ? timmSize(String(json.architecture)) : undefined;
	mustAgree(args.embed_dim ?? json.num_features ?? named?.dim, sizes.dim, width);
	mustAgree(sideOf(args.patch_size), sizes.patchSize, patches);
	mustAgree(args.in_chans, sizes.channels, counted('colour channel'));
	mustAgree(args.qkv_bias, sizes.qkvBias, biases);
	// How wide a gated MLP is depends on which kind of gate it has.
	if (sizes.mlp === 'gelu') mustAgree(hiddenWidth(sizes.dim, args.mlp_ratio), sizes.mlpDim, hidden);
	if (sizes.registers > 0) mustAgree(args.reg_tokens, sizes.registers, counted('register'));
}
