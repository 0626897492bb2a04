import type { Chance } from './chance';

/** Red, green and blue, each from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** How much of a pixel something covers, from 0 to 1, by the place of the pixel's centre. */
export type Cover = (x: number, y: number) => number;

/** A square picture that is drawn on: (3, size, size), from 0 to 1 until it is handed out. */
export class Canvas {
	readonly #pixels: Float32Array;

	constructor(readonly size: number) {
		this.#pixels = new Float32Array(3 * size * size);
	}

	/** Lays a colour over what is there, as far as it covers each pixel. */
	paint(colour: Colour, cover: Cover): void {
		const area = this.size ** 2;
		for (let i = 0; i < area; i++) {
			const share = cover((i % this.size) + 0.5, Math.floor(i / this.size) + 0.5);
			if (share === 0) continue;
			for (const [c, value] of colour.entries()) {
				const at = c * area + i;
				const before = this.#pixels[at] ?? 0;
				this.#pixels[at] = before + (value - before) * share;
			}
		}
	}

	/** The picture with noise over every number, as bytes. */
	noisy(chance: Chance, deviation: number): Uint8Array {
		return Uint8Array.from(this.#pixels, (value) => {
			return Math.round(255 * Math.min(1, Math.max(0, value + deviation * chance.normal())));
		});
	}
}

/** A colour as bright as eyes find it, by Rec. 709's weights; from 0 to 1. */
const brightness = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

const anyColour = (chance: Chance, most = 1): Colour => [
	chance.between(0, most),
	chance.between(0, most),
	chance.between(0, most)
];

/** A colour that is brighter than another by at least this much. */
export function brighterColour(chance: Chance, other: Colour, least: number): Colour {
	for (let tries = 0; tries < 64; tries++) {
		const colour = anyColour(chance);
		if (brightness(colour) - brightness(other) >= least) return colour;
	}
	return [1, 1, 1];
}

/** How bright each colour of a background is at most: what is drawn on it is brighter. */
const DARK = 0.45;

/** A background of one colour that goes over into another, mostly near by, in any direction. @returns its first colour */
export function paintBackground(canvas: Canvas, chance: Chance): Colour {
	const colour = anyColour(chance, DARK);
	const other = colour.map((value) =>
		Math.min(DARK, Math.max(0, value + chance.between(-0.2, 0.2)))
	) as unknown as Colour;
	const angle = chance.between(0, 2 * Math.PI);
	const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
	const { size } = canvas;
	canvas.paint(colour, () => 1);
	canvas.paint(other, (x, y) => {
		const along = ((x / size - 0.5) * dx + (y / size - 0.5) * dy) / Math.SQRT2 + 0.5;
		return Math.min(1, Math.max(0, along));
	});
	return colour;
}
