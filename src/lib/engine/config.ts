import type { Scores } from './scores';
import type { Interpolation } from './resample';

/** What every family's configuration says. */
export interface CommonConfig {
	/** The family that it is of, by its name in the lists of families. */
	readonly family: string;
	/** Height and width of the input, in pixels. */
	readonly imageSize: readonly [height: number, width: number];
	/** Side of a square patch, in pixels. */
	readonly patchSize: number;
	/** Colour channels of the input. */
	readonly channels: number;
	readonly layerNormEps: number;
	/** How GELU is computed: exactly, or by the approximation with tanh, or by the rougher one with a sigmoid. */
	readonly gelu: 'erf' | 'tanh' | 'sigmoid';
	/** Outputs of the head; 0 for a checkpoint without one. */
	readonly classes: number;
	/** What the model's last numbers mean. */
	readonly scores: Scores;
	readonly preprocess: PreprocessConfig;
}

/** Sides of a picture, in pixels. */
type Sides = readonly [height: number, width: number];

/** One number a channel: red, green, blue. */
type ByChannel = readonly [red: number, green: number, blue: number];

/** What a photo is resized to before anything is cut off it. Whose rule is which, `preprocess.ts` says. */
export type ResizeRule =
	/** It keeps its size. */
	| { readonly rule: 'none' }
	/** Both sides go to these, whatever the photo's shape. */
	| { readonly rule: 'squash'; readonly to: Sides }
	/** The shorter side goes to `edge`, or to less where the longer one would get longer than `longest`. */
	| { readonly rule: 'shorter'; readonly edge: number; readonly longest: number | null }
	/** The photo goes to the least size of its shape that covers these sides. */
	| { readonly rule: 'cover'; readonly to: Sides }
	/** The photo goes to the largest size of its shape that lies within these sides. */
	| { readonly rule: 'within'; readonly to: Sides; readonly rounding: 'half-even' | 'truncate' };

/** How a photo becomes the model's input: resized, its centre cropped, its bytes turned into numbers. Plain data. */
export interface PreprocessConfig {
	/** Of the input. */
	readonly size: Sides;
	readonly resize: ResizeRule;
	/** Crops of the centre, one after the other; mostly one. With none, resizing has to lead to the input's size. */
	readonly crops: readonly Sides[];
	/** Where a crop starts that leaves out an odd number of pixels. */
	readonly rounding: 'floor' | 'half-even';
	/** What stands where a crop reaches beyond the photo, in bytes. */
	readonly fill: ByChannel;
	/** Whether what is smaller than the input is filled up at its right and bottom, with zeros after normalising. */
	readonly pads: boolean;
	/** The part of the resized side that is kept, in a file that says it so; then other sizes of input follow from it. */
	readonly cropPct: number | null;
	readonly interpolation: Interpolation;
	/** What a byte is multiplied by before `mean` and `std`: mostly 1 / 255. */
	readonly rescale: number;
	/** What is taken off each channel, and what it is divided by then, in units of the rescaled byte. */
	readonly mean: ByChannel;
	readonly std: ByChannel;
}

/** Rows and columns of tokens. */
export interface Grid {
	readonly rows: number;
	readonly columns: number;
}

/** Rows and columns of the patches that a picture is cut into; the last ones are filled up where they don't divide it. */
export function patchGrid(config: Pick<CommonConfig, 'imageSize' | 'patchSize'>): Grid {
	const [height, width] = config.imageSize;
	return { rows: Math.ceil(height / config.patchSize), columns: Math.ceil(width / config.patchSize) };
}

/** The shape of the input: (1, channels, height, width). */
export function inputShape({ channels, imageSize }: CommonConfig): [number, number, number, number] {
	return [1, channels, ...imageSize];
}
