import { beforeEach, expect, it } from 'vitest';
import { shownOn } from '../app/testing';
import { settle } from '../base/testing';
import { CLASS_MAPS } from '../analysis/class-maps';
import { FakeEngine, result } from '../run/testing';
import type { Shown } from '../run/shown';
import { RANDOM, Trusting } from './trust.svelte';

let engine: FakeEngine;
let base: Shown;
let trusting: Trusting;

beforeEach(async () => {
	engine = new FakeEngine();
	base = await shownOn(engine);
	trusting = new Trusting(engine);
});

/** Answers runs as they are asked for, the score of each its number, until there are so many. */
async function answer(count: number): Promise<void> {
	while (engine.runs.length <= count) {
		await settle();
		const id = engine.runs.length;
		engine.runs.at(-1)?.resolve(result(id));
		await settle();
		if (trusting.lane.task === null) return;
	}
}

it('takes patches out and puts them in, in the order of every map and in none', async () => {
	const done = trusting.start(base, 1);
	await answer(Trusting.runs + 1);
	await done;
	expect(trusting.lane.error).toBeNull();
	const { measured } = trusting.found ?? { measured: [] };
	expect(measured.map(({ name }) => name)).toEqual([...CLASS_MAPS, RANDOM]);
	expect(engine.runs.length - 1).toBe(Trusting.runs);
	for (const { curves, areas, map } of measured) {
		expect([curves.deletion.length, curves.insertion.length]).toEqual([10, 10]);
		expect(areas.insertion).toBeGreaterThan(areas.deletion);
		expect(map === null || map.length === base.grid.rows * base.grid.columns).toBe(true);
	}
	// The run that is shown stays, and every other one is forgotten.
	expect(engine.forgotten).toHaveLength(Trusting.runs);
	expect(engine.forgotten).not.toContain(1);
	const kept = engine.asked.slice(1).map(({ edits = [] }) => edits.length);
	expect(kept.filter((count) => count === 0).length).toBeGreaterThan(0);
});

it('is given up between two runs', async () => {
	const done = trusting.start(base, 1);
	await answer(5);
	trusting.lane.cancel();
	engine.runs.at(-1)?.resolve(result(99));
	await done;
	expect([trusting.found, trusting.lane.task]).toEqual([null, null]);
	expect(engine.forgotten).toHaveLength(engine.runs.length - 1);
});
