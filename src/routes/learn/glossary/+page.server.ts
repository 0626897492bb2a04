import { chapters, glossary } from '$lib/content/index.server';
import { termPlaces } from '$lib/content/term-places.server';

export const load = async () => {
	const places = termPlaces(await chapters());
	return { terms: (await glossary()).map((term) => ({ ...term, places: places.get(term.id) ?? [] })) };
};
