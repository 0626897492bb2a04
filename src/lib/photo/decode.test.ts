import sharp from 'sharp';
import { afterEach, describe, expect, it, vi, type Mock } from 'vitest';
import { decodePhoto } from './decode';
import { bigEndian, exif, webpWith } from './testing';

/** Node has no decoder of the browser's; what matters here is what is done with its answer. */
function stubDecoder(answer: () => Promise<unknown>): Mock {
	const decoder = vi.fn(answer);
	vi.stubGlobal('createImageBitmap', decoder);
	return decoder;
}

function bitmap(width: number, height: number): { width: number; height: number; close: Mock } {
	return { width, height, close: vi.fn() };
}

async function photoBytes(format: 'png' | 'tiff' | 'webp'): Promise<Uint8Array<ArrayBuffer>> {
	const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#369' } });
	return Uint8Array.from(await image.toFormat(format).toBuffer());
}

async function photo(format: 'png' | 'tiff'): Promise<Blob> {
	return new Blob([await photoBytes(format)]);
}

afterEach(() => vi.unstubAllGlobals());

describe('decodePhoto', () => {
	it('asks for upright, unconverted, unmultiplied pixels and returns the open bitmap', async () => {
		const decoded = bitmap(20, 20);
		const decoder = stubDecoder(async () => decoded);
		expect(await decodePhoto(await photo('png'))).toBe(decoded);
		expect(decoder.mock.calls[0]?.[1]).toEqual({
			imageOrientation: 'from-image',
			colorSpaceConversion: 'none',
			premultiplyAlpha: 'none'
		});
		expect(decoded.close).not.toHaveBeenCalled();
	});

	describe('a WebP that lies on its side', () => {
		const lying = async () =>
			new Blob([Uint8Array.from(webpWith(exif(bigEndian, 6), { of: await photoBytes('webp') }))]);

		/** The canvas that it is turned on. */
		function stubCanvas(turned: unknown): { setTransform: Mock; drawImage: Mock } {
			const drawn = { setTransform: vi.fn(), drawImage: vi.fn() };
			class Canvas {
				constructor(
					readonly width: number,
					readonly height: number
				) {}
				getContext = () => ({ ...drawn, fillRect: () => undefined, canvas: this });
				transferToImageBitmap = () => turned;
			}
			vi.stubGlobal('OffscreenCanvas', Canvas);
			return drawn;
		}

		it('is turned where the browser leaves it so', async () => {
			const [stored, turned] = [bitmap(40, 30), bitmap(30, 40)];
			const answers = [bitmap(2, 1), stored];
			stubDecoder(async () => answers.shift());
			const { setTransform } = stubCanvas(turned);
			expect(await decodePhoto(await lying())).toBe(turned);
			expect(setTransform).toHaveBeenCalledExactlyOnceWith(0, 1, -1, 0, 30, 0);
			expect(stored.close).toHaveBeenCalledOnce();
		});

		it('is not turned twice where the browser has turned it', async () => {
			const upright = bitmap(30, 40);
			const answers = [bitmap(1, 2), upright];
			stubDecoder(async () => answers.shift());
			const { drawImage } = stubCanvas(null);
			expect(await decodePhoto(await lying())).toBe(upright);
			expect(drawImage).not.toHaveBeenCalled();
		});
	});

	it('never hands a refused file to the decoder', async () => {
		const decoder = stubDecoder(async () => bitmap(20, 20));
		await expect(decodePhoto(new Blob(['<svg/>']))).rejects.toMatchObject({ code: 'photo' });
		expect(decoder).not.toHaveBeenCalled();
	});

	it.each([
		['png', 'This PNG file is damaged'],
		['tiff', 'This browser cannot decode this TIFF file']
	] as const)('names the format when a %s does not decode', async (format, sentence) => {
		stubDecoder(() => Promise.reject(new DOMException('no', 'InvalidStateError')));
		await expect(decodePhoto(await photo(format))).rejects.toMatchObject({
			code: 'photo',
			message: expect.stringContaining(sentence) as string
		});
	});

	it('closes a bitmap that turns out too large, and says so', async () => {
		const large = bitmap(12000, 9000);
		stubDecoder(async () => large);
		await expect(decodePhoto(await photo('tiff'))).rejects.toThrow(/108 megapixels/);
		expect(large.close).toHaveBeenCalledOnce();
	});

	it('closes the bitmap when it is cancelled during the decoding', async () => {
		const controller = new AbortController();
		const late = bitmap(20, 20);
		stubDecoder(async () => {
			controller.abort();
			return late;
		});
		await expect(decodePhoto(await photo('png'), { signal: controller.signal })).rejects.toMatchObject({
			code: 'cancelled'
		});
		expect(late.close).toHaveBeenCalledOnce();
	});

	it('says what to do with a folder or a file that has gone', async () => {
		const gone = {
			size: 5,
			arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError'))
		} as unknown as Blob;
		await expect(decodePhoto(gone)).rejects.toThrow(/cannot be read: it is a folder, or it was moved/);
	});
});
