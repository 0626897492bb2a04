import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chapter } from '../content/chapter';
import { partAt, scenesOf, turnOf } from './scenes';

const step = (id: string, tap: string) => ({
	id,
	title: id,
	html: '',
	figure: 'patches',
	attributes: { size: '8' },
	tap
});
const chapter: Chapter = {
	number: 1,
	language: 'en',
	slug: 'patches',
	title: 'Patches',
	summary: 'Cut up.',
	minutes: 2,
	steps: [step('start', 'pixel_values'), step('cut', 'patches')],
	predictions: [
		{
			id: 'guess',
			html: '',
			figure: 'positions',
			attributes: {},
			tap: 'norm',
			reveal: 'shuffle',
			covered: true,
			choices: ['a', 'b']
		}
	],
	questions: [],
	references: []
};

describe('scenes of a chapter', () => {
	it('are its steps and then its predictions, which may cover their figure', () => {
		expect(scenesOf(chapter)).toEqual([
			{ id: 'start', figure: 'patches', attributes: { size: '8' }, tap: 'pixel_values', covered: false },
			{ id: 'cut', figure: 'patches', attributes: { size: '8' }, tap: 'patches', covered: false },
			{ id: 'guess', figure: 'positions', attributes: {}, tap: 'norm', covered: true }
		]);
	});
});

describe('the part that is read', () => {
	const extents = [
		{ id: 'a', top: -100, bottom: 200 },
		{ id: 'b', top: 250, bottom: 500 },
		{ id: 'c', top: 600, bottom: 900 }
	];

	it.each([
		[100, 'a'],
		[220, 'a'],
		[260, 'b'],
		[5000, 'c'],
		[-500, 'a']
	])('at line %i: %s', (line, id) => expect(partAt(extents, line)).toBe(id));

	it('is none where there are none', () => expect(partAt([], 0)).toBeNull());
});

describe('a key', () => {
	/** As much of an element as says what it lies in. */
	class Part {
		readonly #inside: readonly string[];
		constructor(...inside: string[]) {
			this.#inside = inside;
		}
		closest(selectors: string) {
			return selectors.split(', ').some((selector) => this.#inside.includes(selector)) ? this : null;
		}
	}
	beforeEach(() => vi.stubGlobal('Element', Part));
	afterEach(() => vi.unstubAllGlobals());

	const press = (key: string, more: object = {}) =>
		turnOf({ key, target: new Part(), ...more } as unknown as KeyboardEvent);

	it('turns the steps', () => {
		expect([press('ArrowRight'), press('ArrowLeft'), press('ArrowDown')]).toEqual([1, -1, 0]);
	});

	it.each(['ctrlKey', 'metaKey', 'altKey', 'shiftKey', 'defaultPrevented'])('means something else with %s', (name) => {
		expect(press('ArrowRight', { [name]: true })).toBe(0);
	});

	it.each(['input', 'select', 'textarea', '[role]', '[contenteditable]', 'aside'])('is left to %s', (name) => {
		expect(press('ArrowRight', { target: new Part(name) })).toBe(0);
	});
});
