import type { ModelConfig } from '../engine/families';
import type { ViTConfig } from '../engine/vit/config';

/** A model that is ready to run. */
export interface LoadedModel<Config extends ModelConfig = ModelConfig> {
	readonly id: string;
	readonly config: Config;
	/** One a class, each different from every other, or null when the checkpoint names none. */
	readonly labels: readonly string[] | null;
	/** Whether the labels are not the checkpoint's own but ImageNet's, because it has as many classes. */
	readonly namesAssumed?: boolean;
	/** Number of parameters. */
	readonly parameters: number;
	/** Size of the weights file, in bytes. */
	readonly bytes: number;
	/** Something that the reader should know, such as that this browser could not keep the model; or null. */
	readonly notice: string | null;
	/** When its files were put into this browser's store, if they were read from there: others of that name are of another time. */
	readonly kept?: number;
}

/** One that has a single sequence of tokens through all blocks: what the tutorial's figures are of. */
export type ViTModel = LoadedModel<ViTConfig>;
