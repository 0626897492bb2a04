import { describe, expect, it } from 'vitest';
import type { Attention } from '../analysis/attention';
import { headStats, measuresOf, queryStats } from './stats';

/** CLS and two patches beside each other; each row knows where it looks. */
const a: Attention = {
	data: Float32Array.from([1, 0, 0, 0.5, 0, 0.5, 0, 0, 1]),
	heads: 1,
	tokens: 3,
	prefix: 1,
	cls: true,
	rows: 1,
	columns: 2,
	patchSize: 16
};

describe('figures of a head', () => {
	it('are means over its queries', async () => {
		const stats = await headStats(a, 0);
		expect(stats.cls).toBeCloseTo(0.5);
		expect(stats.entropy).toBeCloseTo(Math.LN2 / 3);
		// The first patch looks one patch away, the second at itself.
		expect(stats.distance).toBeCloseTo(8);
	});

	it('of one query are those of its row', () => {
		expect(queryStats(a, 0, 1)).toMatchObject({ cls: 0.5, distance: 16 });
		expect(queryStats(a, 0, 1).entropy).toBeCloseTo(Math.LN2);
		expect(queryStats(a, 0, 0).distance).toBeNull();
	});

	it('say nothing of a CLS that is not there', async () => {
		const without = { ...a, cls: false };
		expect([(await headStats(without, 0)).cls, queryStats(without, 0, 1).cls]).toEqual([null, null]);
		const { distance, entropy } = await headStats(a, 0);
		expect(await headStats(without, 0)).toMatchObject({ distance, entropy });
	});

	it('let the page breathe before each query, and can be stopped there', async () => {
		let pauses = 0;
		await headStats(a, 0, () => void pauses++);
		expect(pauses).toBe(a.tokens);
		const stop = () => Promise.reject(new Error('stopped'));
		await expect(headStats(a, 0, stop)).rejects.toThrow('stopped');
	});

	it('leave out queries that are not there', async () => {
		const some = { ...a, data: Float32Array.from([0, 0, 0, 0, 0.5, 0.5, 0, 0, 1]) };
		const { entropy, cls } = await headStats(some, 0);
		expect([entropy, cls]).toEqual([expect.closeTo(Math.LN2 / 2, 6), 0]);
	});

	it('are taken of each head, then of their average, and not before they are asked for', async () => {
		const asked: [string, number][] = [];
		const measures = measuresOf({ heads: 2, name: 'block' }, { heads: 1, name: 'mean' }, async ({ name }, head) => {
			asked.push([name, head]);
			return asked.length;
		});
		expect(asked).toEqual([]);
		expect(await Promise.all(measures.map((measure) => measure(() => undefined)))).toEqual([1, 2, 3]);
		expect(asked).toEqual([
			['block', 0],
			['block', 1],
			['mean', 0]
		]);
	});
});
