import { blur } from './blur';
import { grey, IMAGENET_NORM, invert } from './colour';
import { hideHalf, hideRight } from './hide';
import { moved, type Strip } from './move';
import { noise } from './noise';
import type { Normalisation, Pixels } from './pixels';
import { halfSize, resized } from './resize';
import { shuffleSquares } from './shuffle';
import { flipVertical, mirror, turn180, turn90 } from './turn';

/** What a change can take from. */
export interface Changeable {
	/** What the model sees of the photo. */
	readonly crop: Pixels;
	/** What lies left and right of it, in the same rows. */
	strip(): Strip;
	/** The picture as a JPEG gives it back: every environment has an encoder of its own. @param quality 1 to 100 */
	jpeg(pixels: Pixels, quality: number): Promise<Pixels>;
	/** What a random change depends on, beside the photo: a whole number. */
	readonly seed: number;
}

/** Something done to a photo before the model sees it. */
export interface Change {
	readonly name: string;
	/** What is done, as a sentence. */
	readonly words: string;
	/** @returns a picture of the crop's size, or of another, at which the model has to run then */
	apply(photo: Changeable): Pixels | Promise<Pixels>;
	/** What the pixels are normalised by in place of the model's own mean and std. */
	readonly norm?: Normalisation;
}

const onCrop =
	(act: (pixels: Pixels, seed: number) => Pixels): Change['apply'] =>
	({ crop, seed }) =>
		act(crop, seed);

/** All changes, by the names that the command line has for them. */
export const CHANGES: readonly Change[] = [
	{
		name: 'shuffle-16',
		words: 'Squares of 16 px are put into a random order.',
		apply: onCrop((pixels, seed) => shuffleSquares(pixels, 16, seed))
	},
	{
		name: 'shuffle-56',
		words: 'Squares of 56 px are put into a random order.',
		apply: onCrop((pixels, seed) => shuffleSquares(pixels, 56, seed))
	},
	{ name: 'grey', words: 'Colour is taken away.', apply: onCrop(grey) },
	{
		name: 'blur',
		words: 'A Gaussian of sigma 2 px blurs the photo.',
		apply: onCrop((pixels) => blur(pixels, 2))
	},
	{
		name: 'noise',
		words: 'Normal noise is added, of a tenth of the range.',
		apply: onCrop((pixels, seed) => noise(pixels, 0.2, seed))
	},
	{ name: 'flip-vertical', words: 'The rows are reversed.', apply: onCrop(flipVertical) },
	{ name: 'mirror', words: 'The columns are reversed.', apply: onCrop(mirror) },
	{ name: 'turn-90', words: 'The photo is turned by 90 degrees, against the clock.', apply: onCrop(turn90) },
	{ name: 'turn-180', words: 'The photo is turned by 180 degrees.', apply: onCrop(turn180) },
	...[1, 8, 16].map((by) => ({
		name: `move-${by}`,
		words: `The window over the photo is moved by ${by} px to the right.`,
		apply: ({ strip }: Changeable) => moved(strip(), by)
	})),
	{ name: 'hide-right', words: 'The right half is grey.', apply: onCrop(hideRight) },
	{
		name: 'hide-half',
		words: 'Half of the squares of 16 px, at random, are grey.',
		apply: onCrop((pixels, seed) => hideHalf(pixels, 16, seed))
	},
	{
		name: 'jpeg-10',
		words: 'The photo is stored as a JPEG of quality 10.',
		apply: ({ crop, jpeg }) => jpeg(crop, 10)
	},
	{ name: 'invert', words: 'The photo becomes its negative.', apply: onCrop(invert) },
	{
		name: 'imagenet-norm',
		words: 'The pixels are normalised by ImageNet’s mean and standard deviation.',
		apply: ({ crop }) => crop,
		norm: IMAGENET_NORM
	},
	{ name: 'half-size', words: 'The photo at half its size, in the middle of grey.', apply: onCrop(halfSize) },
	{
		name: 'small-160',
		words: 'The model runs at 160 px.',
		apply: onCrop((pixels) => resized(pixels, 160, 160))
	}
];
