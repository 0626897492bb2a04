import { error } from '@sveltejs/kit';
import { chapterLinks, chapterNamed } from '$lib/content/index.server';

export const entries = async () => (await chapterLinks()).map(({ slug }) => ({ chapter: slug }));

export const load = async ({ params }) => {
	const chapter = await chapterNamed(params.chapter);
	if (!chapter) error(404, 'There is no such chapter; the contents list those there are.');
	return { chapter };
};
