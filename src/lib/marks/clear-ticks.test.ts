import { describe, expect, it } from 'vitest';
import { clearTicks } from './clear-ticks';

const ticksAt = (...places: number[]) => places.map((at) => ({ at, text: `${at}00` }));
const kept = (room: number, ...places: number[]) =>
	clearTicks(ticksAt(...places), ['0', '1.00'], room).map(({ at }) => at);

describe('clearTicks', () => {
	it('keeps what has room', () => {
		expect(kept(60, 0.2, 0.4, 0.6, 0.8)).toEqual([0.2, 0.4, 0.6, 0.8]);
	});

	it('leaves out what would touch an end', () => {
		expect(kept(60, 0.01, 0.5, 0.95)).toEqual([0.5]);
	});

	it('leaves out what would touch the one before it, and only that', () => {
		expect(kept(36, 0.2, 0.4, 0.5, 0.6)).toEqual([0.2, 0.4, 0.6]);
	});

	it('keeps nothing without room', () => {
		expect(kept(0, 0.5)).toEqual([]);
	});
});
