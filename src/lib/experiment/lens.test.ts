import { beforeAll, describe, expect, it } from 'vitest';
import { isMapped } from '../analysis/class-maps';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { Model } from '../engine/model';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import { VARIANTS, variantCheckpoint } from '../engine/testing/variants';
import { lensOf } from './lens';

const KINDS = [
	['a plain ViT', timmCheckpoint()] as const,
	...VARIANTS.map((variant) => [variant.name, variantCheckpoint(variant)] as const)
];

describe.each(KINDS)('the lens on %s', (_, files) => {
	let model: Model;

	beforeAll(async () => {
		await useNodeBackend('cpu');
		model = Model.load(files);
		return () => model.dispose();
	});

	async function lens(edits: readonly Edit[], index: number) {
		const trace = await model.run(pixelValues(), { edits });
		const { config } = model;
		if (!isMapped(config)) return expect.fail('It is no ViT.');
		const read = (names: readonly string[]) => Promise.all(names.map((name) => model.read(trace, name)));
		const logits = await lensOf(config, read, edits, index, () => undefined);
		const { data } = await trace.read('logits');
		trace.dispose();
		return { logits, last: data[index] ?? NaN, depth: config.depth };
	}

	it('ends in the model’s own logit, whatever is changed', async () => {
		for (const edits of [[], [{ tap: 'blocks.0.attn.out', do: 'zero' }]] as const) {
			const { logits, last, depth } = await lens(edits, 1);
			expect(logits).toHaveLength(depth + 1);
			expect(logits.at(-1)).toBeCloseTo(last, 4);
		}
	});

	it('stays where a block is passed by', async () => {
		const { logits, last } = await lens([{ tap: 'blocks.1', do: 'skip' }], 0);
		expect(logits.at(-1)).toBe(logits.at(-2));
		expect(logits.at(-1)).toBeCloseTo(last, 4);
		expect(logits[1]).not.toBe(logits[0]);
	});
});
