import { describe, expect, it } from 'vitest';
import { checkMemory, hasRoom, memoryBound } from './limits';

const GIB = 2 ** 30;
const storage = (answer: { quota?: number; usage?: number } | Error) => ({
	estimate: async () => (answer instanceof Error ? Promise.reject(answer) : answer)
});

describe('what a device can hold', () => {
	it('is a quarter of its memory, and never more than what one backend can', () => {
		expect(memoryBound({ deviceMemory: 2 })).toBe(GIB / 2);
		expect(memoryBound({ deviceMemory: 8 })).toBe(2 * GIB);
		expect(memoryBound({ deviceMemory: 64 })).toBe(2 * GIB);
		expect(memoryBound({})).toBe(1.5 * GIB);
	});

	it('is said in the sentence that refuses more', () => {
		expect(() => checkMemory('a/b', GIB, { deviceMemory: 4 })).not.toThrow();
		expect(() => checkMemory('a/b', 3.2e9, { deviceMemory: 4 })).toThrow(
			'a/b is too large for this device: its weights take 3.2 GB, and 1.1 GB is what can be held here.'
		);
	});
});

describe('room to keep a model', () => {
	it.each([
		[{ quota: 1000, usage: 900 }, 100, true],
		[{ quota: 1000, usage: 900 }, 101, false],
		[{ quota: 1000 }, 1000, true],
		[{}, 1e12, true],
		[new Error('No.'), 1e12, true]
	])('by an estimate of %o for %d bytes: %s', async (answer, bytes, room) => {
		expect(await hasRoom(bytes, { storage: storage(answer) })).toBe(room);
	});

	it('is tried where nobody estimates', async () => {
		expect(await hasRoom(1e12, {})).toBe(true);
	});
});
