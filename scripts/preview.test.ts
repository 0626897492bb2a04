import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { makeFolder } from '../tests/hub/folders';

const text = (content: string) => new TextEncoder().encode(content);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const [node, script = ''] = (scripts['preview'] ?? '').split(' ');

let folder: ReturnType<typeof makeFolder> | null = null;
let server: ChildProcess | null = null;
afterEach(() => {
	server?.kill();
	folder?.remove();
});

/** Runs the command where a site lies, and gives back all that it said once it has said something. */
function preview(files: Record<string, Uint8Array>): Promise<string> {
	folder = makeFolder(files);
	const child = spawn(process.execPath, [resolve(script), '--port', '4720'], { cwd: folder.path });
	server = child;
	return new Promise((said) => {
		child.stdout.once('data', (data: Buffer) => said(data.toString()));
		child.stderr.once('data', (data: Buffer) => said(data.toString()));
	});
}

it('serves the list of what is kept for offline, which only the build has', async () => {
	expect(node).toBe('node');
	const said = await preview({ 'build/index.html': text('home'), 'build/offline.json': text('[""]') });
	const address = /http:\S+/.exec(said)?.[0] ?? '';
	const response = await fetch(`${address}offline.json`);
	expect([response.status, await response.text()]).toEqual([200, '[""]']);
	expect(response.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
});

it('says what to do where there is no build', async () => {
	expect(await preview({ 'package.json': text('{}') })).toMatch(
		/There is no build to serve: make one with "npm run build"/
	);
});
