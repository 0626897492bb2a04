import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { npm } from './run.js';

const exec = promisify(execFile);

/** The part of a lock file that says which packages there are. */
interface Lock {
	readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

/**
 * The folder of another checkout, with its packages: what was typed is either that folder, or a commit of this
 * repository, whose files are laid into a cache once.
 * @param against absolute path, or anything that git takes for a commit
 * @throws PatchworkError `request` if it is neither
 */
export async function checkoutOf(root: string, against: string): Promise<string> {
	if (isAbsolute(against)) {
		if (existsSync(against)) return against;
		throw new PatchworkError('request', `--against: there is no folder ${against}.`);
	}
	const commit = await commitOf(root, against);
	const folder = join(root, '.cache/commits', commit);
	if (existsSync(folder)) return folder;
	// What was interrupted is begun anew, and never taken for whole.
	const partial = `${folder}.partial`;
	rmSync(partial, { recursive: true, force: true });
	await unpack(root, commit, partial);
	await addPackages(root, partial);
	renameSync(partial, folder);
	return folder;
}

async function commitOf(root: string, named: string): Promise<string> {
	try {
		const { stdout } = await exec('git', [
			'-C',
			root,
			'rev-parse',
			'--verify',
			'--end-of-options',
			`${named}^{commit}`
		]);
		return stdout.trim();
	} catch {
		throw new PatchworkError('request', `--against: there is neither a folder nor a commit called ${named}.`);
	}
}

async function unpack(root: string, commit: string, folder: string): Promise<void> {
	const archive = `${folder}.tar`;
	mkdirSync(folder, { recursive: true });
	await exec('git', ['-C', root, 'archive', '--format=tar', '-o', archive, commit]);
	await exec('tar', ['-xf', archive, '-C', folder]);
	rmSync(archive);
}

/** The packages of this checkout where they are the very same, and else its own. */
async function addPackages(root: string, folder: string): Promise<void> {
	const [here, there] = [root, folder].map((path) => readFileSync(join(path, 'package-lock.json'), 'utf8'));
	if (isCovered(JSON.parse(there ?? '') as Lock, JSON.parse(here ?? '') as Lock)) {
		symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
	} else if ((await npm('--prefix', folder, 'ci')) !== 0) {
		throw new PatchworkError('request', `The packages of ${folder} could not be installed.`);
	}
}

/** Whether every package that one lock file names is, in the same version, in another. */
export function isCovered(one: Lock, other: Lock): boolean {
	return Object.entries(one.packages).every(([path, { version, integrity }]) => {
		const same = other.packages[path];
		return path === '' || (same?.version === version && same?.integrity === integrity);
	});
}
