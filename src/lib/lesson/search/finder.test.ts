import { describe, expect, it } from 'vitest';
import { searchable } from '../../content/index.server';
import { Finder, MOST } from './finder';
import { folded, indexOf } from './index-of';
import { marked, snippet, type Stretch } from './snippet';

const ENTRIES = [
	{ path: '/a', title: 'Softmax', where: 'Chapter 8', text: 'Scores become weights that sum to one.' },
	{ path: '/b', title: 'Scores', where: 'Chapter 8', text: 'A query meets each key; softmax comes next.' },
	{ path: '/c', title: 'Mosaïque', where: 'Glossary', text: 'Made of patches by Fréchet.' }
];
const finder = new Finder(indexOf(ENTRIES));
const paths = (query: string) => finder.find(query).found.map(({ path }) => path);
const marks = (stretches: readonly Stretch[] = []) => stretches.filter((one) => one.marked).map(({ text }) => text);
const whole = (stretches: readonly Stretch[]) => stretches.map(({ text }) => text).join('');

describe('finding', () => {
	it('puts a heading before a mention', () => expect(paths('softmax')).toEqual(['/a', '/b']));
	it('takes the beginning of a word', () => expect(paths('soft')).toEqual(['/a', '/b']));
	it('takes a slip of the finger', () => {
		expect(paths('sofmax')).toEqual(['/a', '/b']);
		expect(paths('wieghts')).toEqual(['/a']);
	});
	it('takes letters with or without their marks', () => {
		expect(paths('mosaique')).toEqual(['/c']);
		expect(paths('FRÉCHET')).toEqual(['/c']);
	});
	it('wants all words, and any where no place has all', () => {
		expect(paths('query softmax')).toEqual(['/b']);
		expect(paths('query mosaique').toSorted()).toEqual(['/b', '/c']);
	});
	it('finds nothing for nothing', () => {
		expect(finder.find(' . ')).toEqual({ found: [], total: 0 });
		expect(paths('zzzz')).toEqual([]);
	});
	it('marks what it found, as it is written there', () => {
		const [first] = finder.find('frechet patch').found;
		expect(marks(first?.snippet)).toEqual(['patches', 'Fréchet']);
		expect(marks(finder.find('softm').found[0]?.title)).toEqual(['Softmax']);
	});
	it('survives the way of the index through a file', () => {
		const read = new Finder(JSON.parse(JSON.stringify(indexOf(ENTRIES))));
		expect(read.find('softmax')).toEqual(finder.find('softmax'));
	});
	it('gives no more than can be read, and says how many there are', () => {
		const many = Array.from({ length: 30 }, (_, i) => ({ path: `/${i}`, title: 'Key', where: '', text: 'key' }));
		const { found, total } = new Finder(indexOf(many)).find('key');
		expect([found.length, total]).toEqual([MOST, 30]);
	});
});

describe('a snippet', () => {
	const text = `${'far away words '.repeat(20)}here the value meets the key ${'and more of them '.repeat(20)}`;

	it('shows where most of the words stand together, cut between words', () => {
		const stretches = snippet(text, new Set(['value', 'key']));
		expect(marks(stretches)).toEqual(['value', 'key']);
		expect(whole(stretches)).toMatch(/^… \w.*\w …$/);
		expect(whole(stretches).length).toBeLessThanOrEqual(190);
	});

	it('begins at the start where nothing is marked, and loses nothing of a short text', () => {
		expect(whole(snippet(text, new Set()))).toMatch(/^far away/);
		expect(whole(snippet('All of it.', new Set(['of'])))).toBe('All of it.');
		expect(whole(marked('a-b, c', new Set(['b'])))).toBe('a-b, c');
	});

	it('folds a word as the index does', () => expect(folded('ÉcoleＡ')).toBe('ecolea'));
});

describe('the lesson', () => {
	it.each([
		['cls token', /glossary\/#cls$/],
		['positional embeding', /positions/],
		['sofmax', /attention/],
		['distillation', /glossary\/#distillation$/],
		['layer norm', /(feed-forward|glossary\/#layer-norm)/]
	])('leads from ‘%s’ to where it is told', async (query, path) => {
		const { found } = new Finder(indexOf(await searchable())).find(query);
		expect(found.slice(0, 3).map((one) => one.path)).toContainEqual(expect.stringMatching(path));
	});

	it('has a place of its own for every entry', async () => {
		const entries = await searchable();
		expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length);
		expect(entries.filter(({ title, text }) => !title || !text).map(({ path }) => path)).toEqual([]);
	});
});
