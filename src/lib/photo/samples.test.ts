import { describe, expect, it } from 'vitest';
import { fetchSamples } from './samples';

const ENTRY = {
	id: 'cup',
	title: 'Cup',
	alt: 'A cup',
	file: 'cup.jpg',
	thumb: 'cup.thumb.jpg',
	width: 640,
	height: 480,
	intended: { index: 968, label: 'cup' },
	scene: 'cup.py',
	source: 'abc',
	licence: 'CC0-1.0',
	models: {}
};
const answer =
	(body: string, status = 200) =>
	async () =>
		new Response(body, { status });

describe('samples', () => {
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
