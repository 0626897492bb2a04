import { PatchworkError } from '../../base/errors';
import { bad, quoted, type Json } from './fields';
import { kindsThatRun, readerNamed, READERS } from '../readers';
import { architectureIn, libraryOf } from './library';
import type { TensorTable } from './table';

/**
 * What the names of some tensors show that no family here runs, to be said after `The weights are those of`. The first
 * that fits is told, so the telling ones come first.
 */
const SIGNS: readonly (readonly [RegExp, string])[] = [
	[/^patch_embed\.backbone\./, 'a hybrid, which cuts the maps of a convolutional network into patches'],
	[/\.logit_scale$|\.cpb_mlp\.|continuous_position_bias/, 'a Swin Transformer of version 2'],
	[/(^|\.)(rope|rotary)|\.freqs$/, 'a model with rotary positions that are not DINOv3’s'],
	[
		/^rel_pos|\.rel_pos|^encoder\.(layer\.\d+\..*)?relative_position|^blocks\.\d+\..*relative_position/,
		'a model with relative positions in its attention'
	],
	[/\.lambda_q1$/, 'a model with differential attention'],
	[
		/\.(in_proj|attn_out_proj)\.|\.attns\.\d+\./,
		'a model whose blocks compute attention and feed-forward part side by side'
	],
	[/\.(q_norm|k_norm)\./, 'a model that norms its queries and keys'],
	[/^blocks\.\d+\.(attn|mlp)\.norm\./, 'a model with layer norms inside attention or the feed-forward part']
];

/** Weights of other convolutional networks than those that run here. */
const CONVOLUTIONAL = /^(conv1|conv_stem|stem\.conv\d?|stem\.0|embedder\.embedder\.convolution)\./;

/** The same of blocks under timm's names, beside which nothing of a kind is there. */
const LACKS: readonly (readonly [lacking: RegExp, what: string])[] = [
	[/norm\d?\.bias$/, 'a model with RMS norms in place of layer norms']
];

/** What the weights are of, if it is a kind that we know and don't run; null otherwise. */
function unlike(tensors: TensorTable): string | null {
	const names = [...tensors.keys()];
	const shown = SIGNS.find(([pattern]) => names.some((name) => pattern.test(name)));
	const isTimm = tensors.has('blocks.0.norm1.weight');
	const lacking = LACKS.find(([pattern]) => isTimm && !names.some((name) => pattern.test(name)));
	return shown?.[1] ?? lacking?.[1] ?? textTower(names);
}

/** A text tower, where no image tower stands beside it: one beside it is left unread. */
function textTower(names: readonly string[]): string | null {
	const [isText, isVision] = [/^text_model\./, /^vision_model\./].map((pattern) =>
		names.some((name) => pattern.test(name))
	);
	return isText && !isVision ? 'a text tower without an image tower' : null;
}

/**
 * Refuses what we know and don't run: by what timm's name for it stands for, and by what the weights show.
 * @throws PatchworkError `config` or `checkpoint`
 */
export function refuseUnlike(config: Json, tensors: TensorTable): void {
	const called = architectureIn(config);
	if (called && !readerNamed(config))
		throw bad(`is for the architecture ${quoted(called)}, and we run ${kindsThatRun()}`);
	const named = libraryOf(config) === 'timm' ? otherwise(String(config.architecture)) : null;
	if (named) throw bad(`names ${quoted(config.architecture)}, which ${named}, and we don’t run that`);
	const what = unlike(tensors);
	if (!what) return;
	throw new PatchworkError(
		'checkpoint',
		`The weights are those of ${what}, and that does not run here. Choose another model.`
	);
}

/** What a name of timm's stands for that no family runs; null where we know of nothing. */
function otherwise(architecture: string): string | null {
	return READERS.map((reader) => reader.otherwise(architecture)).find((what) => what !== null) ?? null;
}

/** Weights that no family reads. */
export function unknownWeights(tensors: TensorTable): PatchworkError {
	const isConvolutional = [...tensors.keys()].some((name) => CONVOLUTIONAL.test(name));
	return new PatchworkError(
		'checkpoint',
		isConvolutional
			? 'The weights are those of a convolutional network that is neither a ResNet nor a MobileNetV2, and that does not run here. Choose another model.'
			: 'The weights are not those of a Vision Transformer in timm or Hugging Face naming. Choose another model.'
	);
}
