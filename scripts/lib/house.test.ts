import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circles } from './circles';
import { actionsOf, filesOfSite } from './house/code';
import { mayAsk, timesAsked } from './house/family';
import { importGraph } from './import-graph';
import { faultOf, roomOf, ROOMS } from './rooms.js';

const graph = importGraph(resolve('src'));

describe('the house', () => {
	it('has every file in a room', () => {
		const homeless = [...graph.keys()].filter((file) => file.startsWith('lib/') && !ROOMS.includes(roomOf(file) ?? ''));
		expect(homeless).toEqual([]);
	});

	it('imports nothing upward', () => {
		const faults = [...graph].flatMap(([file, targets]) =>
			targets.flatMap((target) => (faultOf(file, target) === null ? [] : [`${file} imports ${target}`]))
		);
		expect(faults).toEqual([]);
	});

	it('has no circle of files, types and components included', () => {
		expect(circles(graph)).toEqual([]);
	});

	it('asks for the family of a model only where it is listed, and in its own folders', () => {
		const src = resolve('src');
		const others = filesOfSite(src).filter((file) => !mayAsk(file));
		expect(others.filter((file) => timesAsked(actionsOf(src, file)) > 0)).toEqual([]);
	});

	it('makes markup of text only where that is the lesson’s own prose, rendered at build', () => {
		const src = resolve('src');
		const makes =
			/\{@html\b|\b(?:inner|outer)HTML\b|insertAdjacentHTML|srcdoc|document\.write|DOMParser|createContextualFragment/;
		const files = filesOfSite(src).filter((file) => makes.test(readFileSync(join(src, file), 'utf8')));
		expect(files.sort()).toEqual([
			'lib/lesson/Choices.svelte',
			'lib/lesson/Prose.svelte',
			'lib/lesson/TermTip.svelte',
			'routes/learn/glossary/+page.svelte'
		]);
	});

	it('is read whole: a component’s imports are there, too', () => {
		expect(graph.get('lib/marks/PipelineRail.svelte')).toContain('lib/marks/RailThumbnail.svelte');
		expect(graph.get('routes/gallery/+page.svelte')?.length).toBeGreaterThan(0);
	});
});

describe('the order of rooms', () => {
	it('refuses what goes up, and says so', () => {
		expect(faultOf('lib/marks/a.ts', 'lib/run/shown')).toMatch(/^'marks' comes before 'run'/);
		expect(faultOf('lib/state/a.ts', 'lib/run/shown')).toMatch(/^'state' is no room/);
	});

	it.each([
		['lib/run/a.ts', 'lib/marks/b'],
		['lib/run/a.ts', 'lib/run/b'],
		['routes/inspect/+page.svelte', 'lib/lesson/b'],
		['service-worker.ts', 'lib/app/b'],
		['lib/models/a.test.ts', '../tests/hub/server']
	])('allows %s to import %s', (from, to) => expect(faultOf(from, to)).toBeNull());
});

describe('circles', () => {
	it('are found wherever they close', () => {
		const links: readonly (readonly [string, string[]])[] = [
			['a', ['b']],
			['b', ['c', 'd']],
			['c', ['a']],
			['d', ['e']],
			['e', []],
			['f', ['f']]
		];
		expect(circles(new Map(links))).toEqual([['a', 'b', 'c'], ['f']]);
	});
});
