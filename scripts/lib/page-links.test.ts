import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { needed, withLinks } from './page-links.js';
import { starterTag } from './starter.js';

const manifest = {
	'a.js': { file: 'start.js', name: 'entry/start', imports: ['_site'] },
	'b.js': { file: 'app.js', name: 'entry/app' },
	'c.js': { file: 'node-0.js', name: 'nodes/0', imports: ['_site'] },
	'd.js': { file: 'node-3.js', name: 'nodes/3', imports: ['_home'] },
	_site: { file: 'site.js', css: ['site.css'] },
	_home: { file: 'home.js', imports: ['_site', '_app'], css: ['home.css'] },
	_app: { file: 'app-of-readers.js', imports: ['_home'] },
	_figure: { file: 'figure.js', css: ['figure.css'] }
};

const page = (head: string) => `<head>
		<meta http-equiv="content-security-policy" content="default-src 'none'">
		<link href="./x/site.css" rel="stylesheet">
		<link href="./x/figure.css" rel="stylesheet">
		<link href="./x/start.js" rel="modulepreload">
${head}</head><script>import("./_app/immutable/entry/start.1.js"); kit.start(app, element, { node_ids: [0, 3], data })</script>`;

const linked = (html: string) => [...html.matchAll(/<link href="([^"]+)"/g)].map(([, address]) => address);
const sample = { id: 'ball', file: 'samples/ball.webp' };
const built = { manifest, engine: 'workers/engine.js', sample, top: '../' };

it('names all that is imported before the page runs, the styles of what is deeper first', () => {
	const { scripts, styles } = needed(manifest, ['entry/start', 'entry/app', 'nodes/0', 'nodes/3']);
	expect(scripts).toEqual(['start.js', 'site.js', 'app.js', 'node-0.js', 'node-3.js', 'home.js', 'app-of-readers.js']);
	expect(styles).toEqual(['site.css', 'home.css']);
	expect(() => needed(manifest, ['nodes/4'])).toThrow('The build has no nodes/4');
});

it('writes a page’s links anew, styles first, and no figure’s', () => {
	const found = linked(withLinks(page(''), built));
	expect(found.slice(0, 3)).toEqual(['./site.css', './home.css', './start.js']);
	expect(found).toHaveLength(9);
});

it('starts the engine before any style, on a page that opens a model at once, and on no other', () => {
	expect(withLinks(page(''), built)).not.toContain('data-engine');
	const html = withLinks(page('<meta name="patchwork-opens" content="all">'), built);
	expect(html).toContain(
		'data-engine="./workers/engine.js" data-site="./../" data-sample="ball" data-photo="samples/ball.webp"'
	);
	expect(html.indexOf('data-engine')).toBeLessThan(html.indexOf('stylesheet'));
	expect(html.indexOf('data-engine')).toBeGreaterThan(html.indexOf('content-security-policy'));
});

it('leaves a page as it is that names no parts', () => {
	const nowhere = '<script>import("/_app/immutable/entry/start.1.js")</script>';
	expect(withLinks(nowhere, built)).toBe(nowhere);
});

it('begins no sample for a reader who has a photo remembered, by the key under which the app keeps that choice', () => {
	const [, key = ''] =
		/REMEMBERS_PHOTO = '([^']+)'/.exec(readFileSync('src/lib/app/photo-memory.svelte.ts', 'utf8')) ?? [];
	expect(key).not.toBe('');
	expect(starterTag('engine.js', './', { id: 'ball', file: 'samples/ball.webp' })).toContain(
		`localStorage.getItem('${key}')`
	);
});
