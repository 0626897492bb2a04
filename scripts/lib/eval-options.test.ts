import { expect, it } from 'vitest';
import { evalOptions, isTable } from './eval-options.ts';

const NEEDED = ['--model', '/m', '--photos', '/p'];
const options = (...args: string[]) => evalOptions([...NEEDED, ...args]);

it('need a model and photos, and nothing else', () => {
	expect(options()).toEqual({
		model: '/m',
		photos: '/p',
		backend: 'wasm',
		edit: undefined,
		edits: undefined,
		changes: [],
		removals: [],
		measures: [],
		sets: [],
		limit: Infinity,
		seed: 1
	});
	expect(isTable(options())).toBe(false);
	expect(() => evalOptions(['--model', '/m'])).toThrow(/Missing --photos. Usage/);
});

it('name several things to try, or all of a kind', () => {
	const asked = options('--change', 'blur', '--change', 'grey', '--change', 'blur', '--set', 'val', '--limit', '3');
	expect(asked).toMatchObject({ changes: ['blur', 'grey'], sets: ['val'], limit: 3 });
	expect(options('--measure', 'all').measures).toEqual(['centre', 'outlier', 'distance']);
	expect(options('--remove', 'all').removals).toHaveLength(5);
	expect(options('--change', 'all').changes).toHaveLength(19);
	for (const args of [
		['--edits', 'F'],
		['--change', 'blur'],
		['--remove', 'random-half'],
		['--measure', 'centre']
	])
		expect(isTable(options(...args))).toBe(true);
});

it.each([
	[['--change', 'sharpen'], /--change takes all, shuffle-16, .*, and not "sharpen"/],
	[['--measure', 'length'], /--measure takes all, centre, outlier, distance, and not "length"/],
	[['--remove', 'most'], /--remove takes all, attended-most/],
	[['--limit', '0'], /--limit takes a whole number of 1 or more/],
	[['--limit', ''], /--limit takes a whole number/],
	[['--seed', '1.5'], /--seed takes a whole number of 0 or more/],
	[['--backend', 'webgl'], /wasm and cpu/],
	[['--edit', 'a.json', '--change', 'blur'], /--edit scores one list of edits/]
])('%j is refused', (args, sentence) => {
	expect(() => options(...args)).toThrow(sentence);
});
