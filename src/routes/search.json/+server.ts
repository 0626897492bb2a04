import { json } from '@sveltejs/kit';
import { searchable } from '$lib/content/index.server';
import { indexOf } from '$lib/lesson/search/index-of';

export const prerender = true;
export const trailingSlash = 'never';

/** The index of the lesson, made when the site is built. */
export async function GET(): Promise<Response> {
	return json(indexOf(await searchable()));
}
