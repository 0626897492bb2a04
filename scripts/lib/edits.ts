import { readFile } from 'node:fs/promises';
import type { Edit } from '../../src/lib/engine/edits/edit.ts';
import { parseEdits } from '../../src/lib/engine/edits/parse.ts';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { typedPath } from './cli.ts';

/**
 * The edits in a file that was named on the command line; none where none was.
 * @throws PatchworkError `request` for a file that is no JSON, or no list of edits
 */
export async function readEdits(path: string | undefined): Promise<Edit[]> {
	if (path === undefined) return [];
	const text = await readFile(typedPath(path), 'utf8');
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (cause) {
		throw new PatchworkError('request', `${path} is not a JSON file: correct it, then try again.`, { cause });
	}
	return parseEdits(json);
}
