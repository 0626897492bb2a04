import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../engine/families';
import type { TapData } from '../../engine/tap';
import { SMALL_CONFIG } from '../../engine/testing/small';
import type { ModelRun } from '../figure';
import { figure } from './figure';
import { work } from './reveal';

/** Three blocks of two tokens, CLS and a patch; only the model's config is read of a run. */
const config: ModelConfig = { ...SMALL_CONFIG, depth: 3 };
const run = { model: { config } } as unknown as ModelRun;

/** What goes past has length 6 for the patch everywhere; what is added to it is as long as `added` says of the block. */
const taps =
	(added: readonly number[], cls = 1) =>
	(name: string): TapData => {
		const block = Number(/blocks\.(\d+)/.exec(name)?.[1]);
		const length = /attn\.out|mlp\.out/.test(name) ? (added[block] ?? NaN) : 6;
		return { name, shape: [1, 2, 1], axes: ['batch', 'token', 'feature'], data: Float32Array.of(cls, length) };
	};

describe('where most is done', () => {
	it('is the third in which least goes past beside what is added', () => {
		expect(
			[
				[3, 1, 1],
				[1, 2, 1],
				[1, 2, 6]
			].map((added) => work.answer(run, taps(added)).choice)
		).toEqual([0, 1, 2]);
		expect(work.answer(run, taps([3, 1, 2])).sentence).toMatch(
			/: 2\S* in the first third, 6\S* in the middle third, 3\S*/
		);
	});

	it('is told of patches, whatever is added to CLS', () => {
		expect(work.answer(run, taps([3, 1, 2], 500))).toEqual(work.answer(run, taps([3, 1, 2])));
	});

	it('reads what goes past and what is added, each once', () => {
		const read = work.taps(config, figure.parse({}));
		expect(new Set(read).size).toBe(read.length);
		expect(read).toContain('blocks.0.attn.out');
		expect(read).toContain('blocks.2.residual1');
	});
});
