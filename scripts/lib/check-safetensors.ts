import { readFile } from 'node:fs/promises';
import { readSafetensors } from '../../src/lib/engine/checkpoint/safetensors';
import { PatchworkError } from '../../src/lib/base/errors';

/**
 * Check that a file is a whole safetensors file, as the engine will read it.
 * @throws PatchworkError `checkpoint`, naming the file and what is wrong.
 */
export async function checkSafetensors(path: string): Promise<void> {
	try {
		readSafetensors(new Uint8Array(await readFile(path)).buffer);
	} catch (error) {
		if (!(error instanceof PatchworkError)) throw error;
		throw new PatchworkError('checkpoint', `${path}: ${error.message}`, { cause: error });
	}
}
