import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { PixelSource } from '../../src/lib/engine/pixel-source';
import { PatchworkError } from '../../src/lib/base/errors';
import { FORMAT_NAMES } from '../../src/lib/photo/formats';
import { inspectPhoto } from '../../src/lib/photo/inspect';

/** Decoded samples, interleaved, 8 bits each. */
interface Samples {
	readonly data: Uint8Array;
	readonly width: number;
	readonly height: number;
	/** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha, or 4 CMYK. */
	readonly channels: number;
}

/** `a * b / 255` on bytes, rounded, as Pillow computes it. */
function timesByte(a: number, b: number): number {
	const sum = a * b + 128;
	return ((sum >> 8) + sum) >> 8;
}

/** `value` with opacity `alpha` over white, as Pillow's `paste` with a mask computes it. */
function overWhite(value: number, alpha: number): number {
	const sum = value * alpha + 255 * (255 - alpha) + 128;
	return ((sum >> 8) + sum) >> 8;
}

/** The RGB of one CMYK pixel as Pillow's `convert('RGB')` has it: what the black ink leaves, less each ink's share. */
function fromCmyk(ink: number, black: number): number {
	const left = 255 - black;
	return Math.max(0, left - timesByte(ink, left));
}

/** Any 8-bit samples as opaque RGBA. */
function toRgba({ data, width, height, channels }: Samples, cmyk: boolean): Uint8ClampedArray {
	const out = new Uint8ClampedArray(width * height * 4).fill(255);
	const grey = channels < 3;
	const hasAlpha = !cmyk && channels % 2 === 0;
	for (let from = 0, to = 0; to < out.length; from += channels, to += 4) {
		for (let c = 0; c < 3; c++) {
			const value = data[from + (grey ? 0 : c)] as number;
			const last = data[from + channels - 1] as number;
			out[to + c] = cmyk ? fromCmyk(value, last) : hasAlpha ? overWhite(value, last) : value;
		}
	}
	return out;
}

async function decodeSamples(bytes: Uint8Array): Promise<{ samples: Samples; cmyk: boolean }> {
	// The decoder's own samples are wanted: an embedded colour profile is ignored, as Pillow ignores it.
	const image = sharp(bytes, { ignoreIcc: true, failOn: 'truncated' });
	const cmyk = (await image.metadata()).space === 'cmyk';
	const upright = cmyk ? image.autoOrient().pipelineColourspace('cmyk').toColourspace('cmyk') : image.autoOrient();
	const { data, info } = await upright.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
	return { samples: { data, width: info.width, height: info.height, channels: info.channels }, cmyk };
}

/**
 * A photo file as pixels: upright by its EXIF orientation, alpha over white, RGB without colour conversion. For JPEG
 * this is bit for bit what Pillow with libjpeg-turbo reads.
 *
 * Throws a {@link PatchworkError} of code `photo` for what the page refuses too, and for a file that does not decode.
 */
export async function decodeFile(path: string): Promise<PixelSource> {
	const bytes = await readFile(path).catch((cause: unknown) => {
		throw new PatchworkError('photo', `The file ${path} cannot be read; check that it exists.`, { cause });
	});
	const { format } = inspectPhoto(bytes);
	const { samples, cmyk } = await decodeSamples(bytes).catch((cause: unknown) => {
		const name = FORMAT_NAMES[format];
		throw new PatchworkError(
			'photo',
			`The ${name} file ${path} cannot be decoded here; save the photo anew as JPEG or PNG.`,
			{
				cause
			}
		);
	});
	const { width, height } = samples;
	const rgba = toRgba(samples, cmyk);
	return { width, height, rows: (y0, y1) => rgba.subarray(y0 * width * 4, y1 * width * 4) };
}
