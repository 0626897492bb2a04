import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tool } from './run.js';

/** Everything that a build reads; a folder stands for all that lies in it. */
const INPUTS = [
	...[
		'src',
		'content',
		'static',
		'scripts/lib/tfjs-threads.ts',
		'scripts/lib/offline-list.js',
		'scripts/lib/policy.js'
	],
	...['package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json']
];
const RECORD = '.cache/build.json';

/** Build the site into `build/`. @returns {Promise<boolean>} whether it succeeded */
export async function build() {
	if ((await tool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])) !== 0) return false;
	mkdirSync('.cache', { recursive: true });
	writeFileSync(RECORD, JSON.stringify(state()));
	return true;
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
