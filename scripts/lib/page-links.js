import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { starterTag } from './starter.js';

/** By this a page says that it opens a model and a photo as soon as it can: see `src/lib/app/OpensAtOnce.svelte`. */
const OPENS_AT_ONCE = '<meta name="patchwork-opens"';

/** Of the links that SvelteKit writes, those to scripts and to styles. */
const LINKS = /[\t ]*<link href="[^"]+" rel="(?:modulepreload|stylesheet)">\n/g;
const POLICY = /<meta http-equiv="content-security-policy"[^>]*>\n/;

/**
 * Vite's list of what it built: by a key, a file and the keys of what that imports before it runs.
 * @typedef {Readonly<Record<string, { readonly file: string; readonly name?: string; readonly imports?: readonly string[]; readonly css?: readonly string[] }>>} Manifest
 */

/**
 * Lets an adapter end by naming, in every page, all that the page needs before it shows anything and nothing else: the
 * styles first, for which it waits with its first paint, and the engine's worker, where the page runs it at once.
 * SvelteKit names the styles of every figure of the lesson in each chapter, and leaves scripts out that a later part of the
 * page shares.
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} folder where that adapter writes the site
 * @param {string} top the site's root, as seen from there: empty, or `../`
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function withPageLinks(adapter, folder, top) {
	return {
		...adapter,
		async adapt(builder) {
			await adapter.adapt(builder);
			const client = builder.getClientDirectory();
			const manifest = JSON.parse(readFileSync(`${client}/.vite/manifest.json`, 'utf8'));
			const engine = engineOf(readdirSync(`${client}/_app/immutable/workers`));
			const [sample] = JSON.parse(readFileSync(`${client}/samples/samples.json`, 'utf8')).samples;
			for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
				if (!path.endsWith('.html')) continue;
				const html = readFileSync(`${folder}/${path}`, 'utf8');
				writeFileSync(`${folder}/${path}`, withLinks(html, { manifest, engine, sample, top }));
			}
		}
	};
}

/** @param {readonly string[]} workers names of files */
function engineOf(workers) {
	const found = workers.filter((name) => name.startsWith('engine.worker-'));
	if (found.length !== 1)
		throw new Error(`There is to be one script of the engine's worker; there are ${found.length}.`);
	return `_app/immutable/workers/${found[0]}`;
}

/**
 * A page with its links anew. The page for what is nowhere, which is told by its address what it is, stays as it is.
 * @param {string} html
 * @param {{ manifest: Manifest, engine: string, sample: import('./starter.js').FirstSample, top: string }} site what was
 * built, the file of the engine's worker, and the sample with which a visit begins
 */
export function withLinks(html, { manifest, engine, sample, top }) {
	const [, root] = /import\("([^"]*)_app\/immutable\/entry\/start\./.exec(html) ?? [];
	const [, nodes] = /node_ids: \[([^\]]*)\]/.exec(html) ?? [];
	if (root === undefined || nodes === undefined) return html;
	const entries = ['entry/start', 'entry/app', ...nodes.split(',').map((node) => `nodes/${node.trim()}`)];
	const { scripts, styles } = needed(manifest, entries);
	// A script in the page waits for the styles before it.
	const links = [
		...(html.includes(OPENS_AT_ONCE) ? [starterTag(root + engine, (root || './') + top, sample)] : []),
		...styles.map((file) => `<link href="${root}${file}" rel="stylesheet">`),
		...scripts.map((file) => `<link href="${root}${file}" rel="modulepreload">`)
	];
	return html
		.replaceAll(LINKS, '')
		.replace(POLICY, (meta) => `${meta}${links.map((link) => `\t\t${link}\n`).join('')}`);
}

/**
 * What entries import before they run, in the order in which it runs.
 * @param {Manifest} manifest
 * @param {readonly string[]} entries by name
 */
export function needed(manifest, entries) {
	/** @type {Set<string>} */
	const scripts = new Set();
	/** @type {Set<string>} */
	const styles = new Set();
	/** @param {string} key */
	const add = (key) => {
		const chunk = manifest[key];
		if (!chunk || scripts.has(chunk.file)) return;
		scripts.add(chunk.file);
		for (const one of chunk.imports ?? []) add(one);
		for (const style of chunk.css ?? []) styles.add(style);
	};
	for (const entry of entries) {
		const key = Object.keys(manifest).find((key) => manifest[key]?.name === entry);
		if (key === undefined) throw new Error(`The build has no ${entry}, which a page asks for.`);
		add(key);
	}
	return { scripts: [...scripts], styles: [...styles] };
}
