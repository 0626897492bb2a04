import { describe, expect, it } from 'vitest';
import { flight, keyframes, step } from './flight';

const STAGE = { width: 600, height: 400 };
const PART = { x: 450, y: 40, width: 60, height: 40 };

describe('a flight into a part', () => {
	const at = flight(STAGE, PART);

	it('begins with the whole, the inner picture lying in the part', () => {
		const { outer, inner } = at(0);
		expect(outer).toEqual({ x: 0, y: 0, scale: 1, opacity: 1 });
		expect(inner.opacity).toBe(0);
		expect(inner.scale).toBeCloseTo(0.1, 9);
		expect([inner.x, inner.y]).toEqual([expect.closeTo(PART.x, 9), expect.closeTo(PART.y, 9)]);
	});

	it('ends with the inner picture filling the stage, and the part where it is', () => {
		const { outer, inner } = at(1);
		expect(inner).toEqual({
			x: expect.closeTo(0, 6),
			y: expect.closeTo(0, 6),
			scale: expect.closeTo(1, 9),
			opacity: 1
		});
		expect(outer.opacity).toBe(0);
		expect(outer.x + outer.scale * PART.x).toBeCloseTo(0, 6);
		expect(outer.scale * PART.width).toBeCloseTo(STAGE.width, 6);
	});

	it('keeps the inner picture in its part all the way', () => {
		for (const t of [0.1, 0.4, 0.77]) {
			const { outer, inner } = at(t);
			expect(inner.x).toBeCloseTo(outer.x + outer.scale * PART.x, 6);
			expect(inner.scale).toBeCloseTo((outer.scale * PART.width) / STAGE.width, 9);
		}
	});
});

describe('its frames', () => {
	it('are the same from behind', () => {
		const at = flight(STAGE, PART);
		const [there, back] = [keyframes(at, false), keyframes(at, true)];
		const moves = (frames: Keyframe[]) => frames.map(({ transform }) => transform);
		expect(moves(back.outer)).toEqual(moves(there.outer).toReversed());
		expect(there.inner.at(-1)?.['transform']).toContain('scale(1.00000)');
	});

	it('of a step bring a source from the left, and the way back from the right', () => {
		expect(step(STAGE, 'source')(0).inner.x).toBeLessThan(0);
		expect(step(STAGE, 'back')(0).inner.x).toBeGreaterThan(0);
		expect(step(STAGE, 'source')(1)).toMatchObject({ inner: { opacity: 1 }, outer: { opacity: 0 } });
	});
});
