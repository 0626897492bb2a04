import { PatchworkError } from '../base/errors';
import type { ConvConfig } from './conv/config';
import { convFamily } from './conv/family';
import type { Anatomy, BlockGroup, Capability, Family, PictureVector, TokenGrid, TransformerBlock } from './family';
import { swinFamily } from './swin/family';
import type { SwinConfig } from './swin/config';
import type { TapSpec } from './tap';
import type { ViTConfig } from './vit/config';
import { vitFamily } from './vit/family';

/** The configurations that the engine runs. */
export type ModelConfig = ViTConfig | SwinConfig | ConvConfig;

/**
 * The families, by the names that their configurations have. `readers.ts` and `networks.ts` list the same ones: apart,
 * so that a page that only asks for shapes loads neither the readers of files nor TensorFlow.js.
 */
const FAMILIES: Readonly<Record<ModelConfig['family'], Family<ModelConfig>>> = {
	vit: vitFamily,
	swin: swinFamily,
	conv: convFamily
};

/** Every intermediate of a model's run, see {@link Family.tapSpecs}. */
export function tapSpecs(config: ModelConfig): TapSpec[] {
	return FAMILIES[config.family].tapSpecs(config);
}

/** Every parameter of a model, see {@link Family.parameterSpecs}. */
export function parameterSpecs(config: ModelConfig): TapSpec[] {
	return FAMILIES[config.family].parameterSpecs(config);
}

/** What edits go by. */
export function anatomyOf(config: ModelConfig): Anatomy {
	const { imageSize, patchSize, family } = config;
	const places = FAMILIES[family].places(config);
	return { ...places, imageSize, patchSize, taps: tapSpecs(config), parameters: parameterSpecs(config) };
}

/** What gives every token a name and a place. */
export function tokenGridOf(config: ModelConfig): TokenGrid {
	return FAMILIES[config.family].grid(config);
}

/** The groups of blocks that a config describes. */
export function groupsOf(config: ModelConfig): readonly BlockGroup[] {
	return FAMILIES[config.family].groups(config);
}

/** Whether a model has all of some things, see {@link Capability}. */
export function has(config: ModelConfig, ...wanted: readonly Capability[]): boolean {
	const there = FAMILIES[config.family].capabilities(config);
	return wanted.every((capability) => there.includes(capability));
}

/** Whether a model is a CNN, whose configuration tells its kernels. */
export const hasMaps = (config: ModelConfig): config is ConvConfig => has(config, 'maps');

/** The blocks of a model that is made of such, see {@link Family.blocks}. */
export function transformerBlocks(config: ModelConfig): readonly TransformerBlock[] {
	return FAMILIES[config.family].blocks(config);
}

/** See {@link Family.sizes}. */
export function sizesOf(config: ModelConfig): readonly (string | number)[] {
	return FAMILIES[config.family].sizes(config);
}

/** What stands for a picture, see {@link Family.picture}. */
export function pictureOf(config: ModelConfig): PictureVector {
	return FAMILIES[config.family].picture(config);
}

/** @throws PatchworkError `config` for a size of input that the family has no memory for */
export function checkSize(config: ModelConfig): void {
	FAMILIES[config.family].checkSize?.(config);
}

export function isViT(config: ModelConfig): config is ViTConfig {
	return config.family === 'vit';
}

/** For what is drawn of plain ViTs only. @throws PatchworkError `request` for another family */
export function asViT(config: ModelConfig): ViTConfig {
	if (isViT(config)) return config;
	throw new PatchworkError('request', 'This is shown of models with one sequence of tokens; choose a ViT to see it.');
}
