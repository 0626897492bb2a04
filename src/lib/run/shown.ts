import type { Halved } from '../analysis/halved';
import type { ModelConfig } from '../engine/families';
import type { Edit } from '../engine/edits/edit';
import type { Photo } from '../photo/photo';
import type { Grid } from '../marks/tokens';
import type { RunResult } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';

/**
 * What the model is asked: a photo, the region of it that the reader chose (null: the centre, as trained), and what it is
 * to do otherwise than it does.
 */
export interface Question {
	readonly photo: Photo;
	readonly crop: Crop | null;
	readonly edits: readonly Edit[];
}

/** Attention weights in [0, 1]. In which order they lie, and between which tokens, is the family's. */
export interface Pattern {
	readonly data: Float32Array;
	readonly heads: number;
	/** The same, where the page holds it in half the room; `data` is empty then. */
	readonly halved?: Halved;
	/** The tokens whose lines alone are there, where the page has no room for all of them; else all is there. */
	readonly only?: readonly number[];
}

/** What the page draws of a block: the attention of its heads, and their mean, which is an attention of one head. */
export interface Layer<P extends Pattern = Pattern> {
	readonly heads: P;
	readonly mean: P;
}

/**
 * One finished run with all that the page draws from it. It is replaced as a whole, never in parts. Where its edits took
 * tokens out or passed blocks by, what is drawn has its place all the same, with nothing but zeros in it.
 */
export interface Shown<C extends ModelConfig = ModelConfig, P extends Pattern = Pattern> extends Question {
	/** The model that ran. */
	readonly model: LoadedModel<C>;
	readonly result: RunResult;
	/** The part of the photo that the model saw, for the eye: sharper than the model's input, and light. */
	readonly picture: Picture;
	/** Rows and columns of patches, and what the tokens before them are called. */
	readonly grid: Grid;
	/**
	 * One a block, through the whole model; none of a model without attention. Of a run that is too large to be held here
	 * (`views/taps-shown.ts`), nothing is in them, and the view reads what is looked at.
	 */
	readonly layers: readonly Layer<P>[];
	/**
	 * Euclidean norm of each patch's embedding (with its position), row-major: rows * columns values; of a CNN, that of each
	 * place of its last map.
	 */
	readonly embeddingNorms: Float32Array;
}

/** Whether the page does not hold the attention of all blocks, and the view reads what is looked at. */
export const isUnread = ({ layers }: Pick<Shown, 'layers'>): boolean =>
	layers.some(({ heads }) => heads.only !== undefined);

export type Picture = HTMLCanvasElement | ImageBitmap;

/** Makes a light picture of a part of a photo; what lies beyond the photo gets a colour. */
export type Cut = (photo: Photo, crop: Crop, beyond?: string) => Promise<Picture>;
