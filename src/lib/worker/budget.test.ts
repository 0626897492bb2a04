import { expect, it } from 'vitest';
import { drawnBound, runBudget, sharedOut } from './budget';

const MIB = 2 ** 20;

it('is the same on every device for all runs together, and a thirty-second of its memory for all that one keeps, up to 128 MiB', () => {
	const patterns = 1024 * MIB;
	expect(runBudget({ deviceMemory: 8 })).toEqual({ all: 512 * MIB, one: { all: 128 * MIB, patterns } });
	expect(runBudget({ deviceMemory: 2 })).toEqual({ all: 512 * MIB, one: { all: 64 * MIB, patterns } });
	expect(runBudget({ deviceMemory: 64 })).toEqual(runBudget({ deviceMemory: 8 }));
	expect(sharedOut(400)).toEqual({ all: 400, one: { all: 100, patterns: 100 } });
});

it('is that of 4 GB where the browser does not say', () => {
	expect(runBudget({})).toEqual(runBudget({ deviceMemory: 4 }));
});

it('lets two runs be drawn in a quarter of the device’s memory, up to 2 GiB', () => {
	expect([2, 8, 64].map((deviceMemory) => drawnBound({ deviceMemory }) / MIB)).toEqual([256, 1024, 1024]);
	expect(drawnBound({})).toBe(768 * MIB);
});
