import type { PreprocessConfig } from './config';
import type { Crop } from './crop';
import type { AxisPlan } from './resample';
import { roundHalfEven } from './round';

/*
 * From a photo's size to what is seen of it: the arithmetic of three libraries, which differ by a pixel here and there.
 * `checkpoint/processors.ts` and `checkpoint/timm-preprocess.ts` say which file asks for which.
 */

type Sides = PreprocessConfig['size'];

/** In pixels. */
interface Size {
	readonly width: number;
	readonly height: number;
}

/** The shorter side to `edge`, the longer truncated to an integer, as torchvision, timm and transformers all do it. */
function byShorterSide({ width, height }: Size, edge: number, longest: number | null): Size {
	const [short, long] = width < height ? [width, height] : [height, width];
	// transformers' own rule for a bound on the longer side; it truncates what is not rounded yet.
	const bounded = longest !== null && (long / short) * edge > longest ? (longest * short) / long : null;
	const least = bounded === null ? edge : roundHalfEven(bounded);
	const most = short === least ? long : Math.trunc(((bounded ?? edge) * long) / short);
	return width < height ? { width: least, height: most } : { width: most, height: least };
}

/** Both sides divided by one number, and made integers again. */
function dividedBy({ width, height }: Size, ratio: number, integer: (x: number) => number): Size {
	return { width: integer(width / ratio), height: integer(height / ratio) };
}

/** transformers' `max_height` and `max_width`: it multiplies, which rounds otherwise than dividing. */
function truncatedWithin({ width, height }: Size, [most, widest]: readonly [number, number]): Size {
	const scale = Math.min(most / height, widest / width);
	return { width: Math.trunc(width * scale), height: Math.trunc(height * scale) };
}

/** What the photo is resized to before anything is cut off it. */
function resizedSize(photo: Size, { resize }: Pick<PreprocessConfig, 'resize'>): Size {
	if (resize.rule === 'none') return photo;
	if (resize.rule === 'shorter') return byShorterSide(photo, resize.edge, resize.longest);
	const [height, width] = resize.to;
	if (resize.rule === 'squash') return { width, height };
	const ratios = [photo.height / height, photo.width / width];
	// timm's ResizeKeepRatio.
	if (resize.rule === 'cover') return dividedBy(photo, Math.min(...ratios), roundHalfEven);
	if (resize.rule === 'within' && resize.rounding === 'truncate') return truncatedWithin(photo, resize.to);
	return dividedBy(photo, Math.max(...ratios), roundHalfEven);
}

/** One axis from the photo to the input, in pixels of the resized photo. */
export interface Cut {
	/** How long the photo's side is, and what it is resized to. */
	readonly side: number;
	readonly resized: number;
	/** The input's part of the resized side, which may reach beyond it. */
	readonly start: number;
	readonly length: number;
	/** The part of the resized side that is seen, from (included) to (excluded); empty if they are the same. */
	readonly seen: readonly [from: number, to: number];
}

/**
 * Where a centre crop of `length` starts: before the photo where it is longer. transformers floors; torchvision rounds half
 * to even, but fills up more on the right; timm does as torchvision.
 */
function cropStart(whole: number, length: number, rounding: PreprocessConfig['rounding']): number {
	const left = (whole - length) / 2;
	if (rounding === 'floor') return Math.floor(left);
	return left < 0 ? Math.ceil(left) : roundHalfEven(left);
}

/** @param crops in turn @param padded the length that is filled up to, at the far end; null for as it is */
function cutOf(
	side: number,
	resized: number,
	crops: readonly number[],
	rounding: PreprocessConfig['rounding'],
	padded: number | null
): Cut {
	let [start, length, from, to] = [0, resized, 0, resized];
	for (const crop of crops) {
		start += cropStart(length, crop, rounding);
		length = crop;
		from = Math.max(from, start);
		to = Math.max(from, Math.min(to, start + length));
	}
	return { side, resized, start, length: padded ?? length, seen: [from, to] };
}

/** Both axes. */
export interface Cuts {
	readonly columns: Cut;
	readonly rows: Cut;
}

/** How a photo becomes the input when nobody chose a crop. */
export function cutsOf(photo: Size, config: PreprocessConfig): Cuts {
	// A side of no pixels, which the libraries fail on, is one pixel long.
	const resized = resizedSize(photo, config);
	const along = (axis: 0 | 1, side: number, to: number): Cut =>
		cutOf(
			side,
			Math.max(1, to),
			config.crops.map((crop) => crop[axis]),
			config.rounding,
			config.pads ? config.size[axis] : null
		);
	return { columns: along(1, photo.width, resized.width), rows: along(0, photo.height, resized.height) };
}

/** The part of an axis that is seen. */
export function seenPlan({ side, resized, seen: [from, to] }: Cut): AxisPlan {
	return { from: { start: 0, length: side }, size: resized, part: { start: from, length: to - from } };
}

/** The part of the photo's side that the input shows, ignoring the filter's reach. */
function shown({ side, resized, start, length }: Cut): readonly [start: number, length: number] {
	return [start * (side / resized), length * (side / resized)];
}

/** The region of the photo that the input shows, in its pixels. */
export function cropOf({ columns, rows }: Cuts): Crop {
	const [[x, width], [y, height]] = [shown(columns), shown(rows)];
	return { x, y, width, height };
}

/** The size of a photo that is not resized: one that becomes the input by being cropped alone. */
export function unresizedSize({ resize, crops, size }: PreprocessConfig): Size {
	const [height, width] = crops[0] ?? size;
	if (resize.rule === 'none') return { height, width };
	if (resize.rule !== 'shorter') return { height: resize.to[0], width: resize.to[1] };
	const edge = Math.min(resize.edge, resize.longest ?? resize.edge);
	const long = Math.max(edge, Math.min(resize.longest ?? Infinity, Math.max(height, width)));
	return height > width ? { height: long, width: edge } : { height: edge, width: long };
}

/** The same preprocessing for another size of the input: what is resized to and cropped grows and shrinks with it. */
export function preprocessAt(config: PreprocessConfig, size: Sides): PreprocessConfig {
	const { size: own, resize, crops, cropPct } = config;
	if (size[0] === own[0] && size[1] === own[1]) return config;
	const scaled = (sides: Sides): Sides => [
		scaledSide(sides[0], own[0], size[0]),
		scaledSide(sides[1], own[1], size[1])
	];
	// A file that says a part of the resized photo says it for any size.
	const outer = (sides: Sides): Sides =>
		cropPct === null ? scaled(sides) : [Math.floor(size[0] / cropPct), Math.floor(size[1] / cropPct)];
	return { ...config, size, resize: resizedBy(resize, outer), crops: crops.map(scaled) };
}

const scaledSide = (side: number, own: number, size: number) => Math.max(1, Math.round((side * size) / own));

function resizedBy(resize: PreprocessConfig['resize'], outer: (sides: Sides) => Sides): PreprocessConfig['resize'] {
	if (resize.rule === 'none') return resize;
	if (resize.rule !== 'shorter') return { ...resize, to: outer(resize.to) };
	const edge = (side: number) => Math.max(...outer([side, side]));
	return { ...resize, edge: edge(resize.edge), longest: resize.longest && edge(resize.longest) };
}
