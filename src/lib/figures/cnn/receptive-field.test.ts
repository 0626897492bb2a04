import { describe, expect, it } from 'vitest';
import { fieldsOf, grow, onPicture, PIXEL, placeAt, RESNET_50 } from './receptive-field';

const RESNET = fieldsOf(RESNET_50);
const conv3 = { kernel: 3, stride: 1 };

describe('the recurrence', () => {
	it('adds two pixels for each 3 x 3 convolution without stride', () => {
		expect([conv3, conv3, conv3].reduce(grow, PIXEL)).toEqual({ side: 7, jump: 1 });
	});

	it('lets a stride widen what comes after it, not the layer itself', () => {
		const halved = grow(PIXEL, { kernel: 3, stride: 2 });
		expect(halved).toEqual({ side: 3, jump: 2 });
		expect(grow(halved, conv3)).toEqual({ side: 7, jump: 2 });
	});

	it('agrees with a search for the input pixels that reach one unit', () => {
		const layers = [
			{ kernel: 5, stride: 2 },
			{ kernel: 2, stride: 2 },
			{ kernel: 3, stride: 1 },
			{ kernel: 3, stride: 3 },
			{ kernel: 4, stride: 1 }
		];
		// Backwards from unit 0: a layer's unit u reads units u * stride to u * stride + kernel - 1 of the layer before.
		const last = layers.reduceRight((end, { kernel, stride }) => end * stride + kernel - 1, 0);
		expect(layers.reduce(grow, PIXEL).side).toBe(last + 1);
	});

	it('needs layers', () => {
		expect(() => placeAt([], 0.5)).toThrow('without parts');
	});
});

describe('ResNet-50', () => {
	it('sees 11 pixels behind the stem and 483 at its end, one unit every 32', () => {
		expect(RESNET[0]).toMatchObject({ name: 'the stem', side: 11, jump: 4 });
		// Araujo et al. 2019 name 483 and 32.
		expect(RESNET.at(-1)).toMatchObject({ name: 'stage 4, block 3', side: 483, jump: 32, depth: 1 });
	});

	it('has a place for the stem and for each of its 16 blocks, ever deeper and wider', () => {
		expect(RESNET).toHaveLength(17);
		for (const [i, place] of RESNET.slice(1).entries()) {
			expect(place.side).toBeGreaterThan(RESNET[i]?.side ?? Infinity);
			expect(place.depth).toBeGreaterThan(RESNET[i]?.depth ?? Infinity);
		}
	});

	it('is found at a relative depth', () => {
		expect(placeAt(RESNET, 0).name).toBe('the stem');
		expect(placeAt(RESNET, 1).side).toBe(483);
		expect(placeAt(RESNET, 0.5).depth).toBeCloseTo(0.5, 1);
	});
});

describe('a field on the picture', () => {
	const picture = { width: 200, height: 100 };

	it('is the square where that fits', () => {
		expect(onPicture({ x: 50, y: 50 }, 20, picture)).toEqual({ x: 40, y: 40, width: 20, height: 20, covered: 0.02 });
	});

	it('ends at the edges', () => {
		expect(onPicture({ x: 8, y: 92 }, 40, picture)).toEqual({ x: 0, y: 72, width: 28, height: 28, covered: 0.0392 });
		expect(onPicture({ x: 100, y: 50 }, 1000, picture)).toMatchObject({ width: 200, height: 100, covered: 1 });
	});
});
