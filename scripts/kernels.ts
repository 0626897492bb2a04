import asc from 'assemblyscript/asc';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Compiles the WebAssembly kernels of `src/lib/engine/ops/wasm/assembly` and writes them, as base64, into a module that
 * works alike in a page, in a worker and in Node: `npm run kernels`. The result is committed; a test compiles again and
 * compares.
 */

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const FOLDER = 'src/lib/engine/ops/wasm';
export const MODULES = resolve(ROOT, FOLDER, 'modules.ts');

/** The same source twice: with fused multiply-add for engines that have relaxed SIMD, and for those that don't. */
const BUILDS = { relaxedSimd: ['simd', 'relaxed-simd'], simd: ['simd'] } as const;

/**
 * The kernels live in a memory of others, most of them in tfjs's own, so a module must bring nothing of its own into it: no
 * allocator (the stub runtime, unused, leaves no trace) and no data.
 */
const OPTIONS = ['--importMemory', '--noExportMemory', '--runtime', 'stub', '-O3', '--converge', '--noAssert'];

/** @param entry a file of `assembly`, whose exports become the module's */
async function compile(entry: string, features: readonly string[]): Promise<string> {
	let binary: Uint8Array | undefined;
	const args = [`${FOLDER}/assembly/${entry}`, '-o', 'kernels.wasm', ...OPTIONS];
	for (const feature of features) args.push('--enable', feature);
	// AS112 warns of vectors as arguments, which none of the exported functions has.
	args.push('--disableWarning', '112', '--baseDir', ROOT);
	const { error, stderr } = await asc.main(args, {
		readFile: (name, baseDir) => readFile(resolve(baseDir, name), 'utf8').catch(() => null),
		writeFile: (_, contents) => void (typeof contents === 'string' || (binary = contents))
	});
	if (error || !binary) throw new Error(`The kernels don't compile.\n${stderr.toString()}`, { cause: error });
	return Buffer.from(binary).toString('base64');
}

/** The text of `modules.ts` as the source in the tree makes it. */
export async function compileKernels(): Promise<string> {
	const lines = ['/** Made by `npm run kernels` from the sources in `assembly`; base64 of one module a build. */'];
	lines.push('export const MODULES = {');
	for (const [name, features] of Object.entries(BUILDS)) {
		lines.push(`\t${name}: '${await compile('index.ts', features)}',`);
	}
	lines.push('} as const;', '', '/** The kernel of `pixels.ts`, which has a memory of its own. */');
	lines.push(`export const PIXELS = '${await compile('pixels.ts', BUILDS.simd)}';`, '');
	return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await writeFile(MODULES, await compileKernels());
	console.log(`Wrote ${MODULES}`);
}
