import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../app/app.svelte';
import { ViewSettings } from '../run/view-settings.svelte';
import { measures } from './measures';
import type { Query } from '../run/places';
import { Side } from './side.svelte';
import { WindowView } from '../views/windows/window-view.svelte';
import { swinRun } from './testing';
import { missingSentence } from './words';

describe('a panel that shows a Swin', () => {
	let query: Query;
	let side: Side;

	beforeEach(() => {
		const app = new App();
		Object.defineProperty(app, 'session', { value: { shown: swinRun() } });
		query = { x: 0.9, y: 0.1 };
		side = new Side({
			name: 'B',
			source: () => app,
			leader: () => null,
			headsGoTogether: () => false,
			query: () => query,
			picked: () => query,
			pointed: () => null,
			lookedFrom: () => null,
			hover: () => undefined,
			pick: (next) => (query = next),
			direction: () => 'from',
			samePhoto: () => false,
			firstLook: () => null,
			settings: new ViewSettings()
		});
	});

	it('looks from the token at the place, on the map of the stage', () => {
		expect(side.view).toBeInstanceOf(WindowView);
		side.choose(0, 'mean');
		expect(side.view).toMatchObject({ grid: { rows: 8, columns: 8 }, token: 7 });
		side.choose(3, 'mean');
		expect(side.view).toMatchObject({ grid: { rows: 4, columns: 4 }, token: 3 });
		expect(side.heads).toBe(2);
	});

	it('has a line over the whole map, with nothing outside of the window', () => {
		side.choose(2, 1);
		const { line } = side.view;
		expect([line?.rows, line?.columns, line?.before]).toEqual([4, 4, 0]);
		// The window of the upper right has its first place in column 3.
		const wanted = new Array(16).fill(NaN);
		for (const [token, weight] of [
			[2, 1],
			[3, 0],
			[6, 0],
			[7, 0]
		] as const)
			wanted[token] = weight;
		expect(Array.from(line?.values ?? [])).toEqual(wanted);
		expect([side.most, side.view.reach]).toEqual([1, 4]);
		expect(side.view.queryStats).toMatchObject({ entropy: 0, cls: null });
	});

	it('says that it has no CLS, and shows the middle', () => {
		query = 'cls';
		side.choose(3, 'mean');
		expect([side.hasQuery, side.view.token]).toEqual([false, 10]);
		expect(missingSentence(side)).toMatch(/ has no CLS token, so B shows row 3, column 3\.$/);
		query = { x: 0.5, y: 0.5 };
		expect(missingSentence(side)).toBeNull();
	});

	it('is measured by its own windows', async () => {
		side.choose(0, 'mean');
		const heads = (await side.view.headStats?.(() => undefined)) ?? null;
		const rows = measures(side, side, [heads, heads]).flatMap((group) => group.rows);
		const of = (label: string) => rows.find((row) => row.label === label);
		expect(of('Entropy')).toMatchObject({ hint: `nats, at most ${Math.log(16).toFixed(2)}`, values: ['0.00', '0.00'] });
		expect(of('To CLS')).toBeUndefined();
		expect(of('Largest on a patch')?.values).toEqual(['100.0 %', '100.0 %']);
	});
});
