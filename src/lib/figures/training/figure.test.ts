import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { RECIPE } from '../../engine/train/presets';
import type { ModelRun } from '../figure';
import { figure, VIEWS } from './figure';
import { leadsOf, readHunger, readMaking } from './recorded';

describe('the attributes', () => {
	it('name a view, and unknown ones are refused', () => {
		expect(figure.parse({})).toEqual({ view: 'hunger', task: 'shape', change: 'none', at: RECIPE.steps });
		expect(figure.parse({ view: 'growing', change: 'positions', at: '25' })).toMatchObject({ change: 'positions', at: 25 });
		expect(VIEWS.map((view) => figure.parse({ view }).view)).toEqual([...VIEWS]);
		expect(() => figure.parse({ view: 'other' })).toThrow(/view/);
	});
});

describe('the loss of the first class', () => {
	const answer = (score: number, scores: 'softmax' | 'number' = 'softmax') => {
		const top = [{ index: 0, label: 'owl', score }];
		const run = { model: { config: { ...SMALL_CONFIG, scores } }, top } as unknown as ModelRun;
		return figure.reveals?.['loss']?.answer(run, () => expect.fail());
	};

	it('is told from the share that it was given', async () => {
		expect(await answer(0.99)).toMatchObject({ choice: 0 });
		expect(await answer(0.5)).toMatchObject({ choice: 1, sentence: expect.stringContaining('0.693') as unknown });
		expect(await answer(0.1)).toMatchObject({ choice: 2 });
		expect(await answer(3, 'number')).toMatchObject({ choice: null });
	});
});

describe('how the bundled models were made', () => {
	it.each(['patchwork-t', 'patchwork-c'])('is told of %s from its own curves', (model) => {
		const curves: unknown = JSON.parse(readFileSync(`static/models/${model}/curves.json`, 'utf8'));
		const { stretches, agreements } = readMaking(curves);
		expect(new Set(stretches.map(({ phase }) => phase))).toEqual(new Set(['parts', 'whole']));
		expect(stretches.every(({ seen }, i) => i === 0 || seen >= (stretches[i - 1]?.seen ?? 0))).toBe(true);
		expect(agreements.at(-1)?.share).toBeGreaterThan(0.5);
	});

	it('is refused where it is none', () => {
		expect(() => readMaking({})).toThrow('none');
	});
});

describe('the table', () => {
	it('is read as the command writes it', () => {
		const row = { task: 'shape', model: 'vit', pictures: 50, seeds: 1, mean: 0.5, least: 0.5, most: 0.5, chance: 0.25 };
		const cells = [
			{ task: 'shape', date: '2026-11-30', steps: 400, heldOut: 500 },
			{ task: 'same-different', date: '2026-11-29', steps: 1200, heldOut: 500 }
		];
		const table = readHunger({ command: 'npm run train -- --table', summary: [row], cells });
		expect(table).toMatchObject({ rows: [row], date: '2026-11-30', steps: { shape: 400, 'same-different': 1200 }, heldOut: 500 });
		expect(() => readHunger([])).toThrow('none');
	});

	it('says who is clearly ahead, and with how many pictures', () => {
		const row = (model: 'vit' | 'cnn', pictures: number, mean: number) =>
			({ task: 'texture', model, pictures, mean, seeds: 1, least: mean, most: mean, chance: 0.25 }) as const;
		const rows = [row('vit', 50, 0.6), row('cnn', 50, 0.5), row('vit', 500, 0.9), row('cnn', 500, 0.92)];
		const more = [...rows, row('vit', 5000, 0.8), row('cnn', 5000, 0.99), row('vit', 9, 0.1)];
		expect(leadsOf(more)).toEqual([{ task: 'texture', cnn: [5000], vit: [50] }]);
	});

	it('lies where the page looks for it', () => {
		const path = 'static/recorded/data-hunger.json';
		expect(existsSync(path)).toBe(true);
		const { rows, date } = readHunger(JSON.parse(readFileSync(path, 'utf8')));
		expect(rows.length).toBeGreaterThan(0);
		expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
		for (const { least, mean, most } of rows) expect(least <= mean && mean <= most).toBe(true);
	});
});
