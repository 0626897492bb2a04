import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../scripts/lib/decode';
import { preprocess, type Preprocessed } from '../../src/lib/engine/preprocess';
import { VIT_TINY_INPUT } from '../../src/lib/engine/testing/vit-tiny-input';

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const photos = `${shared}photos/`;
const recorded = `${shared}parity/real-vit-tiny/`;

async function asTrained(path: string): Promise<Preprocessed> {
	return preprocess(await decodeFile(path), VIT_TINY_INPUT, null);
}

function rgbBytes({ seen }: Preprocessed): Uint8Array {
	return Uint8Array.from(seen.data.filter((_, i) => i % 4 !== 3));
}

describe.skipIf(!existsSync(photos))('photos that Pillow preprocessed', () => {
	interface Answers {
		photos: { file: string; crop_sha256: string }[];
	}

	it.each(['samples', 'val'])('every crop of %s has the same bytes', async (folder) => {
		const answers = JSON.parse(readFileSync(`${photos}answers.json`, 'utf8')) as Record<string, Answers>;
		const listed = answers[folder]?.photos ?? [];
		const different: string[] = [];
		for (const { file, crop_sha256 } of listed) {
			const rgb = rgbBytes(await asTrained(`${photos}${folder}/${file}`));
			if (createHash('sha256').update(rgb).digest('hex') !== crop_sha256) different.push(file);
		}
		expect(listed).toHaveLength(125);
		expect(different).toEqual([]);
	});
});

/** One tensor of a safetensors file, as raw bytes. */
function tensorBytes(path: string, name: string): Buffer {
	const file = readFileSync(path);
	const dataStart = 8 + Number(file.readBigUInt64LE(0));
	const header = JSON.parse(file.toString('utf8', 8, dataStart)) as Record<string, { data_offsets: [number, number] }>;
	const [start, end] = header[name]?.data_offsets ?? [0, 0];
	return file.subarray(dataStart + start, dataStart + end);
}

/** As float32, copied because the bytes need not be aligned. */
function floats(bytes: Buffer): Float32Array {
	return new Float32Array(Uint8Array.from(bytes).buffer);
}

describe.skipIf(!existsSync(recorded) || !existsSync(photos))('inputs that PyTorch recorded', () => {
	it.each(['n01622779_great_grey_owl', 'n02268853_damselfly'])('%s has the same pixels and values', async (name) => {
		const path = `${recorded}${name}.safetensors`;
		const ours = await asTrained(`${photos}samples/${name}.JPEG`);
		expect(Buffer.compare(rgbBytes(ours), tensorBytes(path, 'crop_rgb_uint8'))).toBe(0);
		expect(ours.pixelValues).toEqual(floats(tensorBytes(path, 'pixel_values')));
	});
});
