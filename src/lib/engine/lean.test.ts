import { describe, expect, it } from 'vitest';
import { blockOf, bytesKept, keepWithin, leastBytes } from './lean';
import type { TapSpec } from './tap';

describe('what a run keeps within a budget', () => {
	const spec = (name: string, size: number): TapSpec => ({ name, shape: [1, size], axes: ['batch', 'feature'] });
	const specs = [
		spec('embeddings', 10),
		...['0', '1'].flatMap((i) => [
			spec(`blocks.${i}.norm1`, 10),
			spec(`blocks.${i}.attn.pattern`, 20),
			spec(`blocks.${i}.out`, 10)
		]),
		spec('norm', 10)
	];
	const within = (all: number, patterns = all) => ({ all, patterns });
	const kept = (...most: Parameters<typeof within>) => {
		const policy = keepWithin(within(...most), specs);
		return specs.flatMap(({ name }) => (policy.fateOf(name) === 'kept' ? [name] : []));
	};

	it('is all that fits; else what blocks hand on, and the patterns where they fit', () => {
		const stream = ['embeddings', 'blocks.0.out', 'blocks.1.out', 'norm'];
		expect(kept(400)).toEqual(specs.map(({ name }) => name));
		expect(kept(399).sort()).toEqual([...stream, 'blocks.0.attn.pattern', 'blocks.1.attn.pattern'].sort());
		expect(kept(319)).toEqual(stream);
		expect(kept(0)).toEqual(stream);
		expect([400, 399, 319, 0].map((budget) => bytesKept(specs, within(budget)))).toEqual([400, 320, 160, 160]);
	});

	it('is the patterns also beyond what everything may take, up to a bound of their own', () => {
		expect(kept(0, 320)).toEqual(kept(399));
		expect(kept(0, 319)).toEqual(kept(0));
	});

	it('takes at least what it keeps, and one block', () => {
		expect(leastBytes(specs)).toBe(160 + 160);
		expect(leastBytes([spec('logits', 3)])).toBe(12);
	});

	it('goes by the block that makes a tap', () => {
		expect(blockOf('blocks.11.attn.pattern')).toBe('blocks.11');
		expect(blockOf('stages.1.blocks.0.out')).toBe('stages.1.blocks.0');
		for (const name of ['embeddings', 'stages.0.merge', 'feature_maps.stage1', 'pool.attn.pattern', 'logits'])
			expect(blockOf(name)).toBeNull();
	});
});
