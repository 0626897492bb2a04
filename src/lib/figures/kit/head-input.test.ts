import { describe, expect, it } from 'vitest';
import { headInputs } from '../../engine/vit/config';
import { linear } from '../../analysis/linear';
import { madeUpRun, relativeDifference } from './testing';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { headInput, headInputWords, readByHeads } from './head-input';

describe.each(EVERY_KIND)('what the head of %s reads', (kind, files) => {
	it('gives the logits, times the head’s matrix', async () => {
		const { config, tap } = await madeUpRun(undefined, files);
		const input = headInput(tap, config);
		expect(input).toHaveLength(headInputs(config));
		// Of two heads the logits are the mean of both.
		if (config.classes === 0 || config.distillationHead) return;
		const logits = linear(input, tap('parameters.head.weight').data, tap('parameters.head.bias').data);
		expect(relativeDifference(logits, tap('logits').data)).toBeLessThan(1e-5);
	});

	it('is named', async () => {
		const { config } = await madeUpRun(() => [], files);
		expect(headInputWords(config).includes('mean')).toBe(/mean/.test(kind));
		expect(readByHeads(config)).toMatch(/^the /);
		expect(readByHeads(config).includes('distillation')).toBe(/its own head/.test(kind));
	});
});
