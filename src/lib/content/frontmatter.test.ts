import { describe, expect, it } from 'vitest';
import { readChapters } from './read-chapters.server';
import { KNOWN } from './testing';

const FRONT = '---\ntitle: Patches\nsummary: A photo is cut up.\n---\n';
const STEP = ':::step{#start figure=tiles tap=patches title="Cut it up"}\nText.\n:::\n';

async function refusal(promise: Promise<unknown>): Promise<string> {
	try {
		await promise;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
	return 'nothing was refused';
}

const fronts: [name: string, text: string, line: number, words: string][] = [
	['none', STEP, 1, 'does not start with frontmatter'],
	['that is not YAML', '---\ntitle: a\n? [\nb: c\n---\n', 4, 'not YAML'],
	['that is no map', '---\n- title\n---\n', 2, 'is not a list of title, summary'],
	['without title', FRONT.replace(/title.*\n/, ''), 1, 'has no title'],
	['without summary', FRONT.replace(/summary.*\n/, ''), 1, 'has no summary'],
	['with an empty title', FRONT.replace('Patches', ''), 2, 'the title is empty'],
	['with an empty summary', FRONT.replace('A photo is cut up.', '" "'), 3, 'the summary is empty'],
	['with an unknown key', FRONT.replace('summary', 'time: 1\nsummary'), 3, "unknown key 'time'"],
	['with minutes, which are counted', FRONT.replace('summary', 'minutes: 2\nsummary'), 3, "unknown key 'minutes'"],
	['with a key twice', FRONT.replace('summary', 'title: b\nsummary'), 3, 'a key is given twice']
];

describe('frontmatter', () => {
	it.each(fronts)('is refused: %s', async (_, text, line, words) => {
		const message = await refusal(readChapters({ '/content/01-a/index.md': text + STEP }, KNOWN));
		expect(message).toContain(`content/01-a/index.md, line ${line}: `);
		expect(message).toContain(words);
	});
});

describe('the folders', () => {
	it.each([
		['a folder without number', ['patches'], "content/patches/index.md, line 1: its folder 'patches'"],
		['a folder with capitals', ['01-Patches'], "its folder '01-Patches'"],
		['a gap', ['01-a', '03-c'], 'content/03-c/index.md, line 1: the number 3 follows 1'],
		['a first that is not 1', ['02-a'], 'the number 2 follows 0'],
		['a number twice', ['01-a', '01-b'], 'two chapters have the number 1'],
		['a name twice', ['01-a', '02-a'], "content/02-a/index.md, line 1: the name 'a' is taken"],
		['the name of the glossary', ['01-glossary'], "the name 'glossary' is taken"]
	])('are refused: %s', async (_, folders, words) => {
		const sources = Object.fromEntries(folders.map((folder) => [`/content/${folder}/index.md`, FRONT + STEP]));
		expect(await refusal(readChapters(sources, KNOWN))).toContain(words);
	});
});
