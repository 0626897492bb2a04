import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../engine/train/contract';
import { RECIPE, TESTS } from '../../engine/train/presets';
import { readCurves, recordedOf } from './recorded-curves';
import { recipeOf, USUAL } from './setup';

const file = JSON.parse(readFileSync('static/recorded/growing.json', 'utf8')) as Record<string, unknown>;
const curves = readCurves(file);

describe('the recorded curves', () => {
	it('are of the pair that the page begins with', () => {
		expect([file['pictures'], file['seed']]).toEqual([USUAL.pictures, USUAL.seed]);
		expect(recipeOf(USUAL)).toEqual(RECIPE);
	});

	it.each(TASKS)('have both networks at each test of the task %s', (task) => {
		const recorded = recordedOf(curves, { ...USUAL, task });
		for (const curve of [recorded?.vit ?? [], recorded?.cnn ?? []]) {
			expect(curve.map(([step]) => step)).toEqual(
				Array.from({ length: RECIPE.steps / TESTS.every }, (_, i) => (i + 1) * TESTS.every)
			);
			expect(curve.every(([, share]) => share >= 0 && share <= 1)).toBe(true);
		}
	});

	it('stand for no other setup', () => {
		for (const other of [
			{ pictures: 50 },
			{ seed: 2 },
			{ positions: false },
			{ mirror: true },
			{ task: 'own' as const }
		])
			expect(recordedOf(curves, { ...USUAL, ...other }), JSON.stringify(other)).toBeNull();
	});

	it('are refused where the file is another', () => {
		expect(() => readCurves({ cells: [] })).toThrow('The recorded curves are none.');
	});
});
