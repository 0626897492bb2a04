import { json } from '@sveltejs/kit';
import { siteIndex } from '$lib/models/local.server';

export const prerender = true;
export const trailingSlash = 'never';

/** The models in `static/models` when the site was built. */
export function GET(): Response {
	return json(siteIndex('static/models'));
}
