import type { Json, ShapeOf } from './checkpoint/fields';
import type { TensorMaker } from './checkpoint/tensor-maker';
import type { CommonConfig } from './config';

/** What a family makes of a checkpoint's small files and the shapes of its weights. */
export interface Reading<C extends CommonConfig = CommonConfig, N = unknown> {
	readonly config: C;
	/** Where everything is in the weights file: the family's own. */
	readonly names: N;
}

/** How a family knows its checkpoints and reads them. Needs no backend. */
export interface Reader<C extends CommonConfig = CommonConfig, N = unknown> {
	/** What a sentence calls a model of the family, after `a`. */
	readonly title: string;
	/** The models of the family, by the names that readers know them by. */
	readonly kinds: readonly string[];
	/** How timm names architectures of the family. */
	readonly timm: RegExp;
	/** `model_type` of transformers' models of the family; also what its files put before the names of their encoders. */
	readonly transformers: readonly string[];
	/**
	 * What a name of timm's stands for that this family does not run and that no weight shows: to be said after `config.json
	 * names 'vit_…', which`. Null where we know of nothing.
	 */
	otherwise(architecture: string): string | null;
	/** Whether weights are under the names of this family. */
	recognises(shapeOf: ShapeOf): boolean;
	/**
	 * Reads what the checkpoint is. Called for weights that are recognised.
	 * @param json parsed `config.json` @param preprocessor parsed `preprocessor_config.json`, or null
	 * @throws PatchworkError `config` or `checkpoint`, with the reason why it cannot run
	 */
	read(json: Json, preprocessor: unknown, shapeOf: ShapeOf): Reading<C, N>;
	/** Asks for everything that the model needs of its weights, as loading does. @throws PatchworkError `checkpoint` */
	ask(reading: Reading<C, N>, tensors: TensorMaker): void;
}
