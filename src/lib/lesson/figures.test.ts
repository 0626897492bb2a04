import { beforeAll, describe, expect, it } from 'vitest';
import { chapters } from '../content/index.server';
import { tapSpecs, parameterSpecs } from '../engine/families';
import { madeUpRun, madeUpSwinRun, smallRun, type MadeUpRun } from '../figures/kit/testing';
import { needsOf, readOf } from '../figures/kit/ways';
import { EVERY_KIND } from '../engine/testing/kinds';
import { FIGURES } from './figures';

/** Those whose answers need the engine, and cannot be had from taps alone; they are tested with their figures. */
const RUNS_THE_MODEL = ['pipeline', 'positions', 'embedding-space', 'guess'];

/** A first class, where the model has classes. */
function topOf({ scores }: MadeUpRun['config']) {
	return scores === 'softmax' || scores === 'sigmoid' ? [{ index: 0, label: 'owl', score: 0.5 }] : [];
}

const reveals = [...FIGURES.values()].flatMap(({ name, reveals = {} }) =>
	Object.entries(reveals).map(([id, reveal]) => ({ figure: name, id, reveal }))
);

describe.each(EVERY_KIND)('in %s', (_, files) => {
	let run: MadeUpRun;
	beforeAll(async () => (run = await madeUpRun(undefined, files)));

	it('every step of every chapter reads taps that are there', async () => {
		const known = new Set([...tapSpecs(run.config), ...parameterSpecs(run.config)].map(({ name }) => name));
		const steps = (await chapters()).flatMap((chapter) => [...chapter.steps, ...chapter.predictions]);
		expect(steps.length).toBeGreaterThan(50);
		for (const { id, figure, attributes } of steps) {
			const of = FIGURES.get(figure) ?? expect.fail(figure);
			const read = readOf(of, of.parse(attributes), run.config);
			// Of a model without CLS or without learned positions, what is about that is drawn from the recorded run.
			const needs = needsOf(of, of.parse(attributes));
			const lacksCls = !run.config.cls && needs.includes('cls');
			const lacksPositions = run.config.rotary !== null && needs.includes('positions');
			expect(read === null, `${figure}#${id}`).toBe(lacksCls || lacksPositions);
			const missing = (read?.names ?? []).filter((name) => !known.has(name));
			expect(missing, `${figure}#${id}`).toEqual([]);
		}
	});

	it.each(reveals)('the prediction $id of $figure reads taps that are there', ({ reveal }) => {
		expect(() => reveal.taps(run.config).map(run.tap)).not.toThrow();
	});

	it.each(reveals.filter(({ figure }) => !RUNS_THE_MODEL.includes(figure)))(
		'the prediction $id of $figure has an answer',
		async ({ reveal }) => {
			const { choice, sentence } = await reveal.answer(smallRun(run.config, topOf(run.config)), run.tap);
			// Only what is about classes has no answer where there are none to choose from, or none comes first.
			expect(choice === null).toBe(/names no classes|one class only|no class can come first/.test(sentence));
			expect(sentence).not.toMatch(/NaN|undefined|Infinity|class -1/);
		}
	);
});

it('every step that is drawn from a Swin reads taps that are there', async () => {
	const { config } = await madeUpSwinRun(() => []);
	const known = new Set([...tapSpecs(config), ...parameterSpecs(config)].map(({ name }) => name));
	const steps = (await chapters()).flatMap((chapter) => [...chapter.steps, ...chapter.predictions]);
	const read = steps.flatMap(({ figure, attributes }) => {
		const of = FIGURES.get(figure) ?? expect.fail(figure);
		return readOf(of, of.parse(attributes), config)?.names ?? [];
	});
	expect(read.length).toBeGreaterThan(0);
	expect(read.filter((name) => !known.has(name))).toEqual([]);
});
