import { describe, expect, it } from 'vitest';
import { mobileNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { Model } from '../engine/model';
import { useNodeBackend } from '../engine/backends/node';
import { SMALL_CONFIG } from '../engine/testing/small';
import { carried, shortcutsOf } from './shortcuts';

describe('the shortcuts of a network', () => {
	it('are two a block of attention', () => {
		expect(shortcutsOf(SMALL_CONFIG).slice(0, 3)).toEqual([
			{ stem: 'blocks.0', part: 'attention', past: 'embeddings', added: 'blocks.0.attn.out' },
			{ stem: 'blocks.0', part: 'mlp', past: 'blocks.0.residual1', added: 'blocks.0.mlp.out' },
			{ stem: 'blocks.1', part: 'attention', past: 'blocks.0.out', added: 'blocks.1.attn.out' }
		]);
	});

	it('are those of the blocks of a CNN that keep their shape', async () => {
		await useNodeBackend('cpu');
		const model = Model.load(mobileNetCheckpoint());
		const all = shortcutsOf(model.config);
		model.dispose();
		expect(all.length).toBeGreaterThan(0);
		for (const { past, added, stem } of all) {
			expect(added).toMatch(new RegExp(`^${stem}\\.\\w+$`));
			expect(past).toMatch(/\.out$|^stem$/);
		}
	});
});

describe('what goes past', () => {
	const past = { shape: [1, 3, 2], data: Float32Array.of(3, 4, 0, 5, 6, 8) };
	const added = { shape: [1, 3, 2], data: Float32Array.of(0, 1, 2, 0, 0, 2) };

	it('is measured in lengths of what is added', () => {
		expect(carried(past, added)).toBeCloseTo(20 / 5, 6);
		expect(carried(past, added, 1)).toBeCloseTo(15 / 4, 6);
		expect(carried(past, added, 0, 1)).toBeCloseTo(5, 6);
	});
});
