import { describe, expect, it } from 'vitest';
import { chapters, glossary } from './index.server';
import { termPlaces } from './term-places.server';

describe('the places of the terms', () => {
	it('are the steps that mark them, in the order of reading, each once', async () => {
		const places = termPlaces(await chapters());
		const softmax = places.get('softmax') ?? [];
		expect(softmax.length).toBeGreaterThan(0);
		const order = softmax.map(({ number }) => number);
		expect(order).toEqual(order.toSorted((a, b) => a - b));
		expect(new Set(softmax.map(({ slug, id }) => `${slug}#${id}`)).size).toBe(softmax.length);
		for (const { slug, id } of softmax) {
			const step = (await chapters()).find((one) => one.slug === slug)?.steps.find((one) => one.id === id);
			expect(step?.html).toContain('data-term="softmax"');
		}
	});

	it('are there for every term, so that whoever looks one up can go on to where it is taught', async () => {
		const places = termPlaces(await chapters());
		const lost = (await glossary()).filter(({ id }) => !places.has(id)).map(({ term }) => term);
		expect(lost).toEqual([]);
	});
});
