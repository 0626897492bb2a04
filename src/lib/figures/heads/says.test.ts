import { describe, expect, it } from 'vitest';
import type { Attention } from '../../analysis/attention';
import { depthWords, mapsWords, staying, stayingOf } from './says';

/** Two heads over CLS and two patches: in the first every query looks at itself, in the second all look at CLS. */
const attention: Attention = {
	data: Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0]),
	heads: 2,
	tokens: 3,
	prefix: 1,
	cls: true,
	rows: 1,
	columns: 2,
	patchSize: 16
};

describe('what the heads of a block do', () => {
	it('is measured by what each query has in common with the mean', () => {
		expect(staying(attention, 0)).toBeCloseTo(1 / 3);
		expect(staying(attention, 1)).toBeCloseTo(1);
	});

	it('names the head that follows, the one that stays, and the one that gives most to CLS, once they are measured', async () => {
		expect(mapsWords(attention, 1, null)).toBe('');
		const words = mapsWords(attention, 1, await stayingOf(attention, () => undefined));
		expect(words).toMatch(/head 1 changes most .*33/);
		expect(words).toMatch(/head 2 least \(100/);
		expect(words).toMatch(/gives head 2: 100/);
	});

	it('says nothing of CLS where there is none, and nothing where there is but one head', () => {
		expect(mapsWords({ ...attention, cls: false }, 1, [0, 1])).not.toMatch(/CLS/);
		expect(mapsWords({ ...attention, heads: 1 }, 1, [1])).toBe('');
	});
});

describe('what depth does', () => {
	const head = (block: number, head: number, distance: number) => ({ block, head, distance, entropy: distance / 10 });
	const all = [head(0, 0, 10), head(0, 1, 90), head(1, 0, 80), head(1, 1, 85)];

	it('is said of the first block and the last, in the unit of the measure', () => {
		expect(depthWords(all, 'distance')).toMatch(
			/block 1 have 10\.0 to 90\.0 px, those of block 2 have 80\.0 to 85\.0 px/
		);
		expect(depthWords(all, 'distance')).toMatch(/the more varied/);
		expect(depthWords(all, 'entropy')).toMatch(/look at about 3 to 8,103 tokens \(1\.00 to 9\.00 nats\)/);
		expect(depthWords([head(0, 0, 80), head(0, 1, 85), head(1, 0, 10), head(1, 1, 90)], 'distance')).toMatch(/less/);
	});

	it('is nothing with one block, or none', () => {
		expect(depthWords(all.slice(0, 2), 'distance')).toBe('');
		expect(depthWords([], 'distance')).toBe('');
	});
});
