import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';

const TEXTS = new Set(['.css', '.html', '.js', '.json']);

/**
 * A build that does as this one, and of which no file of code has a name of this one's: as after a change of the source.
 * Its pages are to be kept, not opened: their policy knows their scripts under the old names.
 * @returns its folder, to be removed
 */
export function nextBuild(build: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'patchwork-next-'));
	const { version } = JSON.parse(readFileSync(join(build, '_app/version.json'), 'utf8')) as { version: string };
	const renamed = (text: string) =>
		text.replaceAll('_app/immutable/', '_app/immutable/next/').replaceAll(version, `${version}-next`);
	for (const entry of readdirSync(build, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const to = join(folder, renamed(path.slice(build.length + 1)));
		mkdirSync(dirname(to), { recursive: true });
		if (TEXTS.has(extname(path))) writeFileSync(to, renamed(readFileSync(path, 'utf8')));
		else linkSync(path, to);
	}
	return folder;
}
