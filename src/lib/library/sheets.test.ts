import { describe, expect, it } from 'vitest';
import { modelEntry, MODELS } from '../models/registry';
import { sheetsOf } from './sheets';

describe('sheetsOf', () => {
	it('draws a plain model as one sheet with a line between any two patches', () => {
		const [sheet, ...more] = sheetsOf(modelEntry('dinov2-s14-reg'));
		expect(more).toEqual([]);
		expect(sheet).toMatchObject({ x: 0, y: 0, side: 1, cells: 16 });
		expect(sheet?.lines).toHaveLength(15);
		expect(sheet?.lines[0]).toBeCloseTo(1 / 16);
	});

	it('stacks the groups of a Swin, the last in front, and leaves out lines that nobody could see', () => {
		const sheets = sheetsOf(modelEntry('swin-tiny'));
		expect(sheets.map(({ cells }) => cells)).toEqual([56, 28, 14, 7]);
		expect(sheets.map(({ lines }) => lines.length)).toEqual([0, 27, 13, 6]);
		expect(sheets.at(-1)).toMatchObject({ x: 0 });
		expect(sheets.at(-1)?.y).toBeCloseTo(1 - (sheets[0]?.side ?? 0));
	});

	it.each(MODELS)('stays inside of the drawing for $id', (entry) => {
		for (const { x, y, side } of sheetsOf(entry)) expect(Math.max(x + side, y + side)).toBeLessThanOrEqual(1.000001);
	});
});
