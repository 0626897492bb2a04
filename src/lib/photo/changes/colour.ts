import type { Normalisation, Pixels } from './pixels';

/** What each channel gives to the luma, after ITU-R BT.601. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** Without colour: the luma in all three channels. */
export function grey({ data, width, height }: Pixels): Pixels {
	const size = width * height;
	const luma = (i: number) => LUMA.reduce((sum, share, channel) => sum + share * (data[channel * size + i] ?? NaN), 0);
	return { data: Float32Array.from(data, (_, i) => luma(i % size)), width, height };
}

/** The negative: light becomes dark, and every colour its opposite. */
export const invert = (pixels: Pixels): Pixels => ({ ...pixels, data: pixels.data.map((x) => -x) });

/** Mean and standard deviation of ImageNet's pixels, as torchvision has them. */
export const IMAGENET_NORM: Normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
