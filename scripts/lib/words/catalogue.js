import { existsSync, readFileSync } from 'node:fs';
import { tool } from '../run.js';

/** What each language says in the place of the source's sentences. */
const CATALOGUES = ['content/interface/de.po'];

/**
 * Find all sentences of the interface in the source, and whether every language has them. Says what is missing.
 * @param {{ clean?: boolean }} [options] whether to take out what the source no longer says
 * @returns {Promise<boolean>}
 */
export async function haveWords({ clean = false } = {}) {
	const extract = ['--log-level', 'warn', ...(clean ? ['--clean'] : [])];
	if ((await tool('wuchale/dist/cli/index.js', extract)) !== 0) return false;
	const { default: PO } = await import('pofile');
	const missing = CATALOGUES.filter((path) => existsSync(path)).flatMap((path) =>
		PO.parse(readFileSync(path, 'utf8'))
			.items.filter(({ msgstr, references }) => references.length > 0 && msgstr.every((text) => text === ''))
			.map(({ msgid, references }) => `${path} does not have "${msgid}" (${references[0]})`)
	);
	for (const line of missing) console.error(line);
	// A translation has the places and the marks of its source.
	return missing.length === 0 && (await tool('wuchale/dist/cli/index.js', ['check'])) === 0;
}
