import { describe, expect, it, vi } from 'vitest';
import { PatchworkError } from '../../base/errors';
import type { Edit } from '../../engine/edits/edit';
import { EVERY_KIND } from '../../engine/testing/kinds';
import type { AsideResult } from '../../run/aside';
import type { ModelRun } from '../figure';
import { changesOf as ofHead } from '../heads/changes';
import { changesOf as ofBlock } from '../residual/changes';
import { checkEdits, madeUpRun } from './testing';
import { Trial, type WhatIf } from './what-if.svelte';

const one: WhatIf = { label: 'Silence head 1', edits: [{ tap: 'blocks.0.attn.head_out', head: 0, do: 'zero' }] };
const other: WhatIf = { label: 'Skip', edits: [{ tap: 'blocks.0', do: 'skip' }] };
const answer = { top: [] } as unknown as AsideResult;

const runWith = (experiment: ModelRun['experiment']) => ({ experiment }) as ModelRun;

describe('a change of the run that is shown', () => {
	it('is done, answered, and taken back by the same button', async () => {
		const experiment = vi.fn((edits: readonly Edit[]) => Promise.resolve({ ...answer, edits }));
		const run = runWith(experiment as never);
		const trial = new Trial();
		await trial.toggle(run, one);
		expect(experiment).toHaveBeenCalledWith(one.edits, [], expect.any(AbortSignal));
		expect([trial.resultOf(run, one) !== null, trial.resultOf(run, other)]).toEqual([true, null]);
		await trial.toggle(run, one);
		expect([trial.resultOf(run, one), experiment.mock.calls.length]).toEqual([null, 1]);
	});

	it('is of its own run only, and makes way for another', async () => {
		const run = runWith(() => Promise.resolve(answer));
		const trial = new Trial();
		await trial.toggle(run, one);
		expect(
			trial.resultOf(
				runWith(() => Promise.resolve(answer)),
				one
			)
		).toBeNull();
		await trial.toggle(run, other);
		expect([trial.resultOf(run, one), trial.resultOf(run, other)]).toEqual([null, answer]);
	});

	it('comes to nothing where another was asked for meanwhile', async () => {
		let finish: (result: AsideResult) => void = () => undefined;
		const slow = runWith(
			(_, __, signal) =>
				new Promise((resolve, reject) => {
					finish = resolve;
					signal?.addEventListener('abort', () => reject(new PatchworkError('cancelled', 'Another was asked for.')));
				})
		);
		const trial = new Trial();
		const first = trial.toggle(slow, one);
		expect(trial.isRunning(one)).toBe(true);
		const second = trial.toggle(slow, other);
		expect([trial.isRunning(one), trial.isRunning(other)]).toEqual([false, true]);
		finish(answer);
		await Promise.all([first, second]);
		expect([trial.resultOf(slow, one), trial.resultOf(slow, other), trial.failed]).toEqual([null, answer, null]);
	});

	it('says why it could not be run', async () => {
		const trial = new Trial();
		await trial.toggle(
			runWith(() => Promise.reject(new PatchworkError('request', 'There is no such head.'))),
			one
		);
		expect([trial.failed, trial.isRunning(one)]).toEqual(['There is no such head.', false]);
	});
});

describe.each(EVERY_KIND)('what figures offer to change in %s', (_, files) => {
	it('fits the model', async () => {
		const { config } = await madeUpRun(() => [], files);
		const block = config.depth - 1;
		for (const { label, edits } of [...ofHead({ block, head: config.heads - 1 }), ...ofBlock(`blocks.${block}`)])
			expect(() => checkEdits(config, edits), label).not.toThrow();
		expect(() => checkEdits(config, ofBlock(`blocks.${config.depth}`)[0]?.edits ?? [])).toThrow('tap');
	});
});
