import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { random } from '../../src/lib/engine/testing/checkpoint';
import { ORIENTATIONS } from '../../src/lib/photo/orientation';
import { bigEndian, exif, littleEndian, PREFIX, webpWith } from '../../src/lib/photo/testing';

/** A photo made for the test, and by how much two decoders may differ on any of its values. */
export interface MadePhoto {
	readonly name: string;
	readonly make: () => Promise<Uint8Array>;
	/** 0 where the format leaves nothing to a decoder. */
	readonly tolerance: number;
}

const WIDTH = 41;
const HEIGHT = 30;

/** Noise over a slope, different at every pixel, from a seed: 8 or 16 bits a value, row by row. */
function noise(channels: number, most: number): number[] {
	const next = random(channels);
	return Array.from({ length: WIDTH * HEIGHT * channels }, (_, i) => {
		const slope = (Math.floor(i / channels) % WIDTH) / WIDTH;
		return Math.floor(most * (0.6 * slope + 0.2 + 0.2 * next()));
	});
}

/** 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
function picture(channels: 1 | 2 | 3 | 4, depth: 8 | 16 = 8): Sharp {
	const values = noise(channels, 2 ** depth - 1);
	const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
	const image = sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } });
	if (depth === 16) return image.toColourspace(channels < 3 ? 'grey16' : 'rgb16');
	return channels < 3 ? image.toColourspace('b-w') : image;
}

/** Every pixel either opaque or not there. */
function cutOut(): Sharp {
	const data = Uint8Array.from(noise(4, 255), (value, i) => (i % 4 < 3 ? value : i % 20 === 3 ? 0 : 255));
	return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
}

const ENCODERS = {
	jpeg: (image: Sharp) => image.jpeg({ quality: 92 }),
	png: (image: Sharp) => image.png(),
	'lossless webp': (image: Sharp) => image.webp({ lossless: true }),
	'lossy webp': (image: Sharp) => image.webp({ quality: 85 }),
	avif: (image: Sharp) => image.avif({ lossless: true, effort: 0 }),
	gif: (image: Sharp) => image.gif()
} as const;
type Format = keyof typeof ENCODERS;

const made = (name: string, image: () => Sharp, tolerance = 0): MadePhoto => ({
	name,
	make: async () => Uint8Array.from(await image().toBuffer()),
	tolerance
});

/** All but GIF can carry an orientation. */
const TURNED: readonly Format[] = ['jpeg', 'png', 'lossless webp', 'lossy webp', 'avif'];

const turned = TURNED.flatMap((format) =>
	ORIENTATIONS.map((orientation) =>
		made(`${format}, orientation ${orientation}`, () => ENCODERS[format](picture(3).withMetadata({ orientation })))
	)
);

/** What sharp does not write itself. */
const handMade = ORIENTATIONS.flatMap((orientation) =>
	[bigEndian, littleEndian].flatMap((order) =>
		['', PREFIX].map((prefix, i) => ({
			name: `webp with alpha, orientation ${orientation} in ${order} ${prefix ? 'with' : 'without'} a prefix`,
			make: async () => {
				const image = picture(4).webp(i === 0 ? { lossless: true } : { quality: 85 });
				return webpWith(exif(order, orientation, prefix), { of: Uint8Array.from(await image.toBuffer()) });
			},
			tolerance: 0
		}))
	)
);

const kinds = [
	made('a grey PNG', () => picture(1).png()),
	made('a grey PNG with alpha', () => picture(2).png()),
	made('a PNG with alpha', () => picture(4).png()),
	made('a PNG with a palette', () => picture(4).png({ palette: true })),
	made('an interlaced PNG', () => picture(4).png({ progressive: true })),
	made('a grey PNG of 16 bits', () => picture(1, 16).png()),
	made('a PNG of 16 bits', () => picture(3, 16).png()),
	made('a PNG of 16 bits with alpha', () => picture(4, 16).png()),
	made('a grey JPEG', () => picture(1).jpeg()),
	made('a progressive JPEG', () => picture(3).jpeg({ progressive: true })),
	made('a JPEG with all of its colour', () => picture(3).jpeg({ chromaSubsampling: '4:4:4' })),
	made('a JPEG with a quarter of its colour', () => picture(3).jpeg({ chromaSubsampling: '4:2:0' })),
	// The browser cuts off what is left of ink times black, and Pillow rounds it.
	made('a CMYK JPEG', () => picture(3).toColourspace('cmyk').jpeg({ quality: 100 }), 1),
	made('a GIF', () => picture(3).gif()),
	made('a GIF with holes', () => cutOut().gif()),
	made('a lossless WebP with alpha', () => picture(4).webp({ lossless: true })),
	made('a lossy WebP with alpha', () => picture(4).webp()),
	// Two libraries make RGB of an AVIF's luma and chroma: each rounds in its own way, and each spreads the colours of two
	// by two pixels in its own way, which in noise is much and in a photo hardly anything.
	made('a lossy AVIF', () => picture(3).avif({ quality: 60, effort: 0 }), 1),
	made(
		'a lossy AVIF with a quarter of its colour',
		() => picture(3).avif({ quality: 60, effort: 0, chromaSubsampling: '4:2:0' }),
		24
	),
	made('an AVIF of 10 bits', () => picture(3).avif({ bitdepth: 10, quality: 90, effort: 0 }), 2),
	// Nothing half transparent: Chromium 156 stretches the opacities of every AVIF as if they ran from 16 to 235, libavif's own
	// program and libheif read them from 0 to 255.
	made('an AVIF with holes', () => cutOut().avif({ lossless: true, effort: 0 }))
];

const profiles = (['jpeg', 'png', 'lossless webp', 'lossy webp', 'avif'] as const).flatMap((format) =>
	(['p3', 'srgb'] as const).map((profile) =>
		made(`${format} with the profile ${profile}`, () => ENCODERS[format](picture(3).withIccProfile(profile)))
	)
);

const CASE = fileURLToPath(new URL('photos/orientation6.webp', import.meta.url));

/** Photos of every format that both the page and the command line read, in every way that sharp writes it. */
export const PHOTOS: readonly MadePhoto[] = [
	...turned,
	...handMade,
	...kinds,
	...profiles,
	{ name: 'a WebP lying on its side', make: async () => Uint8Array.from(await readFile(CASE)), tolerance: 0 }
];
