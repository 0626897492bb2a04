import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../engine/train/contract';
import { RECIPE } from '../../engine/train/presets';
import { readGrowing } from '../../figures/training/growing';
import { recordedOf } from './recorded-curves';
import { recipeOf, SIZES, USUAL } from './setup';

const recorded = readGrowing(JSON.parse(readFileSync('static/recorded/growing.json', 'utf8')));

describe('the recorded curves', () => {
	it('are of the pair that the page begins with', () => {
		expect([recorded.pictures, recorded.seed]).toEqual([USUAL.pictures, USUAL.seed]);
		expect(recipeOf(USUAL)).toEqual(RECIPE);
	});

	it.each(TASKS)('are those of the task %s', (task) => {
		expect(recordedOf(recorded, { ...USUAL, task })).toBe(recorded.tasks[task]);
	});

	it('stand for no other setup', () => {
		for (const other of [
			{ pictures: 50 },
			{ seed: 2 },
			{ positions: false },
			{ mirror: true },
			...SIZES.filter((size) => size !== 32).map((size) => ({ size })),
			{ task: 'own' as const }
		])
			expect(recordedOf(recorded, { ...USUAL, ...other }), JSON.stringify(other)).toBeNull();
	});
});
