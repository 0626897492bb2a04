import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tool } from './run.js';
import { haveWords } from './words/catalogue.js';

/** Everything that a build reads; a folder stands for all that lies in it. */
const INPUTS = [
	...[
		'src',
		'content',
		'static',
		'scripts/lib/tfjs-threads.ts',
		'scripts/lib/offline-list.js',
		'scripts/lib/policy.js',
		'scripts/lib/chunks.js',
		'scripts/lib/page-links.js',
		'scripts/lib/starter.js'
	],
	...[
		'package.json',
		'package-lock.json',
		'svelte.config.js',
		'vite.config.ts',
		'wuchale.config.js',
		'scripts/lib/words',
		'tsconfig.json'
	]
];
const RECORD = '.cache/build.json';

/** In what the site is built beside its source's language. */
const LANGUAGES = ['de'];
/** What all languages share lies at the site's root alone: see src/lib/base/site.ts. */
const SHARED = ['recorded', '_headers', 'service-worker.js'];

/** Build the site into `build/`, and into a folder of it for each further language. @returns {Promise<boolean>} whether it succeeded */
export async function build() {
	if (!(await haveWords()) || !(await buildIn('en'))) return false;
	for (const language of LANGUAGES) {
		if (!(await buildIn(language))) return false;
		const shared = [...SHARED, ...readdirSync('static/models').map((model) => `models/${model}`)];
		for (const path of shared) rmSync(`build/${language}/${path}`, { recursive: true, force: true });
	}
	mkdirSync('.cache', { recursive: true });
	writeFileSync(RECORD, JSON.stringify(state()));
	return true;
}

/** @param {string} language */
async function buildIn(language) {
	return (await tool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { VITE_LANGUAGE: language })) === 0;
}

/** Whether `build/` is what {@link build} made of the files as they are now. */
export function isFresh() {
	if (!existsSync(RECORD) || !existsSync('build/index.html')) return false;
	return readFileSync(RECORD, 'utf8') === JSON.stringify(state());
}

/** What went in, and when the site came out: another build, by whatever command, changes the latter. */
function state() {
	const hash = createHash('sha256');
	for (const path of INPUTS.filter((input) => existsSync(input)).flatMap(filesIn)) {
		const { size, mtimeMs } = statSync(path);
		hash.update(`${path} ${size} ${mtimeMs}\n`);
	}
	return { inputs: hash.digest('hex'), built: statSync('build/index.html').mtimeMs };
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
	if (statSync(path).isFile()) return [path];
	const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
	return names.map((name) => `${path}/${name}`).filter((file) => statSync(file).isFile());
}
