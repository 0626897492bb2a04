import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { PatchworkError } from '../../src/lib/base/errors.ts';

/**
 * Builds a page of this checkout's tests on the engine, and the libraries, of another checkout: what these files import
 * from outside the tests is looked up over there. From then on that checkout's own files find each other.
 * @param root this checkout
 * @param other absolute path of the other one, of any commit; nothing is written in there
 * @throws PatchworkError `request` if it can't be built on
 */
export function engineOf(root: string, other: string): Plugin {
	for (const needed of ['src/lib/engine', 'node_modules']) {
		if (existsSync(join(other, needed))) continue;
		const sentence = `There is no ${needed} in ${other}: --against takes another checkout with its packages installed.`;
		throw new PatchworkError('request', sentence);
	}
	const here = realpathSync(root);
	const tests = join(here, 'tests') + sep;
	return {
		name: 'patchwork:engine-of',
		enforce: 'pre',
		// The other's own goes on from a file that SvelteKit makes, which a fresh worktree doesn't have.
		config: () => ({ tsconfig: join(here, 'tsconfig.json') }),
		resolveId(source, importer) {
			if (!importer?.startsWith(tests)) return null;
			const isPackage = /^[@\w]/.test(source);
			const path = resolve(dirname(importer), source);
			if (!isPackage && path.startsWith(tests)) return null;
			return this.resolve(isPackage ? source : join(other, relative(here, path)), join(other, 'package.json'));
		}
	};
}
