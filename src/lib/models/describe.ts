import { planCheckpoint } from '../engine/checkpoint/plan';
import { sizesOf, type ModelConfig } from '../engine/families';
import { isRecord } from '../base/json';
import { architectureOf } from './architecture';
import { parseContents, textOf } from './contents';
import { chooseFiles, shardsOf } from './files';
import { readableFile, THESE_FILES } from './from-files';
import { fileUrl, licenceOf, listRepo, type HubOptions } from './hub';
import { ASK_ABOVE, checkMemory, hasRoom } from './limits';
import { readTable, type Readable } from './look';
import { fetchStart } from './peek';
import type { HubRepo } from './source';

/** What can be said of a model before its weights are fetched. */
export interface ModelDescription {
	/** The repository's name, or what files on disk say that they are. */
	readonly title: string;
	/** All that would be fetched. */
	readonly bytes: number;
	/** How many files the weights are cut into. */
	readonly weightFiles: number;
	/** As the checkpoint's config names it. */
	readonly architecture: string;
	/** As the engine reads it from the config and the tensors' names and shapes. */
	readonly config: ModelConfig;
	readonly parameters: number;
	/** As the hub writes it, e.g. `apache-2.0`; null where nobody says. */
	readonly licence: string | null;
	/** Whether it is so much that the reader is to be asked first. */
	readonly ask: boolean;
	/** Whether this browser has room to keep it. It can be used for a visit without. */
	readonly keepable: boolean;
}

/**
 * Looks at a repository of the hub without fetching its weights: its list of files, its config, and the table at the
 * start of the weights.
 * @throws TransferError (gated, missing, no weights that we read, too large, offline, ...), PatchworkError `config` or
 *   `checkpoint` for a model that cannot run here, `cancelled`
 */
export async function describeRepo(
	{ endpoint, repo, revision }: Omit<HubRepo, 'kind'>,
	options: Omit<HubOptions, 'revision'> = {}
): Promise<ModelDescription> {
	const listed = await listRepo(endpoint, repo, { ...options, revision });
	const readable = listed.map(({ path, bytes }) => ({
		name: path,
		bytes,
		start: (length: number) => {
			const subject = { name: fileIn(repo, path), url: fileUrl(endpoint, repo, path, revision) };
			return fetchStart(subject, Math.min(length, bytes), options);
		}
	}));
	const description = await describe(readable, repo);
	return { ...description, title: repo, licence: await licenceOf(endpoint, repo, options) };
}

/** Looks at files on the reader's disk. @throws as {@link describeRepo} does */
export async function describeFiles(files: readonly File[]): Promise<ModelDescription> {
	return describe(files.map(readableFile), THESE_FILES);
}

async function describe(offered: readonly Readable[], whose: string): Promise<ModelDescription> {
	const { small, weights } = chooseFiles(offered, whose);
	const texts = new Map<string, string>();
	for (const file of small) texts.set(file.name, await textOf(await file.start(file.bytes), file.name));
	const contents = parseContents(texts);
	const architecture = architectureOf(contents.config, whose);
	const parts = weights ? [weights] : shardsOf(contents.index, offered, whose);
	const { config, parameters } = planCheckpoint(contents.config, contents.preprocessor, await readTable(parts));
	checkMemory(whose, 4 * parameters);
	const bytes = [...small, ...parts].reduce((sum, file) => sum + file.bytes, 0);
	return {
		title: nameIn(contents.config) ?? bySizes(architecture, config),
		bytes,
		weightFiles: parts.length,
		architecture,
		config,
		parameters,
		licence: null,
		ask: bytes > ASK_ABOVE,
		keepable: await hasRoom(bytes)
	};
}

const fileIn = (repo: string, path: string): string => `${path} of ${repo}`;

/** What a config calls its model: timm by its architecture, transformers by where it came from; null where neither is said. */
function nameIn(config: unknown): string | null {
	const { model_type: type, architecture, _name_or_path: path } = isRecord(config) ? config : {};
	const name = type === undefined ? architecture : path;
	return (typeof name === 'string' && name.split(/[/\\]/).findLast((part) => part !== '')) || null;
}

/** A name for a model that has none: `vit-12-blocks-3-heads-192-wide`. */
function bySizes(architecture: string, config: ModelConfig): string {
	return [architecture, ...sizesOf(config)].join('-');
}
