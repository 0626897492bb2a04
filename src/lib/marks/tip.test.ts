import { describe, expect, it } from 'vitest';
import { GAP, MARGIN, placeTip } from './tip';

const window = { width: 360, height: 600 };
const tip = { width: 120, height: 40 };
const at = (left: number, top: number, side = 20) => ({ left, top, width: side, height: side });

describe('placeTip', () => {
	it('stands above what it speaks of, centred', () => {
		expect(placeTip(at(170, 300), tip, window)).toEqual({ left: 120, top: 300 - GAP - 40 });
	});

	it('stands below where there is no room above', () => {
		expect(placeTip(at(170, 30), tip, window)).toEqual({ left: 120, top: 30 + 20 + GAP });
	});

	it('stays inside the window on either side', () => {
		expect(placeTip(at(0, 300), tip, window)?.left).toBe(MARGIN);
		expect(placeTip(at(340, 300), tip, window)?.left).toBe(360 - MARGIN - 120);
	});

	it('shows its beginning when it is wider than the window', () => {
		expect(placeTip(at(170, 300), { width: 400, height: 40 }, window)?.left).toBe(MARGIN);
	});

	it('lies over something that fills the window, and not outside it', () => {
		expect(placeTip({ left: 0, top: 0, width: 360, height: 600 }, tip, window)?.top).toBe(600 - MARGIN - 40);
	});

	it.each([
		['above', at(170, -30)],
		['below', at(170, 601)],
		['left', at(-21, 300)],
		['right', at(361, 300)]
	])('is not shown when its anchor lies %s of the window', (_, anchor) => {
		expect(placeTip(anchor, tip, window)).toBeNull();
	});
});
