import { describe, expect, it } from 'vitest';
import { fileOf, pagesOf } from './chunks.js';

const page = (folder: string) => `/site/src/routes/${folder}+page.svelte`;
const LAYOUT = '/site/src/routes/+layout.svelte';

/** Modules by who imports them before it runs. */
const IMPORTERS: Readonly<Record<string, readonly string[]>> = {
	'clock.ts': ['session.ts', 'loop.ts'],
	'loop.ts': ['clock.ts'],
	'session.ts': [page(''), page('learn/[chapter]/')],
	'theme.ts': [LAYOUT],
	'figure.ts': []
};
const infoOf = (id: string) => ({ isEntry: id === 'start.js', importers: IMPORTERS[id] ?? ['start.js'] });

describe('the pages that need a module', () => {
	it('are those that import it by whatever way, also where modules import each other', () => {
		expect([...pagesOf('clock.ts', infoOf)].sort()).toEqual(['', 'learn/[chapter]']);
	});

	it('are all of them for what is around them or starts them', () => {
		expect([...pagesOf('theme.ts', infoOf)]).toEqual(['layout']);
		expect([...pagesOf('unknown.ts', infoOf)]).toEqual(['layout']);
	});

	it('are none for what is imported later', () => expect(pagesOf('figure.ts', infoOf).size).toBe(0));
});

it.each([
	[['layout', 'about', ''], 'site'],
	[['about'], 'about'],
	[['about', 'inspect'], 'about-more'],
	[['', 'learn', 'train'], 'app'],
	[['', 'inspect'], 'home-inspect'],
	[['learn/[chapter]', 'inspect', 'gallery'], 'inspect-lesson'],
	[['', 'experiment'], 'home-more'],
	[['inspect'], 'inspect'],
	[['experiment', 'compare'], 'more'],
	[['experiment', 'gallery'], 'experiment'],
	[['gallery'], null],
	[[], null]
])('what %j need lies in %s', (pages, file) => expect(fileOf(new Set(pages))).toBe(file));
