import { error } from '@sveltejs/kit';
import { CUTS } from '$lib/content/cut';
import { chapters } from '$lib/content/index.server';
import { partsOf } from '$lib/content/read-chapters.server';

export const entries = () => Object.keys(CUTS).map((cut) => ({ cut }));

/** The chapters that this one was cut into, with the ids that can be linked to. */
export const load = async ({ params }) => {
	const cut = CUTS[params.cut];
	if (!cut) error(404, 'There is no such chapter; the contents list those there are.');
	const found = (await chapters()).filter(({ slug }) => cut.into.includes(slug));
	return { into: found.map((chapter) => ({ slug: chapter.slug, title: chapter.title, ids: partsOf(chapter) })) };
};
