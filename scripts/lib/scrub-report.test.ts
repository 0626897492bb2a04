import { describe, expect, it } from 'vitest';
import { describeScrub, p95, toScrub } from './scrub-report.ts';

describe('frames of the film', () => {
	it('have a 95th percentile that 95 of 100 do not exceed', () => {
		expect(p95(Array.from({ length: 100 }, (_, i) => 100 - i))).toBe(95);
		expect(p95([3, 1, 2])).toBe(3);
		expect(p95([])).toBeNaN();
	});

	it('are laid beside those of the same turn', () => {
		// Twenty frames a turn, of which two take long.
		const turn = (usual: number, slow: number) => [...Array.from({ length: 18 }, () => usual), slow, slow];
		const turns = [10, 20, 10, 20, 10, 20];
		const scrub = toScrub({
			film: turns.map((time) => turn(time * 1.2, time * 3)),
			empty: turns.map((time) => turn(time, time))
		});
		expect(scrub).toMatchObject({
			turns: 6,
			frames: 20,
			empty: { median: 15, p95: 15 },
			film: { median: 18, p95: 45 }
		});
		expect(scrub.ratios.median).toMatchObject({ median: 1.2, interval: [1.2, 1.2], most: 1.5 });
		expect(scrub.ratios.p95).toMatchObject({ median: 3, interval: [3, 3], most: 3 });
		expect(describeScrub(scrub)).toContain('95th percentile  film 45 ms, empty page 15 ms: ratio 3.000');
	});
});
