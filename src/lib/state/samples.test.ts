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
		expect(parseSamples([{ ...ENTRY, license: 'own' }])).toMatchObject([ENTRY]);
	});

	it.each([[null], ['x'], [{ ...ENTRY, file: undefined }], [{ ...ENTRY, width: '640' }]])(
		'refuse an entry that lacks something: %j',
		(entry) => {
			expect(() => parseSamples([ENTRY, entry])).toThrow('Entry 2 of the list of sample images is incomplete.');
		}
	);

	it('refuse a manifest that is no list', () => {
		expect(() => parseSamples({})).toThrow('not a list');
	});

	it('come from the folder', async () => {
		const asked: string[] = [];
		const get = async (url: RequestInfo | URL) => {
			asked.push(String(url));
			return new Response(JSON.stringify([ENTRY]));
		};
		expect(await fetchSamples('samples/', get)).toHaveLength(1);
		expect(asked).toEqual(['samples/samples.json']);
	});

	it.each([
		['a missing list', answer('', 404)],
		['a list that is no JSON', answer('<html>')],
		['no network', () => Promise.reject(new TypeError('Failed to fetch'))]
	])('say in one sentence what happened: %s', async (_, get) => {
		await expect(fetchSamples('samples/', get)).rejects.toMatchObject({
			name: 'PatchworkError',
			message: 'The sample images could not be fetched; your own photo will do as well.'
		});
	});
});
