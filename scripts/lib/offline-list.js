import { readdirSync, statSync, writeFileSync } from 'node:fs';

/**
 * What need not be there for the site to work without a network: models, which are kept when they are used; the run that
 * is shown until a model has run; fonts for browsers of long ago; what only other machines read; and the list itself.
 */
const LEFT_OUT = [
	/^models\/[^/]+\/./,
	/^recorded\//,
	/\.(ttf|woff)$/,
	/^(_headers|404\.html|social-card\.png|service-worker\.js|offline\.json|_app\/version\.json)$/
];

/**
 * Lets an adapter end with `offline.json`, the addresses of what the service worker keeps, relative to the site's root.
 * SvelteKit's own list lacks what workers import, and the data of its pages.
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} folder where that adapter writes the site
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function withOfflineList(adapter, folder) {
	return {
		...adapter,
		async adapt(builder) {
			await adapter.adapt(builder);
			writeFileSync(`${folder}/offline.json`, JSON.stringify(offlineList(folder)));
		}
	};
}

/**
 * @param {string} folder of a built site
 * @returns {string[]}
 */
export function offlineList(folder) {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
	const files = paths.filter((path) => statSync(`${folder}/${path}`).isFile());
	const kept = files.filter((path) => !LEFT_OUT.some((pattern) => pattern.test(path)));
	// A page is asked for by its folder.
	return kept.map((path) => path.replace(/(^|\/)index\.html$/, '$1')).sort();
}
