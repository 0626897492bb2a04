import { expect, it } from 'vitest';
import { left, ofToday, summaryOf, wantedCells, type Cell } from './data-hunger.ts';
import { settingsOf } from './train-run.ts';

const cell = (of: Partial<Cell>): Cell =>
	({ task: 'shape', model: 'vit', pictures: 50, seed: 1, accuracy: 0.5, chance: 0.25, ...of }) as Cell;

it('asks for every task, model, number of pictures and seed once, one seed after the other', () => {
	const wanted = wantedCells();
	expect(wanted).toHaveLength(4 * 2 * 3 * 3);
	expect(new Set(wanted.map((one) => JSON.stringify(one))).size).toBe(72);
	expect(wanted.slice(0, 24).every(({ seed }) => seed === 1)).toBe(true);
});

it('goes on with what is not there yet', () => {
	const done = wantedCells().slice(0, 30);
	const rest = left(done.map((one) => cell(one)));
	expect(rest).toEqual(wantedCells().slice(30));
	expect(left([])).toHaveLength(72);
});

it('makes again what was made by another network or recipe', () => {
	const [first = expect.fail(), second = expect.fail()] = wantedCells();
	const today = [first, second].map((of) =>
		cell({ ...of, ...settingsOf({ ...of, size: 32, steps: undefined, mirror: false, shift: 0 }) })
	);
	expect(ofToday(today)).toEqual(today);
	const [own = expect.fail(), other = expect.fail()] = today;
	expect(ofToday([{ ...own, recipe: { ...own.recipe, rate: 1 } }, other])).toEqual([other]);
});

it('tells mean and spread over the seeds that are done', () => {
	const cells = [0.25, 0.75, 0.8].map((accuracy, i) => cell({ accuracy, seed: i + 1 }));
	expect(summaryOf([...cells, cell({ model: 'cnn', accuracy: 1 })])).toEqual([
		{ task: 'shape', model: 'vit', pictures: 50, seeds: 3, mean: 0.6, least: 0.25, most: 0.8, chance: 0.25 },
		{ task: 'shape', model: 'cnn', pictures: 50, seeds: 1, mean: 1, least: 1, most: 1, chance: 0.25 }
	]);
});
