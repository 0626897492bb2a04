import { describe, expect, it } from 'vitest';
import { huggingfacePreprocess } from '../engine/checkpoint/read-preprocess';
import { timmPreprocess } from '../engine/checkpoint/timm-preprocess';
import type { Crop } from '../engine/crop';
import { cropAsTrained, largestCrop, CORNERS, keyCrop, moveCrop, resizeCrop, scaleCrop, withAspect } from './crop';

const photo = { width: 400, height: 200 };
const crop = { x: 100, y: 50, width: 100, height: 100 };

function expectInside({ x, y, width, height }: Crop): void {
	expect(x).toBeGreaterThanOrEqual(0);
	expect(y).toBeGreaterThanOrEqual(0);
	expect(x + width).toBeLessThanOrEqual(photo.width + 1e-9);
	expect(y + height).toBeLessThanOrEqual(photo.height + 1e-9);
}

describe('what is seen when no crop is picked', () => {
	it('is said as the model’s preprocessing does it', () => {
		const timm = (file: object) => cropAsTrained(timmPreprocess({ ...file }, [224, 224]));
		expect(timm({ crop_pct: 0.9 })).toBe('Centre, as trained');
		expect(timm({ crop_pct: 1 })).toBe('Centre, as trained');
		expect(timm({ crop_pct: 1, crop_mode: 'squash' })).toBe('Whole photo, squeezed');
		expect(timm({ crop_pct: 0.875, crop_mode: 'squash' })).toBe('Centre, squeezed');
		expect(timm({ crop_pct: 1, crop_mode: 'border' })).toBe('Whole photo, as trained');
		expect(cropAsTrained(huggingfacePreprocess(null, [224, 224], 'vit'))).toBe('Whole photo, squeezed');
		expect(cropAsTrained(huggingfacePreprocess({ size: { shortest_edge: 32 } }, [32, 32]))).toBe(
			'Whole photo, as trained'
		);
		expect(cropAsTrained(null)).toBe('Centre, as trained');
	});
});

describe('picking a crop', () => {
	it('starts with the largest region in the middle', () => {
		expect(largestCrop(photo, 1)).toEqual({ x: 100, y: 0, width: 200, height: 200 });
		expect(largestCrop({ width: 100, height: 300 }, 2)).toEqual({ x: 0, y: 125, width: 100, height: 50 });
	});

	it('takes on the aspect of another model, around the same middle', () => {
		expect(withAspect({ x: 100, y: 50, width: 100, height: 99 }, 1, photo)).toEqual({
			x: 100,
			y: 49.5,
			width: 100,
			height: 100
		});
		const wide = withAspect({ x: 300, y: 0, width: 100, height: 200 }, 2, photo);
		expect(wide).toEqual({ x: 300, y: 75, width: 100, height: 50 });
		expectInside(withAspect({ x: 0, y: 0, width: 400, height: 200 }, 0.5, photo));
	});

	it('moves as far as the edges let it', () => {
		expect(moveCrop(crop, 10, -20, photo)).toEqual({ ...crop, x: 110, y: 30 });
		expect(moveCrop(crop, -1000, 1000, photo)).toEqual({ ...crop, x: 0, y: 100 });
	});

	it('follows the corner that is dragged, and the opposite one stays', () => {
		expect(resizeCrop(crop, { x: 1, y: 1 }, { x: 220, y: 130 }, photo)).toEqual({
			x: 100,
			y: 50,
			width: 120,
			height: 120
		});
		expect(resizeCrop(crop, { x: -1, y: -1 }, { x: 150, y: 100 }, photo)).toEqual({
			x: 150,
			y: 100,
			width: 50,
			height: 50
		});
	});

	it.each(CORNERS)('keeps its aspect, its least size and inside the photo at corner $x, $y', (corner) => {
		const wide = { x: 100, y: 50, width: 100, height: 50 };
		for (const point of [
			{ x: -500, y: -500 },
			{ x: 900, y: 900 },
			{ x: 150, y: 75 }
		]) {
			const resized = resizeCrop(wide, corner, point, photo);
			expectInside(resized);
			expect(resized.width / resized.height).toBeCloseTo(2);
			expect(resized.width).toBeGreaterThanOrEqual(40);
		}
	});

	it('grows around its middle, then against the edges, up to the largest', () => {
		expect(scaleCrop(crop, 1.2, photo)).toEqual({ x: 90, y: 40, width: 120, height: 120 });
		const grown = scaleCrop({ ...crop, x: 0 }, 1.5, photo);
		expectInside(grown);
		expect(grown.width).toBe(150);
		expect(scaleCrop(crop, 50, photo).width).toBe(200);
		expect(scaleCrop(crop, 0.001, photo).width).toBe(20);
	});

	it('answers to keys', () => {
		expect(keyCrop(crop, 'ArrowRight', false, photo)).toEqual({ ...crop, x: 102 });
		expect(keyCrop(crop, 'ArrowUp', true, photo)).toEqual({ ...crop, y: 40 });
		expect(keyCrop(crop, '+', false, photo)?.width).toBeCloseTo(105);
		expect(keyCrop(crop, '-', false, photo)?.width).toBeCloseTo(100 / 1.05);
		expect(keyCrop(crop, 'Enter', false, photo)).toBeNull();
	});
});
