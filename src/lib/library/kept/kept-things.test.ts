import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MODELS } from '../../models/chosen';
import { keptThings } from './kept-things';
import { bytesOf } from './places';
import { inBytes } from './words';

const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
	(file) => /\.(ts|svelte|js|html)$/.test(file) && !/(\.test|testing)/.test(file) && !file.includes('library/kept/')
);
const CODE = FILES.map((file) => ({ file, code: readFileSync(`src/${file}`, 'utf8') }));

const THINGS = keptThings('');
const PLACES = THINGS.flatMap(({ places }) => places);
/** Of caches it is the start of their name that is listed, with the site's own folder in it. */
const LISTED = new Set(PLACES.map(({ name }) => name.replace(/@$/, '')));

/** What is called like a place, and keeps nothing: workers and their locks by their names, what a page says of itself, and files within a place or an export. */
const NO_PLACES = new Set([
	'patchwork-engine',
	'patchwork-probe-',
	'patchwork-grow-',
	'patchwork-thread-',
	'patchwork-',
	'patchwork-opens',
	'patchwork.npy',
	'patchwork.json',
	...MODELS.map(({ id }) => id),
	// What Patchwork-T was once called.
	'patchwork-s'
]);

/** Every text in a piece of code that is written as the name of a place. */
const namesIn = (code: string) => [...code.matchAll(/['"`](patchwork[.-][a-z0-9.-]*)/g)].map(([, name = '']) => name);

describe('what is kept', () => {
	it('is all listed', () => {
		const missing = CODE.flatMap(({ file, code }) =>
			namesIn(code)
				.filter((name) => !LISTED.has(name) && !NO_PLACES.has(name))
				.map((name) => `${name} in ${file}`)
		);
		expect(missing).toEqual([]);
	});

	it('is listed only as long as the code knows it', () => {
		const known = new Set(CODE.flatMap(({ code }) => namesIn(code)));
		expect([...LISTED].filter((name) => !known.has(name))).toEqual([]);
	});

	it('is kept under no name that is made up on the way', () => {
		// Whoever opens a store gives its name as it is written, by which the two tests above find it, or is a part of the
		// store that is given its name.
		const opens =
			/\b(createStore|new Database|caches\.open|indexedDB\.open|(?:localStorage|sessionStorage|storage\(\))\.setItem)\((?!['"]|[A-Z_]+\b)(.{0,24})/g;
		const found = CODE.flatMap(({ file, code }) => [...code.matchAll(opens)].map(([call]) => `${file}: ${call}`));
		expect(found.map((one) => one.split(':')[0])).toEqual(
			expect.arrayContaining(['lib/base/kept-choice.ts', 'lib/photo/database.ts'])
		);
		const parts = ['lib/base/kept-choice.ts', 'lib/photo/database.ts', 'service-worker.ts'];
		expect(found.filter((one) => !parts.some((part) => one.startsWith(part)))).toEqual([]);
	});

	it('is called as it is listed wherever its name is written in the call', () => {
		const named =
			/\b(?:createStore|new Database|writableOpfs|caches\.open|indexedDB\.open|Storage\.[sg]etItem)\(['"]([^'"]+)/g;
		const names = CODE.flatMap(({ code }) => [...code.matchAll(named)].map(([, name = '']) => name));
		expect(names).toContain('patchwork-grow');
		expect(names.filter((name) => !LISTED.has(name))).toEqual([]);
	});

	it('lies in one thing each', () => {
		expect(new Set(PLACES.map(({ kind, name }) => kind + name)).size).toBe(PLACES.length);
		expect(new Set(THINGS.map(({ id }) => id)).size).toBe(THINGS.length);
	});

	it('is of this folder of its host', () => {
		const site = keptThings('/a').find(({ id }) => id === 'site');
		expect(site?.places).toEqual([{ kind: 'caches', name: 'patchwork-site/a@' }]);
	});
});

describe('what something takes', () => {
	it.each([
		['ab', 4],
		[[1, 'a'], 10],
		[new Blob(['abc']), 3],
		[{ weights: new Float32Array(5), more: { rest: new ArrayBuffer(2) } }, 22],
		[null, 0],
		[true, 0]
	])('%o', (value, bytes) => expect(bytesOf(value)).toBe(bytes));

	it.each([
		[null, 'not known'],
		[0, 'nothing'],
		[1, '1 byte'],
		[812, '812 bytes'],
		[12_400, '12 kB'],
		[11_448_384, '11.4 MB']
	])('%s: %s', (bytes, words) => expect(inBytes(bytes)).toBe(words));
});
