import { expect, it } from 'vitest';
import { runBudget, sharedOut } from './budget';

const MIB = 2 ** 20;

it('is a sixteenth of the device’s memory, up to 512 MiB, and a quarter of that a run', () => {
	expect(runBudget({ deviceMemory: 8 })).toEqual({ all: 512 * MIB, one: 128 * MIB });
	expect(runBudget({ deviceMemory: 2 })).toEqual({ all: 128 * MIB, one: 32 * MIB });
	expect(runBudget({ deviceMemory: 64 })).toEqual(runBudget({ deviceMemory: 8 }));
	expect(sharedOut(400)).toEqual({ all: 400, one: 100 });
});

it('is that of 4 GB where the browser does not say', () => {
	expect(runBudget({})).toEqual(runBudget({ deviceMemory: 4 }));
});
