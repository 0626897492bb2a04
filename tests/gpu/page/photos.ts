import { preprocess } from '../../../src/lib/engine/preprocess';
import { decodePhoto } from '../../../src/lib/photo/decode';
import { bitmapSource } from '../../../src/lib/photo/source';
import { VIT_TINY_INPUT } from '../../../src/lib/engine/testing/vit-tiny-input';

/** sha256, in hexadecimal, of the RGB bytes that ViT-Tiny would see of each photo, decoded as the site decodes it. */
export async function cropHashes(addresses: readonly string[]): Promise<string[]> {
	const hashes: string[] = [];
	for (const address of addresses) hashes.push(await cropHash(address));
	return hashes;
}

/** What the site makes of a photo's file, in base64: its size, and its opaque RGBA pixels row by row, in base64 too. */
export async function decodedPixels(file: string): Promise<{ width: number; height: number; pixels: string }> {
	const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
	const bitmap = await decodePhoto(new Blob([bytes]));
	const { width, height, rows } = await bitmapSource(bitmap);
	const pixels = btoa(Array.from(rows(0, height), (value) => String.fromCharCode(value)).join(''));
	bitmap.close();
	return { width, height, pixels };
}

async function cropHash(address: string): Promise<string> {
	const bitmap = await decodePhoto(await (await fetch(address)).blob());
	// The engine works on a copy, and this goes the same way.
	const copy = await createImageBitmap(bitmap);
	const { data } = preprocess(await bitmapSource(copy), VIT_TINY_INPUT, null).seen;
	bitmap.close();
	copy.close();
	const rgb = data.filter((_, i) => i % 4 !== 3);
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', rgb));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
