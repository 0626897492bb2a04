import { describe, expect, it } from 'vitest';
import { fetchSamples, parseSamples } from './samples';

const ENTRY = {
	id: 'cup',
	title: 'Cup',
	alt: 'A cup',
	file: 'cup.jpg',
	thumb: 'cup.thumb.jpg',
	width: 640,
	height: 480
};
const answer =
	(body: string, status = 200) =>
	async () =>
		new Response(body, { status });

describe('samples', () => {
	it('are read from the manifest, whatever else it says', () => {
		expect(parseSamples({ samples: [{ ...ENTRY, licence: 'own' }] })).toMatchObject([ENTRY]);
	});

	it.each([[null], ['x'], [{ ...ENTRY, file: undefined }], [{ ...ENTRY, width: '640' }]])(
		'refuse an entry that lacks something: %j',
		(entry) => {
			expect(() => parseSamples({ samples: [ENTRY, entry] })).toThrow(
				'Entry 2 of the list of sample images is incomplete.'
			);
		}
	);

	it('refuse a manifest that is no list', () => {
		for (const manifest of [{}, null, [], 'x', { samples: {} }]) {
			expect(() => parseSamples(manifest)).toThrow('not a list');
		}
	});

	it('come from the folder', async () => {
		const asked: string[] = [];
		const get = async (url: RequestInfo | URL) => {
			asked.push(String(url));
			return new Response(JSON.stringify({ samples: [ENTRY] }));
		};
		expect(await fetchSamples('https://example.org/here/', get)).toHaveLength(1);
		expect(asked).toEqual(['https://example.org/here/samples/samples.json']);
	});

	it.each([
		['a missing list', answer('', 404)],
		['a list that is no JSON', answer('<html>')],
		['no network', () => Promise.reject(new TypeError('Failed to fetch'))]
	])('say in one sentence what happened: %s', async (_, get) => {
		await expect(fetchSamples('https://example.org/here/', get)).rejects.toMatchObject({
			name: 'PatchworkError',
			message: 'The sample images could not be fetched; your own photo will do as well.'
		});
	});
});
