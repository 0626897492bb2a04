import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointFiles } from '../../src/lib/engine/model.ts';
import { PatchworkError } from '../../src/lib/errors.ts';
import { REQUIRED_FILES, WEIGHTS_FILE } from '../../src/lib/models/files.ts';
import { labelsFromConfig } from '../../src/lib/models/labels.ts';

/** A checkpoint folder as it was downloaded. */
interface CheckpointFolder {
	readonly files: CheckpointFiles;
	readonly labels: string[] | null;
}

/** The bytes of a file in a buffer of their own. */
export async function readBytes(path: string): Promise<ArrayBuffer> {
	const file = await readFile(path);
	return new Uint8Array(file).buffer;
}

/** @throws PatchworkError `checkpoint` naming the file that a folder lacks to be a model's */
export function requireCheckpoint(folder: string): void {
	for (const name of REQUIRED_FILES) {
		if (!existsSync(join(folder, name))) throw new PatchworkError('checkpoint', `There is no ${name} in ${folder}.`);
	}
}

/**
 * Reads `config.json`, `model.safetensors` and, if they are there, `preprocessor_config.json` and `labels.json`.
 * @throws PatchworkError naming the file that is missing or malformed
 */
export async function readCheckpoint(folder: string): Promise<CheckpointFolder> {
	const json = async (name: string): Promise<unknown> => {
		const path = join(folder, name);
		if (!existsSync(path)) return null;
		try {
			return JSON.parse(await readFile(path, 'utf8'));
		} catch (error) {
			throw new PatchworkError('config', `${path} is not valid JSON.`, { cause: error });
		}
	};
	requireCheckpoint(folder);
	const [config, preprocessor, labels] = await Promise.all(
		['config.json', 'preprocessor_config.json', 'labels.json'].map(json)
	);
	return {
		files: { config, preprocessor: preprocessor ?? null, weights: await readBytes(join(folder, WEIGHTS_FILE)) },
		labels: Array.isArray(labels) ? labels.map(String) : labelsFromConfig(config)
	};
}
