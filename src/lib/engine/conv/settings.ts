import { bad, inJson, pair, positive, quoted, type Json } from '../checkpoint/fields';
import { modelArgs, pretrainedCfg } from '../checkpoint/library';
import { huggingfacePreprocess } from '../checkpoint/read-preprocess';
import { timmPreprocess } from '../checkpoint/timm-preprocess';
import { checkArgs, UNSET } from '../checkpoint/timm-args';
import type { PreprocessConfig } from '../config';
import type { Padding } from '../ops/convolution';
import type { ConvFileNames } from './names';
import { MOBILENET_ARGS, RESNET_ARGS } from './timm-args';

/** What no weight shows of a CNN, and its small files tell. */
export interface ConvSettings {
	readonly imageSize: readonly [number, number];
	readonly preprocess: PreprocessConfig;
	/** What each batch norm adds to its variance. */
	readonly eps: number;
	readonly padding: Padding;
	/** Of a ResNet: whether the map is halved before the first stage's first block, too. */
	readonly halvesFirst: boolean;
	/** Of a ResNet's bottleneck: whether its first layer has the stride, and not its second. */
	readonly halvesAtOnce: boolean;
}

/** PyTorch's default for a batch norm. */
const EPS = 1e-5;

const PLAIN = { eps: EPS, padding: 'symmetric', halvesFirst: false, halvesAtOnce: false } as const;

/** How timm names the architectures of each kind, perhaps with a tag behind. */
export const TIMM_RESNET = /^(?:tv_resnet\d+|resnet\d+[a-z]?|wide_resnet\d+_\d|test_resnet)(?:\.\w+)?$/;
export const TIMM_MOBILENET = /^mobilenetv2_\d{3}d?(?:\.\w+)?$/;

/** @throws PatchworkError `config` naming a key that can't be followed */
export function settingsOf(json: Json, preprocessor: unknown, of: ConvFileNames['of']): ConvSettings {
	switch (of) {
		case 'timm resnet':
			checkArgs(modelArgs(json), RESNET_ARGS);
			return { ...PLAIN, ...timmInput(json, TIMM_RESNET, "'resnet…'") };
		case 'timm mobilenet':
			return timmMobileNet(json);
		case 'transformers resnet':
			return transformersResNet(json, preprocessor);
		case 'transformers mobilenet':
			return transformersMobileNet(json, preprocessor);
	}
}

function timmInput(json: Json, named: RegExp, kind: string): Pick<ConvSettings, 'imageSize' | 'preprocess'> {
	const { architecture } = json;
	if (typeof architecture !== 'string' || !named.test(architecture)) {
		throw bad(
			`is for the architecture ${quoted(architecture)}, and its weights go by the names that timm’s ${kind} has`
		);
	}
	const pretrained = pretrainedCfg(json);
	const input = pretrained.input_size ?? [3, 224, 224];
	if (!Array.isArray(input) || input.length !== 3) throw bad('has an input_size that is not [channels, height, width]');
	const imageSize = pair(input.slice(1), 'input_size');
	return { imageSize, preprocess: timmPreprocess(pretrained, imageSize) };
}

function timmMobileNet(json: Json): ConvSettings {
	const args = modelArgs(json);
	checkArgs(args, MOBILENET_ARGS);
	const { pad_type: padType = null, bn_eps: eps } = args;
	if (!UNSET.includes(padType as null) && padType !== 'same') {
		throw bad(`has 'pad_type' = ${inJson(padType)} in model_args, and we run '' and 'same'`);
	}
	return {
		...PLAIN,
		...timmInput(json, TIMM_MOBILENET, "'mobilenetv2_…'"),
		eps: positive(eps ?? EPS, 'bn_eps'),
		padding: padType === 'same' ? 'one-sided' : 'symmetric'
	};
}

/** @param says the `model_type` that the weights are of */
function transformersInput(json: Json, preprocessor: unknown, says: string, size: unknown) {
	if (json.model_type !== says) {
		throw bad(`is for the architecture ${quoted(json.model_type)}, and its weights are those of a '${says}'`);
	}
	const preprocess = huggingfacePreprocess(preprocessor, pair(size, 'image_size'), says);
	return { imageSize: preprocess.size, preprocess };
}

/** A key that we run with one value alone, which it has where it is left out. */
function onlyWith(json: Json, key: string, value: unknown): void {
	const said = json[key] ?? value;
	if (said !== value) throw bad(`has ${quoted(key)} = ${inJson(said)}, and we run ${inJson(value)}`);
}

function flag(json: Json, key: string, otherwise: boolean): boolean {
	const said = json[key] ?? otherwise;
	if (typeof said === 'boolean') return said;
	throw bad(`has ${quoted(key)} = ${inJson(said)}, which is neither true nor false`);
}

/** transformers' `ResNetConfig` (5.18). */
function transformersResNet(json: Json, preprocessor: unknown): ConvSettings {
	onlyWith(json, 'hidden_act', 'relu');
	return {
		...PLAIN,
		...transformersInput(json, preprocessor, 'resnet', 224),
		halvesFirst: flag(json, 'downsample_in_first_stage', false),
		halvesAtOnce: flag(json, 'downsample_in_bottleneck', false)
	};
}

/** transformers' `MobileNetV2Config` (5.18). */
function transformersMobileNet(json: Json, preprocessor: unknown): ConvSettings {
	onlyWith(json, 'hidden_act', 'relu6');
	// A smaller one would spread the kernels of the last stages instead of halving their maps.
	onlyWith(json, 'output_stride', 32);
	return {
		...PLAIN,
		...transformersInput(json, preprocessor, 'mobilenet_v2', json.image_size ?? 224),
		eps: positive(json.layer_norm_eps ?? 0.001, 'layer_norm_eps'),
		padding: flag(json, 'tf_padding', true) ? 'one-sided' : 'symmetric'
	};
}
