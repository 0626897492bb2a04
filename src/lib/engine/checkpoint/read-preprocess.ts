import { PatchworkError } from '../../base/errors';
import { isRecord } from '../../base/json';
import type { PreprocessConfig } from '../config';
import type { Interpolation } from '../resample';
import { inJson, quoted, type Json } from './fields';
import { resizingOf, sidesOf, type Resizing } from './processor-size';
import { FILTERS, isKnownKey, processorFor, processorNamed, type Processor } from './processors';

type Sides = readonly [height: number, width: number];
type ByChannel = readonly [number, number, number];

/**
 * What `preprocessor_config.json` says, with what its class does where it says nothing (`processors.ts`); the class is what
 * transformers' AutoImageProcessor takes for the model where the file names none. Without a file, that class's way at the
 * model's own size. The result's `size` is what the file leads to, which may be another than the checkpoint was trained
 * on: DINOv2 is.
 * @param preprocessor the parsed file, or null where there is none
 * @param imageSize that the model was trained on
 * @param modelType transformers' name of the architecture
 * @throws PatchworkError `config` naming the key and its value, where a key is not known or can't be followed
 */
export function huggingfacePreprocess(preprocessor: unknown, imageSize: Sides, modelType = 'vit'): PreprocessConfig {
	const { json, processor } = opened(preprocessor, imageSize, modelType);
	const { resize, crops, gives, cropPct } = resizing(json, processor, imageSize);
	const isNamed = Boolean(json.image_processor_type ?? json.feature_extractor_type);
	const isWhole = resize.rule === 'squash' && gives.join() === imageSize.join();
	const spares = isWhole && !(isNamed && TAKES_ANY_SIZE.includes(modelType));
	const crop = cropOf(json, processor, spares ? gives : null);
	const cropped = crop ?? gives;
	const isFixed = crop !== null || crops.length > 0 || resize.rule === 'squash';
	const padded = padOf(json, processor, isFixed ? cropped : null);
	return {
		size: padded ?? cropped,
		resize,
		crops: crop ? [...crops, crop] : crops,
		rounding: 'floor',
		fill: [0, 0, 0],
		pads: padded !== null,
		cropPct,
		interpolation: interpolationOf(json, processor),
		...valuesOf(json, processor)
	};
}

/** The file, and whose it is. Where there is no file, the one that the class would have for a model of that size. */
function opened(preprocessor: unknown, imageSize: Sides, modelType: string): { json: Json; processor: Processor } {
	if (preprocessor === null || preprocessor === undefined) {
		const processor = processorFor(modelType);
		return { json: atSize(processor, imageSize), processor };
	}
	if (!isRecord(preprocessor)) {
		throw new PatchworkError('config', 'preprocessor_config.json is not a JSON object: fetch the model again.');
	}
	const unknown = Object.entries(preprocessor).find(([key, value]) => !isKnownKey(key) && isAsked(value));
	if (unknown) throw unfit(...unknown, 'which no image processor that we know reads');
	return { json: preprocessor, processor: classOf(preprocessor, modelType) };
}

/** Whether a key asks for anything: files are written with what is left out or off, too. */
const isAsked = (value: unknown): boolean => value !== null && value !== false;

function classOf(json: Json, modelType: string): Processor {
	const key = json.image_processor_type ? 'image_processor_type' : 'feature_extractor_type';
	const name = json[key];
	if (!name) return processorFor(modelType);
	const processor = typeof name === 'string' ? processorNamed(name) : undefined;
	if (!processor) throw unfit(key, name, 'an image processor whose rules we do not know');
	return processor;
}

/** What a processor's file would say of the sizes, had it been written for inputs of this one. */
function atSize({ size, crop }: Processor, [height, width]: Sides): Json {
	const kept = crop?.on ? crop.side : 'both' in size ? size.both : size.shorter;
	const larger = (side: number, whole: number) => Math.floor((side * whole) / kept);
	return {
		size:
			'both' in size
				? { height: larger(height, size.both), width: larger(width, size.both) }
				: { shortest_edge: larger(Math.max(height, width), size.shorter) },
		crop_size: { height, width }
	};
}

function resizing(json: Json, processor: Processor, imageSize: Sides): Resizing {
	if (flag(json, 'do_resize', true)) return resizingOf(json, processor, unfit);
	return { resize: { rule: 'none' }, crops: [], gives: imageSize, cropPct: null };
}

/** transformers' architectures that take photos of any size, and so what their processor makes of them. */
const TAKES_ANY_SIZE: readonly string[] = ['swin', 'dinov2', 'dinov2_with_registers', 'dinov3_vit'];

/**
 * What is cropped from the centre; null for nothing. A crop that the class has by itself and nobody wrote is left out
 * where it would only put zeros around a picture that has the model's own size: transformers would, and a model that
 * takes no other size would then refuse its input. Files without a class's name are not the library's own, and mean what
 * they say.
 * @param whole the size of the picture before, where that is what the model takes
 */
function cropOf(json: Json, { crop }: Processor, whole: Sides | null): Sides | null {
	if (!flag(json, 'do_center_crop', crop?.on ?? false)) return null;
	const isWritten = (json.do_center_crop ?? json.crop_size ?? null) !== null;
	if (!isWritten && whole && crop && Math.min(...whole) < crop.side) return null;
	const size = json.crop_size ?? (crop && { height: crop.side, width: crop.side });
	if (size === null) throw unfit('do_center_crop', json.do_center_crop, "without a 'crop_size'");
	return sidesOf(size, 'crop_size', unfit);
}

/**
 * What the crop is filled up to at its right and bottom; null where nothing is.
 * @param cropped what every photo becomes before; null where each becomes another size
 */
function padOf(json: Json, { pads }: Processor, cropped: Sides | null): Sides | null {
	// Without a size, photos are filled up to the largest of a batch, and here is only one.
	if (!pads || !flag(json, 'do_pad', false) || (json.pad_size ?? null) === null) return null;
	const to = sidesOf(json.pad_size, 'pad_size', unfit);
	if (!cropped || (to[0] >= cropped[0] && to[1] >= cropped[1])) return to;
	throw unfit('pad_size', json.pad_size, `which is less than the ${cropped.join(' x ')} pixels that it is given`);
}

function interpolationOf(json: Json, processor: Processor): Interpolation {
	const asked = flag(json, 'do_resize', true) ? json.resample : null;
	const named = FILTERS[Number(asked ?? processor.resample)];
	if (named && typeof (asked ?? 0) === 'number') return named;
	throw unfit('resample', asked, 'which is none of Pillow’s filters, 0 to 5');
}

function valuesOf(json: Json, processor: Processor): Pick<PreprocessConfig, 'rescale' | 'mean' | 'std'> {
	const rescale = flag(json, 'do_rescale', true) ? factor(json) : 1;
	if (!flag(json, 'do_normalize', true)) return { rescale, mean: [0, 0, 0], std: [1, 1, 1] };
	const std = byChannel(json, 'image_std', processor.std);
	// In single precision, as it is divided by.
	if (std.some((value) => Math.fround(value) === 0))
		throw unfit('image_std', json.image_std, 'which one can’t divide by');
	return { rescale, mean: byChannel(json, 'image_mean', processor.mean), std };
}

function factor({ rescale_factor: value = null }: Json): number {
	if (value === null) return 1 / 255;
	if (isNumber(value)) return value;
	throw unfit('rescale_factor', value, 'which is no number');
}

/** One number a channel, or one for all. */
function byChannel(json: Json, key: string, otherwise: ByChannel): ByChannel {
	const value = json[key] ?? otherwise;
	const values: readonly unknown[] = Array.isArray(value) ? value : [value, value, value];
	const [red, green, blue] = values;
	if (values.length === 3 && isNumber(red) && isNumber(green) && isNumber(blue)) return [red, green, blue];
	throw unfit(key, value, 'which is not three numbers');
}

/** A number that single precision can hold. */
function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(Math.fround(value));
}

/** A key that is on or off; left out or null, it is as the class has it. */
function flag(json: Json, key: string, otherwise: boolean): boolean {
	const value = json[key] ?? otherwise;
	if (typeof value === 'boolean') return value;
	throw unfit(key, value, 'which is neither true nor false');
}

/** A file of a processor that can't be followed. */
function unfit(key: string, value: unknown, why: string): PatchworkError {
	return new PatchworkError(
		'config',
		`preprocessor_config.json has ${quoted(key)} = ${inJson(value)}, ${why}, so this model can’t run here. Choose another one.`
	);
}
