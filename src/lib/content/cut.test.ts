import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CUTS, leadsTo } from './cut';
import { chapterNamed } from './index.server';
import { partsOf } from './read-chapters.server';

interface Recorded {
	readonly address: string;
	readonly opens: { readonly anchors: readonly string[] };
}

const recorded = JSON.parse(readFileSync('tests/e2e/addresses.json', 'utf8')) as Recorded[];
/** What the page itself puts below the steps. */
const OF_THE_PAGE = 'questions';

describe.each(Object.entries(CUTS))('the old chapter %s', (old, { into, moved }) => {
	const chapters = Promise.all(
		into.map(async (slug) => {
			const chapter = await chapterNamed(slug);
			if (!chapter) throw new Error(`There is no chapter ${slug}.`);
			const { predictions, questions } = chapter;
			return { slug, ids: partsOf(chapter), asked: [...predictions, ...questions].map(({ id }) => id) };
		})
	);
	const anchors = recorded.find(({ address }) => address === `learn/${old}/`)?.opens.anchors ?? [];

	it('is no chapter any more', async () => {
		expect(await chapterNamed(old)).toBeUndefined();
	});

	it('leads on to what each of its parts has become', async () => {
		const places = await chapters;
		expect(anchors.length).toBeGreaterThan(5);
		for (const id of anchors.filter((one) => one !== OF_THE_PAGE)) expect(leadsTo(id, places)?.ids, id).toContain(id);
		expect([leadsTo('', places), leadsTo('no-such-part', places)]).toEqual([places[0], places[0]]);
	});

	it('says of each question where it went', async () => {
		for (const { slug, asked } of await chapters) {
			const old = asked.filter((id) => anchors.includes(id));
			for (const id of old) expect(moved[id] ?? into[0], id).toBe(slug);
		}
	});
});
