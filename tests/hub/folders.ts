import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary folder with these files in it (JSON for anything that is not bytes). */
export function makeFolder(files: Readonly<Record<string, unknown>>): { path: string; remove: () => void } {
	const path = mkdtempSync(join(tmpdir(), 'patchwork-'));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(path, name)), { recursive: true });
		writeFileSync(join(path, name), content instanceof Uint8Array ? content : JSON.stringify(content));
	}
	return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** Bytes that look like nothing in particular and are the same every time. */
export function someBytes(length: number): Uint8Array<ArrayBuffer> {
	return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 17) & 0xff);
}
