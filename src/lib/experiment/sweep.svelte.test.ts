import { beforeEach, describe, expect, it } from 'vitest';
import { shownOn } from '../app/testing';
import { settle } from '../base/testing';
import { PatchworkError } from '../base/errors';
import { FakeEngine, photo, result } from '../run/testing';
import type { Shown } from '../run/shown';
import { PhotoRuns } from '../tools/photo-runs';
import { effectsCsv, effectsJson } from './effects-file';
import { Sweeping } from './sweep.svelte';
import type { Sweep } from './sweeps';

const SWEEP: Sweep = {
	...{ id: 'heads-zero', title: 'Every head silenced', does: 'that head silenced', over: 'heads', rows: 2, columns: 2 },
	edits: [
		{ tap: 'blocks.0.attn.head_out', head: 0, do: 'zero' },
		null,
		{ tap: 'blocks.1.attn.head_out', head: 0, do: 'zero' },
		{ tap: 'blocks.1.attn.head_out', head: 1, do: 'zero' }
	]
};

let engine: FakeEngine;
let base: Shown;
let sweeping: Sweeping;

beforeEach(async () => {
	engine = new FakeEngine();
	base = await shownOn(engine);
	sweeping = new Sweeping(engine, new PhotoRuns(engine, async () => photo('other').bitmap));
});

/** Answers the next run: the values of its taps are its number. */
async function answer(id: number): Promise<void> {
	await settle();
	engine.runs.at(-1)?.resolve(result(id));
	await settle();
}

describe('a sweep', () => {
	it('runs one place after the other, beside the untouched run, and forgets each', async () => {
		const done = sweeping.start(SWEEP, base, 2);
		await answer(2);
		expect(sweeping.lane.task?.progress).toEqual({ loaded: 1, total: 3 });
		expect(engine.asked.at(-1)).toMatchObject({ on: { of: 1 }, names: ['logits'] });
		await answer(3);
		await answer(9);
		await done;
		// Every logit of run i is i, and that of the untouched run 1.
		expect([...(sweeping.effects?.drops ?? [])]).toEqual([-1, NaN, -2, -8]);
		expect(engine.asked.slice(1).map(({ edits }) => edits)).toEqual([
			[SWEEP.edits[0]],
			[SWEEP.edits[2]],
			[SWEEP.edits[3]]
		]);
		expect(engine.forgotten).toEqual([2, 3, 9]);
		expect(sweeping.lane.task).toBeNull();
	});

	it('ends quietly where it is cleared while it goes on', async () => {
		const done = sweeping.start(SWEEP, base, 2);
		expect(sweeping.lane.task).not.toBeNull();
		sweeping.clear();
		await answer(2);
		await done;
		expect([sweeping.lane.task, sweeping.effects, sweeping.lane.error]).toEqual([null, null, null]);
	});

	it('is given up between two runs, and can be begun again', async () => {
		const first = sweeping.start(SWEEP, base, 2);
		await answer(2);
		sweeping.lane.cancel();
		await answer(3);
		await first;
		expect([sweeping.effects, sweeping.lane.error]).toEqual([null, null]);
		const asked = engine.runs.length;
		const again = sweeping.start(SWEEP, base, 2);
		for (const id of [4, 5, 6]) await answer(id);
		await again;
		expect(engine.runs.length - asked).toBe(3);
		expect(sweeping.effects?.drops[0]).toBe(-3);
		expect(engine.forgotten).toEqual([2, 3, 4, 5, 6]);
	});

	it('says what went wrong, and keeps what an earlier one found', async () => {
		const first = sweeping.start(SWEEP, base, 2);
		for (const id of [2, 3, 4]) await answer(id);
		await first;
		const found = sweeping.effects;
		const second = sweeping.start(SWEEP, base, 2);
		await settle();
		engine.runs.at(-1)?.reject(new PatchworkError('backend', 'The engine is gone; reload the page.'));
		await second;
		expect(sweeping.lane.error).toBe('The engine is gone; reload the page.');
		expect(sweeping.effects).toBe(found);
	});

	it('can be saved, with every place that there is', async () => {
		const done = sweeping.start(SWEEP, base, 2);
		for (const id of [2, 3, 9]) await answer(id);
		await done;
		if (!sweeping.effects) throw new Error('Nothing was found.');
		const about = { effects: sweeping.effects, label: 'c', imageSize: null };
		const third = 1 / 3;
		const [head, ...rows] = effectsCsv(about).trim().split('\n');
		expect(head).toBe('block,head,drop,score');
		expect(rows.map((row) => row.split(',').map(Number))).toEqual([
			[0, 0, -1, expect.closeTo(third, 6)],
			[1, 0, -2, expect.closeTo(third, 6)],
			[1, 1, -8, expect.closeTo(third, 6)]
		]);
		const json = JSON.parse(effectsJson(about)) as { effects: unknown[] };
		expect(json).toMatchObject({ photo: 'cat', model: 'small', class: { index: 2, label: 'c' } });
		expect(json.effects[1]).toMatchObject({ block: 1, head: 0, drop: -2, edit: SWEEP.edits[2] });
	});
});
