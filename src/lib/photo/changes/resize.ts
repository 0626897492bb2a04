import { resample } from '../../engine/resample';
import { pixelsOf, sourceOf, type Pixels } from './pixels';

/** The whole picture at another size, by Pillow's bicubic filter. */
export function resized(pixels: Pixels, width: number, height: number): Pixels {
	const axis = (from: number, size: number) => ({
		from: { start: 0, length: from },
		size,
		part: { start: 0, length: size }
	});
	const data = resample(sourceOf(pixels), axis(pixels.width, width), axis(pixels.height, height), 'bicubic');
	return pixelsOf({ data, width, height });
}

/** The picture at half its size, in the middle of grey. */
export function halfSize(pixels: Pixels): Pixels {
	const { width, height } = pixels;
	const small = resized(pixels, Math.floor(width / 2), Math.floor(height / 2));
	const [left, top] = [Math.floor((width - small.width) / 2), Math.floor((height - small.height) / 2)];
	const out = new Float32Array(pixels.data.length);
	for (let line = 0; line < 3 * small.height; line++) {
		const [channel, row] = [Math.floor(line / small.height), line % small.height];
		const values = small.data.subarray(line * small.width, (line + 1) * small.width);
		out.set(values, (channel * height + top + row) * width + left);
	}
	return { data: out, width, height };
}
