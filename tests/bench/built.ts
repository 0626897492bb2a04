import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, isFresh } from '../../scripts/lib/build.js';
import { npm } from '../../scripts/lib/run.js';
import { PatchworkError } from '../../src/lib/base/errors.ts';

/** The built site of this checkout, built anew where it is not up to date. */
export async function builtHere(root: string): Promise<string> {
	if (!isFresh() && !(await build())) throw notBuilt(root);
	return join(root, 'build');
}

/** The built site of another checkout: of a commit's files, which never change, once; of a folder, each time. */
export async function builtThere(checkout: string): Promise<string> {
	const folder = join(checkout, 'build');
	if (checkout.includes('.cache/commits') && existsSync(join(folder, 'index.html'))) return folder;
	if ((await npm('--prefix', checkout, 'run', 'build', '--', '--logLevel', 'warn')) !== 0) throw notBuilt(checkout);
	return folder;
}

const notBuilt = (folder: string) => new PatchworkError('request', `The site in ${folder} could not be built.`);
