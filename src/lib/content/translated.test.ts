import { describe, expect, it } from 'vitest';
import { chaptersIn } from './index.server';
import { readChapters } from './read-chapters.server';
import { KNOWN } from './testing';
import { checkTranslated } from './translated.server';

const chapter = (file: string, id: string) =>
	readChapters(
		{
			[`/content/01-patches/${file}.md`]: `---\ntitle: Patches\nsummary: Photo.\n---\n:::step{#start figure=tiles tap=patches title="Cut"}\nText.\n:::\n\n:::step{#${id} figure=tiles tap=patches title="Row"}\nText.\n:::\n`
		},
		KNOWN
	);

describe('a chapter in another language', () => {
	it('has the parts of its source, with the same figures', async () => {
		const source = await chapter('index', 'row');
		const translated = await chapter('de', 'row');
		expect(source[0]?.language).toBe('en');
		expect(translated[0]?.language).toBe('de');
		expect(() => checkTranslated(source, translated)).not.toThrow();
		const other = await chapter('de', 'reihe');
		expect(() => checkTranslated(source, other)).toThrow(
			/^patches in 'de': part 2 is .*reihe.*, and in the source .*row/
		);
	});

	it('is there for the first four, and the rest stay in English', async () => {
		const read = await chaptersIn('de');
		expect(read.map(({ language }) => language)).toEqual(read.map((_, i) => (i < 4 ? 'de' : 'en')));
	});
});
