// What has to work before node_modules is there: nothing but Node itself is imported here.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { npm } from './run.js';

const OLDEST = { major: 20, minor: 19 };

/** Go to the project's root and bring what the other commands need; ends the process with a sentence if it can't. */
export async function prepare() {
	process.chdir(fileURLToPath(new URL('../../', import.meta.url)));
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
		stop(
			`This needs Node ${OLDEST.major}.${OLDEST.minor} or later, and this is Node ${process.versions.node}: see nodejs.org.`
		);
	}
	if (isInstalled()) return;
	console.log('Installing the packages that package-lock.json names ...');
	if ((await npm('ci')) !== 0)
		stop('The packages could not be installed: npm says why above. Run the command again then.');
}

/**
 * End the process because of something that the user can mend.
 * @param {string} sentence
 * @returns {never}
 */
export function stop(sentence) {
	console.error(sentence);
	process.exit(1);
}

/** Whether node_modules holds what package-lock.json names, by npm's own record of what it put there. */
function isInstalled() {
	const record = 'node_modules/.package-lock.json';
	if (!existsSync(record)) return false;
	const wanted = packagesOf('package-lock.json');
	const present = packagesOf(record);
	return Object.entries(wanted).every(([path, { version, optional }]) => {
		// Optional packages are there on some platforms only; the project itself is listed under ''.
		return path === '' || present[path]?.version === version || (optional && !present[path]);
	});
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockfile) {
	return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
