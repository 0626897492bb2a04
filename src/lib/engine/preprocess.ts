import { PatchworkError } from '../base/errors';
import type { PreprocessConfig } from './config';
import type { Crop } from './crop';
import { cropOf, cutsOf, seenPlan, type Cuts } from './cuts';
import type { PixelSource } from './pixel-source';
import { resample, type AxisPlan } from './resample';

/** What the model gets, and what it looked like before it became numbers. */
export interface Preprocessed {
	/** Normalised input, shape `1 c h w` with the channels red, green, blue. */
	readonly pixelValues: Float32Array<ArrayBuffer>;
	/** The same pixels before normalisation: `width * height * 4` bytes, RGBA, opaque. */
	readonly seen: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };
	/** The region of the upright photo that the input shows, in the photo's pixels. */
	readonly crop: Crop;
}

/**
 * The region of an upright `width` x `height` photo that the model sees when nobody chose one, in the photo's
 * pixels: what the model's own library does at evaluation. It is fractional, because the crop is taken after the resize,
 * and reaches beyond the photo where the crop is larger than what is left of it.
 */
export function centreCrop(width: number, height: number, config: PreprocessConfig): Crop {
	return cropOf(cutsOf({ width, height }, config));
}

/** The whole of what a reader chose becomes the whole input. */
function chosenPlan(start: number, length: number, input: number): AxisPlan {
	return { from: { start, length }, size: input, part: { start: 0, length: input } };
}

/** `crop` moved, and where it must be shrunk, to lie inside the photo and be at least a pixel wide and high. */
function clampCrop(crop: Crop, photo: { width: number; height: number }): Crop {
	const side = (start: number, length: number, limit: number): [number, number] => {
		const kept = Math.min(limit, Math.max(1, length));
		return [Math.min(limit - kept, Math.max(0, start)), kept];
	};
	const [x, width] = side(crop.x, crop.width, photo.width);
	const [y, height] = side(crop.y, crop.height, photo.height);
	return { x, y, width, height };
}

/**
 * The 256 values that a byte of one channel can become: `(v * rescale - mean) / std`, each step rounded to single
 * precision, as PyTorch and numpy round them. The product is of double precision, as transformers has it; with 1 / 255 it
 * rounds to what PyTorch gets by dividing.
 */
function normalisation(rescale: number, mean: number, std: number): Float32Array {
	const { fround } = Math;
	return Float32Array.from({ length: 256 }, (_, v) => fround(fround(v * rescale) - fround(mean)) / fround(std));
}

/** RGBA bytes, row-major, as `1 c h w` floats. */
function normalise(data: Uint8ClampedArray, config: PreprocessConfig): Float32Array<ArrayBuffer> {
	const pixels = data.length / 4;
	const values = new Float32Array(3 * pixels);
	for (const channel of [0, 1, 2] as const) {
		const table = normalisation(config.rescale, config.mean[channel], config.std[channel]);
		for (let i = 0; i < pixels; i++) {
			values[channel * pixels + i] = table[data[4 * i + channel] as number] as number;
		}
	}
	return values;
}

/** The input as bytes: what is seen of the photo, and the fill around it. */
function fed(source: PixelSource, { columns, rows }: Cuts, config: PreprocessConfig): Uint8ClampedArray<ArrayBuffer> {
	const [height, width] = config.size;
	const [plan, down] = [seenPlan(columns), seenPlan(rows)];
	const isAll = plan.part.length === width && down.part.length === height;
	if (isAll) return resample(source, plan, down, config.interpolation);
	const data = new Uint8ClampedArray(width * height * 4);
	for (let i = 0; i < data.length; i += 4) data.set([...config.fill, 255], i);
	if (plan.part.length === 0 || down.part.length === 0) return data;
	const part = resample(source, plan, down, config.interpolation);
	const line = plan.part.length * 4;
	for (let row = 0; row < down.part.length; row++) {
		const to = (row + down.part.start - rows.start) * width + plan.part.start - columns.start;
		data.set(part.subarray(row * line, (row + 1) * line), 4 * to);
	}
	return data;
}

/**
 * Fills up what lies right of and below the crops, with zeros after normalising; the pixel shown there is the one nearest to
 * a zero.
 */
function pad({ columns, rows }: Cuts, config: PreprocessConfig, data: Uint8ClampedArray, values: Float32Array): void {
	const [height, width] = config.size;
	const last = config.crops.at(-1) ?? [rows.resized, columns.resized];
	const zero = config.mean.map((mean) => Math.round(mean / config.rescale));
	for (let i = 0; i < width * height; i++) {
		if (i % width < last[1] && i < last[0] * width) continue;
		for (let channel = 0; channel < 3; channel++) {
			values[channel * width * height + i] = 0;
			data[4 * i + channel] = zero[channel] ?? 0;
		}
	}
}

/** @throws PatchworkError `photo` where resizing and cropping don't lead to an input of the model's size */
function needFit({ columns, rows }: Cuts, { size, crops, pads }: PreprocessConfig): void {
	const last = crops.at(-1) ?? [rows.resized, columns.resized];
	const fits = pads ? last[0] <= size[0] && last[1] <= size[1] : last[0] === size[0] && last[1] === size[1];
	if (fits) return;
	throw new PatchworkError(
		'photo',
		`By this model’s files no photo is cropped, so it takes those that become ${size.join(' x ')} pixels (height x width), and this one becomes ${last.join(' x ')}. Choose a photo of another shape, or crop it first.`
	);
}

/**
 * A photo as the model's input. With `crop` null the photo is resized and its centre cropped as in training; a given
 * crop (in the photo's pixels, fractional allowed, clamped to lie inside the photo) is resized directly to the input
 * size with the same filter.
 * @throws PatchworkError `photo` for one whose shape the model's files leave as it is and the model does not take
 */
export function preprocess(source: PixelSource, config: PreprocessConfig, crop: Crop | null): Preprocessed {
	const [height, width] = config.size;
	if (crop) {
		const chosen = clampCrop(crop, source);
		const [columns, rows] = [chosenPlan(chosen.x, chosen.width, width), chosenPlan(chosen.y, chosen.height, height)];
		const data = resample(source, columns, rows, config.interpolation);
		return { pixelValues: normalise(data, config), seen: { width, height, data }, crop: chosen };
	}
	const cuts = cutsOf(source, config);
	needFit(cuts, config);
	const data = fed(source, cuts, config);
	const pixelValues = normalise(data, config);
	if (config.pads) pad(cuts, config, data, pixelValues);
	return { pixelValues, seen: { width, height, data }, crop: cropOf(cuts) };
}
