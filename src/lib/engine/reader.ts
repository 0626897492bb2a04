import type { Json, ShapeOf } from './checkpoint/fields';
import type { LayerNames } from './checkpoint/layer-names';
import type { TensorMaker } from './checkpoint/tensor-maker';
import type { CommonConfig } from './config';

/** What a family makes of a checkpoint's small files and the shapes of its weights. */
export interface Reading<C extends CommonConfig = CommonConfig, N = unknown> {
	readonly config: C;
	/** Where everything is in the weights file: the family's own. */
	readonly names: N;
}

/** Where a checkpoint has its classifier, or would have one: for a new one to take its place. */
export interface HeadPlace {
	readonly layer: LayerNames;
	/** How many numbers it reads: the picture's vector, and what its library has it read beside that, to be weighed by zeros. */
	readonly inputs: number;
	/** A second classifier, of another token, whose logits are averaged with those of the first. */
	readonly second: LayerNames | null;
	/** Whether the layer that is there makes the picture's vector, so that a new one has to do its work as well. */
	readonly through: boolean;
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
	/**
	 * Where a classifier of the picture's vector (`Family.picture`) has its place in these files.
	 * @throws PatchworkError `request` where the library that wrote them has none that reads that vector
	 */
	headPlace(reading: Reading<C, N>, json: Json): HeadPlace;
	/** Asks for everything that the model needs of its weights, as loading does. @throws PatchworkError `checkpoint` */
	ask(reading: Reading<C, N>, tensors: TensorMaker): void;
}
