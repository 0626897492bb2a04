import { expect, it } from 'vitest';
import type { Attention } from './attention';
import { subjectHead, subjectOf } from './subject-head';

/** One head of each of these lists of rows: CLS first, then a grid of one row. */
function block(...heads: readonly (readonly (readonly number[])[])[]): Attention {
	const tokens = heads[0]?.length ?? 0;
	const data = Float32Array.from(heads.flat(2));
	return { data, heads: heads.length, tokens, prefix: 1, cls: true, rows: 1, columns: tokens - 1, patchSize: 16 };
}

const even = [0.2, 0.2, 0.2, 0.2, 0.2];
/** A head in which CLS gives this, and all others look everywhere. */
const from = (...cls: number[]) => [cls, even, even, even, even];

it('takes the fewest patches that hold six tenths of what CLS gives beyond what the patches give', () => {
	// On average over its heads, CLS gives 1/16, 1/2, 5/16 and 1/8 of what it gives to patches, where these give 1/4 to each:
	// 1/4 and 1/16 beyond that, of which the first is eight tenths.
	const last = block(from(0.2, 0.1, 0.4, 0.2, 0.1), from(0.2, 0, 0.4, 0.3, 0.1));
	expect([...subjectOf(last)]).toEqual([0, 1, 0, 0]);
	expect([...subjectOf(last, 0.9)]).toEqual([0, 1, 1, 0]);
	expect([...subjectOf(last, 1)]).toEqual([0, 1, 1, 0]);
});

it('takes no patch that every token looks at', () => {
	const noted = [0, 0.7, 0.1, 0.1, 0.1];
	const last = block([[0, 0.6, 0.05, 0.3, 0.05], noted, noted, noted, noted]);
	expect([...subjectOf(last)]).toEqual([0, 0, 1, 0]);
});

it('asks all tokens where there is no CLS', () => {
	const rows = [
		[0.1, 0.9],
		[0.3, 0.7]
	];
	const last = { ...block(rows), prefix: 0, cls: false, columns: 2 };
	expect([...subjectOf(last)]).toEqual([0, 1]);
});

it('finds the head that gives most to the subject, and says how much', () => {
	const last = block(from(0, 0, 1, 0, 0), from(0, 0, 1, 0, 0));
	const blocks = [
		block(from(0.2, 0.2, 0.2, 0.2, 0.2), from(0, 0.5, 0.5, 0, 0)),
		block(from(0.1, 0, 0.75, 0.15, 0), from(0.9, 0, 0.1, 0, 0)),
		last
	];
	expect(subjectHead(blocks, 0)).toEqual({ block: 1, head: 0, share: 0.75, area: 0.25 });
	expect(subjectHead(blocks, 0, [0])).toEqual({ block: 0, head: 1, share: 0.5, area: 0.25 });
});

it('asks another token, and the last block where there is no other', () => {
	const last = block([even, [0, 0, 0, 1, 0], even, even, even]);
	const { block: at, share } = subjectHead([last], 1, undefined);
	expect([at, share]).toEqual([0, subjectOf(last)[2] ?? 0]);
	expect(() => subjectHead([], 0)).toThrow('no heads to choose from');
	expect(() => subjectHead([last], 9)).toThrow('no token 9');
});
