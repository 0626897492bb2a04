import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../app/app.svelte';
import { settle } from '../base/testing';
import type { Shown } from '../run/shown';
import { FakeEngine, model, photo, result } from '../run/testing';
import { SMALL_CONFIG } from '../engine/testing/small';
import { After } from './after.svelte';
import { Changes } from './changes.svelte';

const { imageSize, patchSize } = SMALL_CONFIG;
const grid = { rows: imageSize[0] / patchSize, columns: imageSize[1] / patchSize, prefix: ['CLS'] };

let engine: FakeEngine;
let changes: Changes;

/** Changes of a run that is shown; nothing else of the app is asked. */
beforeEach(() => {
	engine = new FakeEngine();
	const shown = { result: result(1), model: model('small'), photo: photo('cat'), grid } as unknown as Shown;
	const app = { session: { shown }, samples: [] } as unknown as App;
	changes = new Changes(app, (take) => new After(engine, take));
});

describe('what a reader changes', () => {
	it('is a list of edits, of which the brush’s is one', () => {
		changes.hide(new Set([0]));
		changes.add([{ tap: 'blocks.0', do: 'skip' }]);
		changes.hide(new Set([0, 1]));
		expect(changes.edits.map((edit) => edit.do)).toEqual(['zero', 'skip']);
		expect([...changes.hidden.squares]).toEqual([0, 1]);
		changes.hideAs('gone');
		expect(changes.edits.map((edit) => edit.do)).toEqual(['keep', 'skip']);
		changes.remove(1);
		expect(changes.edits).toHaveLength(1);
		changes.history.undo();
		changes.history.undo();
		expect([changes.hidden.hiding, changes.edits.length]).toEqual(['grey', 2]);
	});

	it('takes a stroke back as one', () => {
		const stroke = {};
		for (const squares of [[0], [0, 1], [0, 1, 2]]) changes.hide(new Set(squares), stroke);
		changes.history.undo();
		expect([changes.edits, changes.history.canUndo]).toEqual([[], false]);
	});

	it('remembers how the next stroke is to hide, and that is no change yet', () => {
		changes.hideAs('mean');
		expect([changes.hidden.hiding, changes.history.canUndo]).toEqual(['mean', false]);
		changes.hide(new Set([2]));
		expect(changes.edits[0]).toMatchObject({ do: 'mean' });
		changes.hide(new Set());
		expect([changes.edits.length, changes.hidden.hiding]).toEqual([0, 'mean']);
	});

	it('is run beside the untouched run, and nothing runs where nothing is changed', async () => {
		changes.follow();
		changes.clear();
		await settle();
		expect([engine.runs.length, changes.history.canUndo, changes.settled]).toEqual([0, false, true]);
		changes.hide(new Set([1]));
		expect(changes.settled).toBe(false);
		changes.follow();
		await settle();
		expect(engine.asked[0]).toMatchObject({ on: { of: 1 }, edits: changes.edits });
		expect(changes.settled).toBe(false);
		engine.runs[0]?.resolve(result(2));
		await settle();
		await settle();
		expect(changes.settled).toBe(true);
		changes.stop();
		expect(engine.disposed).toBe(true);
	});
});
