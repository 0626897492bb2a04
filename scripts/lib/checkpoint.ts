import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memorySource } from '../../src/lib/engine/checkpoint/bytes.ts';
import type { CheckpointSources } from '../../src/lib/engine/model.ts';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { chooseFiles, INDEX_FILE, shardsOf } from '../../src/lib/models/files.ts';
import { labelsFromConfig } from '../../src/lib/models/labels.ts';

/** A checkpoint folder as it was downloaded. */
interface CheckpointFolder {
	readonly files: CheckpointSources;
	readonly labels: string[] | null;
}

/** The bytes of a file in a buffer of their own. */
export async function readBytes(path: string): Promise<ArrayBuffer> {
	const file = await readFile(path);
	return new Uint8Array(file).buffer;
}

/**
 * Reads `config.json`, the weights (`model.safetensors`, or the parts that its index names) and, if they are there,
 * `preprocessor_config.json` and `labels.json`.
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
	const offered = existsSync(folder) ? (await readdir(folder)).map((name) => ({ name })) : [];
	const { weights } = chooseFiles(offered, folder);
	const parts = weights ? [weights] : shardsOf(await json(INDEX_FILE), offered, folder);
	const [config, preprocessor, labels] = await Promise.all(
		['config.json', 'preprocessor_config.json', 'labels.json'].map(json)
	);
	const files = await Promise.all(parts.map(({ name }) => readBytes(join(folder, name))));
	return {
		files: { config, preprocessor, weights: files.map(memorySource) },
		labels: Array.isArray(labels) ? labels.map(String) : labelsFromConfig(config)
	};
}
