import type { PreprocessConfig } from './config';
import type { Crop } from './crop';
import { resample, type AxisPlan, type PixelSource } from './resample';
import { roundHalfEven } from './round';

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
 * The size of the whole resized photo, of which the model sees the centre. As timm's evaluation transform does it:
 * for a square input torchvision's `Resize`, which truncates the longer side to an integer; otherwise timm's
 * `ResizeKeepRatio`, which rounds both.
 */
function resizedSize(width: number, height: number, config: PreprocessConfig): { width: number; height: number } {
	const [inputHeight, inputWidth] = config.size;
	const targetHeight = Math.floor(inputHeight / config.cropPct);
	const targetWidth = Math.floor(inputWidth / config.cropPct);
	if (config.fit === 'squash') return { width: targetWidth, height: targetHeight };
	if (targetHeight !== targetWidth) {
		const ratio = Math.min(height / targetHeight, width / targetWidth);
		return { width: roundHalfEven(width / ratio), height: roundHalfEven(height / ratio) };
	}
	const short = targetHeight;
	return width <= height
		? { width: short, height: Math.trunc((short * height) / width) }
		: { width: Math.trunc((short * width) / height), height: short };
}

/** One axis of the as-trained pipeline: resize the whole side to `resized`, keep the `input` pixels at its centre. */
function centredAxis(side: number, resized: number, input: number): AxisPlan {
	return {
		from: { start: 0, length: side },
		size: resized,
		part: { start: roundHalfEven((resized - input) / 2), length: input }
	};
}

function centredAxes(width: number, height: number, config: PreprocessConfig): { columns: AxisPlan; rows: AxisPlan } {
	const resized = resizedSize(width, height, config);
	const [inputHeight, inputWidth] = config.size;
	return {
		columns: centredAxis(width, resized.width, inputWidth),
		rows: centredAxis(height, resized.height, inputHeight)
	};
}

/** One axis of a crop that the reader chose: exactly that part of the side becomes the `input` pixels. */
function chosenAxis(start: number, length: number, input: number): AxisPlan {
	return { from: { start, length }, size: input, part: { start: 0, length: input } };
}

/** The part of the source's side that the computed part of the output shows, ignoring the filter's reach. */
function shownSpan({ from, size, part }: AxisPlan): { start: number; length: number } {
	const scale = from.length / size;
	return { start: from.start + part.start * scale, length: part.length * scale };
}

function cropOf(columns: AxisPlan, rows: AxisPlan): Crop {
	const horizontal = shownSpan(columns);
	const vertical = shownSpan(rows);
	return { x: horizontal.start, y: vertical.start, width: horizontal.length, height: vertical.length };
}

/**
 * The region of an upright `width` x `height` photo that the model sees when nobody chose one, in the photo's
 * pixels: what timm and torchvision do at evaluation. It is fractional, because the crop is taken after the resize.
 */
export function centreCrop(width: number, height: number, config: PreprocessConfig): Crop {
	const { columns, rows } = centredAxes(width, height, config);
	return cropOf(columns, rows);
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
 * The 256 values that a byte of one channel can become: `(v / 255 - mean) / std`, each step rounded to single
 * precision as PyTorch rounds it.
 */
function normalisation(mean: number, std: number): Float32Array {
	const { fround } = Math;
	return Float32Array.from({ length: 256 }, (_, v) => fround(fround(v / 255) - fround(mean)) / fround(std));
}

/** RGBA bytes, row-major, as `1 c h w` floats. */
function normalise(data: Uint8ClampedArray, config: PreprocessConfig): Float32Array<ArrayBuffer> {
	const pixels = data.length / 4;
	const values = new Float32Array(3 * pixels);
	for (const channel of [0, 1, 2] as const) {
		const table = normalisation(config.mean[channel], config.std[channel]);
		for (let i = 0; i < pixels; i++) {
			values[channel * pixels + i] = table[data[4 * i + channel] as number] as number;
		}
	}
	return values;
}

/**
 * A photo as the model's input. With `crop` null the photo is resized and its centre cropped as in training; a given
 * crop (in the photo's pixels, fractional allowed, clamped to lie inside the photo) is resized directly to the input
 * size with the same filter.
 */
export function preprocess(source: PixelSource, config: PreprocessConfig, crop: Crop | null): Preprocessed {
	const [height, width] = config.size;
	const chosen = crop && clampCrop(crop, source);
	const { columns, rows } = chosen
		? { columns: chosenAxis(chosen.x, chosen.width, width), rows: chosenAxis(chosen.y, chosen.height, height) }
		: centredAxes(source.width, source.height, config);
	const data = resample(source, columns, rows, config.interpolation);
	return {
		pixelValues: normalise(data, config),
		seen: { width, height, data },
		crop: chosen ?? cropOf(columns, rows)
	};
}
