import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from './catalogue.ts';

const IMPORT = /^from studio(?:\.(\w+))? import ([\w, ]+?)(?: +#.*)?$/gm;

/** The modules of the kit that a Python file imports: `from studio.light import sky`, `from studio import film`. */
function kitOf(python: string): string[] {
	return [...python.matchAll(IMPORT)].flatMap(([, module, names]) => (module ? [module] : (names ?? '').split(/, */)));
}

/** A Python file and every module of the kit below it, each once, as a map from path to text. */
function gather(folder: string, path: string, seen = new Map<string, string>()): Map<string, string> {
	if (seen.has(path)) return seen;
	const text = readFileSync(join(folder, path), 'utf8');
	seen.set(path, text);
	for (const module of kitOf(text)) gather(folder, `studio/${module}.py`, seen);
	return seen;
}

/**
 * The fingerprint (16 hex digits) of everything that decides how a scene looks: its program, the kit's modules that it
 * and the renderer use, its size and its samples. `folder` is `scripts/samples`.
 */
export function fingerprint(folder: string, { scene, size, samples }: Scene): string {
	const files = gather(folder, `scenes/${scene}.py`, gather(folder, 'render.py'));
	const hash = createHash('sha256').update(JSON.stringify([size, samples]));
	for (const path of [...files.keys()].sort()) hash.update(`\0${path}\0${files.get(path)}`);
	return hash.digest('hex').slice(0, 16);
}
