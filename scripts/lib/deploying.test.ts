import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/lib/base/language';
import { actionsOf, filesOfSite } from './house/code';

const headers = readFileSync('static/_headers', 'utf8');
/** Of each path in the file, the headers that it gets. */
const rules = Object.fromEntries(
	headers
		.replace(/^#.*\n/gm, '')
		.split(/\n(?=\/)/)
		.map((rule) => rule.trim().split('\n'))
		.map(([path = '', ...lines]) => [path, lines.map((line) => line.trim())])
);

describe('the headers for hosts that read them from a file', () => {
	it('isolate every page', () => {
		expect(rules['/*']).toEqual(
			expect.arrayContaining(['Cross-Origin-Opener-Policy: same-origin', 'Cross-Origin-Embedder-Policy: require-corp'])
		);
	});

	it('let no page but the one for frames stand in a frame of another site', () => {
		const pages = readdirSync('src/routes', { withFileTypes: true }).filter(
			(entry) => entry.isDirectory() && existsSync(`src/routes/${entry.name}/+page.svelte`)
		);
		const languages = LANGUAGES.map((language) => (language === 'en' ? '' : `/${language}`));
		const guests = pages.map(({ name }) => name).filter((name) => name !== 'embed');
		const paths = languages.flatMap((language) => [`${language}/`, ...guests.map((name) => `${language}/${name}/*`)]);
		const guarded = Object.keys(rules).filter((path) => rules[path]?.join().includes("frame-ancestors 'self'"));
		expect(guarded.sort()).toEqual(paths.sort());
		for (const language of languages) {
			expect(rules[`${language}/embed/*`]).toEqual(['Cross-Origin-Resource-Policy: cross-origin']);
			expect(rules[`${language}/_app/immutable/*`]).toHaveLength(1);
		}
	});
});

describe('a site in any folder', () => {
	it('is never asked for by an address from the root of its host', () => {
		const src = resolve('src');
		const fromRoot = /\b(?:href|src|action|poster)=["']\/|\b(?:fetch|goto|URL|Worker)\(\s*['"`]\/|url\(["']?\//;
		expect(filesOfSite(src).filter((file) => fromRoot.test(actionsOf(src, file)))).toEqual([]);
	});
});

describe('the container', () => {
	it('leaves out the same whether podman or docker makes it', () => {
		expect(readFileSync('.dockerignore', 'utf8')).toBe(readFileSync('.containerignore', 'utf8'));
	});

	it('is given every package that its server needs', () => {
		const { dependencies } = JSON.parse(readFileSync('node_modules/sirv/package.json', 'utf8')) as {
			dependencies: Record<string, string>;
		};
		const file = readFileSync('Containerfile', 'utf8');
		for (const name of ['sirv', ...Object.keys(dependencies)])
			expect(file).toContain(`node_modules/${name.split('/')[0]} `);
	});
});
