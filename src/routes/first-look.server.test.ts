import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { halvesToFloats } from '$lib/engine/checkpoint/half';
import { firstLook } from './first-look.server';

describe('the first picture of the front page', () => {
	it('has what CLS gives to the patches in the recorded run, at the head that the page begins with', async () => {
		const { values, block, head, rows, columns, model } = await firstLook('static');
		expect([block, head, rows, columns, model]).toEqual([6, 2, 14, 14, 'Patchwork-T']);
		const bytes = new Uint8Array(readFileSync('static/recorded/blocks.6.attn.pattern.f16'));
		const pattern = halvesToFloats(new Uint16Array(bytes.buffer));
		// Head 2, query 0, and from key 1 on: CLS itself has no place in the photo.
		const row = Array.from({ length: 196 }, (_, patch) => pattern[2 * 197 * 197 + 1 + patch] ?? NaN);
		expect(values).toHaveLength(196);
		for (const [patch, value] of values.entries()) expect(value / (row[patch] ?? NaN)).toBeCloseTo(1, 3);
	});

	it('comes with its photo, in few bytes', async () => {
		const { photo, alt } = await firstLook('static');
		expect(photo).toMatch(/^data:image\/webp;base64,UklGR/);
		expect(photo.length).toBeLessThan(40_000);
		expect(alt).toContain('golf ball');
	});
});
