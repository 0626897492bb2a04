import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { figureNamed } from '$lib/lesson/figures';
import type { RecordedRun } from '$lib/lesson/recorded';
import { FIGURE_STATES, MARKS, stateInWords } from './specimens';

const { model, taps } = JSON.parse(readFileSync('static/recorded/run.json', 'utf8')) as RecordedRun;
const recorded = new Set(taps.map(({ name }) => name));

describe('the gallery', () => {
	it('has specimens of every mark', () => {
		const marks = readdirSync('src/lib/marks').filter((name) => name.endsWith('.svelte'));
		expect(MARKS.map(({ name }) => `${name}.svelte`).sort()).toEqual(marks.sort());
	});

	it('has specimens of every figure', () => {
		const folders = readdirSync('src/lib/figures').filter((name) =>
			existsSync(`src/lib/figures/${name}/Figure.svelte`)
		);
		expect(FIGURE_STATES.map(({ name }) => name).sort()).toEqual(folders.sort());
	});

	it.each(MARKS)('tells the specimens of $name apart', ({ list }) => {
		expect(list.length).toBeGreaterThan(0);
		expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
	});

	it.each(FIGURE_STATES)('shows $name in states that differ, and that the recorded run is enough for', (figure) => {
		const { parse, taps } = figureNamed(figure.name);
		expect(figure.states.length).toBeGreaterThan(0);
		expect(new Set(figure.states.map(stateInWords)).size).toBe(figure.states.length);
		const read = figure.states.flatMap((attributes) => taps(model.config, parse(attributes)));
		expect(read.filter((name) => !recorded.has(name))).toEqual([]);
	});
});
