import { describe, expect, it } from 'vitest';
import { inSlices, inTurn, slices } from './slices';

describe('slices', () => {
	it('let other tasks run during long work', async () => {
		let others = 0;
		const pause = slices();
		setTimeout(() => others++);
		const end = performance.now() + 40;
		while (performance.now() < end) await pause();
		expect(others).toBe(1);
	});

	it('stop work that nobody wants any more', async () => {
		const controller = new AbortController();
		const pause = slices(controller.signal);
		await pause();
		controller.abort(new Error('the photo has changed'));
		await expect(pause()).rejects.toThrow('the photo has changed');
	});
});

describe('inTurn', () => {
	it('pauses before each item, and keeps their order', async () => {
		const log: string[] = [];
		const results = await inTurn(
			[1, 2],
			(item) => {
				log.push(`take ${item}`);
				return 10 * item;
			},
			() => void log.push('pause')
		);
		expect(results).toEqual([10, 20]);
		expect(log).toEqual(['pause', 'take 1', 'pause', 'take 2']);
	});
});

describe('inSlices', () => {
	const work = async (pause: () => void | Promise<void>) => {
		await pause();
		return 'done';
	};

	it('hands over what came of the work', async () => {
		const found = await new Promise((resolve) => inSlices(work, resolve));
		expect(found).toBe('done');
	});

	it.each([
		['in its midst', work],
		['at its end', () => Promise.resolve('done')]
	])('hands over nothing when it is stopped %s', async (_, stopped) => {
		const results: string[] = [];
		inSlices(stopped, (result) => results.push(result))();
		await new Promise((resolve) => setTimeout(resolve));
		expect(results).toEqual([]);
	});
});
