import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChapters } from '../src/lib/content/read-chapters.server';
import { KNOWN } from '../src/lib/content/testing';
import { figure as example } from '../src/lib/figures/whole-model/figure';
import { writeChapter } from './lib/new-chapter';

let root = '';

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'chapter-'));
	mkdirSync(join(root, 'content/03-patches'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a new chapter', () => {
	it('follows the last, with its figure', () => {
		expect(writeChapter(root, 'big-windows', 'Big windows')).toEqual([
			'content/04-big-windows/index.md',
			'src/lib/figures/big-windows/figure.ts',
			'src/lib/figures/big-windows/figure.test.ts',
			'src/lib/figures/big-windows/Figure.svelte'
		]);
		const module = readFileSync(join(root, 'src/lib/figures/big-windows/figure.ts'), 'utf8');
		expect(module).toContain("name: 'big-windows',\n\ttitle: 'Big windows',");
	});

	it('has prose that passes the checks, whatever the title', async () => {
		const [path = ''] = writeChapter(root, 'windows', "What's: a \\ window?");
		const known = { ...KNOWN, figures: { windows: { ...example, parse: () => ({}), taps: () => [] } } };
		const chapters = await readChapters({ [path]: readFileSync(join(root, path), 'utf8') }, known, { draft: true });
		expect(chapters[0]).toMatchObject({ number: 4, slug: 'windows', title: 'What’s: a  window?' });
	});

	it.each([
		['patches', 'Patches', 'already'],
		['Big windows', 'Windows', 'not a name'],
		['windows', ' ', 'title is empty']
	])('is refused as "%s" with the title "%s"', (slug, title, words) => {
		expect(() => writeChapter(root, slug, title)).toThrow(words);
		expect(readdirSync(root)).toEqual(['content']);
	});
});
