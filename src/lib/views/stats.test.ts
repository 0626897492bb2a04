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
	it('are means over its queries', () => {
		const stats = headStats(a, 0);
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

	it('say nothing of a CLS that is not there', () => {
		const without = { ...a, cls: false };
		expect([headStats(without, 0).cls, queryStats(without, 0, 1).cls]).toEqual([null, null]);
		expect(headStats(without, 0)).toMatchObject({
			distance: headStats(a, 0).distance,
			entropy: headStats(a, 0).entropy
		});
	});

	it('are taken of each head, then of their average, and not before they are asked for', () => {
		const asked: [string, number][] = [];
		const measures = measuresOf({ heads: 2, name: 'block' }, { heads: 1, name: 'mean' }, ({ name }, head) => {
			asked.push([name, head]);
			return asked.length;
		});
		expect(asked).toEqual([]);
		expect(measures.map((measure) => measure())).toEqual([1, 2, 3]);
		expect(asked).toEqual([
			['block', 0],
			['block', 1],
			['mean', 0]
		]);
	});
});
