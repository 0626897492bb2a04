import { statSync } from 'node:fs';
import sharp from 'sharp';
import { PatchworkError } from '../../src/lib/base/errors.ts';

/** The most bytes that a sample may weigh. */
const BUDGET = 80_000;
const THUMBNAIL = 160;

/** Write `png` as the best WebP within the budget; returns its size in pixels and bytes. */
export async function encodePicture(
	png: string,
	webp: string
): Promise<{ width: number; height: number; bytes: number }> {
	for (let quality = 90; quality >= 50; quality -= 4) {
		const { width, height, size } = await sharp(png).webp({ quality, effort: 6, smartSubsample: true }).toFile(webp);
		if (size <= BUDGET) return { width, height, bytes: size };
	}
	throw new PatchworkError(
		'request',
		`${webp} weighs ${statSync(webp).size} bytes even at quality 50: make the scene calmer or less grainy.`
	);
}

/** Write the thumbnail of a picture, 160 px on its longer side. */
export async function encodeThumbnail(png: string, webp: string): Promise<void> {
	await sharp(png).resize(THUMBNAIL, THUMBNAIL, { fit: 'inside' }).webp({ quality: 82, effort: 6 }).toFile(webp);
}
