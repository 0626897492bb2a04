import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Real weights, photos and recorded outputs live beside the project, where there are any. */
export const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

export function hasShared(path: string): boolean {
	return existsSync(SHARED + path);
}

export async function sharedBytes(path: string): Promise<ArrayBuffer> {
	return new Uint8Array(await readFile(SHARED + path)).buffer;
}
