import { architectureOf } from './architecture';
import { borrowedLabels, parseContents, textOf, type Contents } from './contents';
import type { Wanted } from './download';
import { chooseFiles, shardsOf } from './files';
import { fileUrl, listRepo } from './hub';
import { Keeper } from './keeper';
import { checkMemory } from './limits';
import type { FetchModelOptions, ModelFiles } from './model-files';
import { readTable, type Readable } from './look';
import type { Manifest } from './manifest';
import { fetchStart } from './peek';
import { storeKey } from './repo-name';
import type { HubRepo, ModelSource } from './source';
import type { ModelStore } from './store';
import { heldWeights, keptWeights, type FileBytes } from './weights';

/**
 * A model from the hub by way of this browser's store: what is whole there is used as it is, what was cut off is gone
 * on with, and the rest is fetched.
 */
export async function fromHub(
	source: ModelSource,
	from: HubRepo,
	store: ModelStore,
	options: FetchModelOptions
): Promise<ModelFiles> {
	const key = storeKey(from);
	const kept = await fromStore(store, key);
	if (kept) return { ...kept.contents, weights: weightsAt(kept.files), notKept: null };
	const { contents, files, notKept } = await fetchRepo(source, from, store, options);
	return { ...contents, weights: notKept ? heldWeights(files) : weightsAt(files), notKept };

	/** They are read from the store again; should the browser have cleared it meanwhile, they are fetched again. */
	function weightsAt(first: readonly FileBytes[]) {
		const { fetch } = options;
		return keptWeights(first, async () => {
			return ((await fromStore(store, key)) ?? (await fetchRepo(source, from, store, { fetch }))).files;
		});
	}
}

/** A whole model of the store; null if it is not here, not whole, or not to be had. @see fromHub */
export async function fromStore(
	store: ModelStore,
	key: string
): Promise<{ contents: Contents; files: readonly Blob[]; kept: number } | null> {
	try {
		const manifest = await store.manifest(key);
		const files = manifest?.whole ? await wholeFiles(store, key, manifest) : null;
		if (!manifest || !files) return null;
		const { kept } = manifest;
		const [weights, small] = [files.filter(isWeights), files.filter((entry) => !isWeights(entry))];
		const texts = small.map(async ([name, file]) => [name, await textOf(file, name)] as const);
		const contents = parseContents(new Map(await Promise.all(texts)));
		return { contents, files: weights.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file), kept };
	} catch {
		// A store that cannot be read, or a file in it that is damaged, is no reason not to run the model: it is fetched.
		return null;
	}
}

const isWeights = ([name]: readonly [string, Blob]): boolean => name.endsWith('.safetensors');

/** Every file of a manifest; null if the browser has cleared one of them, or a part of one. */
async function wholeFiles(store: ModelStore, key: string, { files }: Manifest): Promise<[string, Blob][] | null> {
	const found: [string, Blob][] = [];
	for (const [name, { bytes }] of Object.entries(files)) {
		const file = await store.read(key, name);
		if (!file || file.size !== bytes) return null;
		found.push([name, file]);
	}
	return found;
}

async function fetchRepo(source: ModelSource, from: HubRepo, store: ModelStore, options: FetchModelOptions) {
	const { endpoint, repo, revision } = from;
	const listed = await listRepo(endpoint, repo, { ...options, revision });
	const offered = listed.map(({ path, bytes, sha256 }) => ({
		name: path,
		url: fileUrl(endpoint, repo, path, revision),
		bytes,
		sha256
	}));
	const keeper = await Keeper.open(store, storeKey(from));
	try {
		return await bring(source, repo, offered, keeper, options);
	} catch (error) {
		await keeper.leave(error);
		throw error;
	}
}

/** Whatever is wrong with the small files shows before the weights are asked for, which are the reader's time. */
async function bring(
	source: ModelSource,
	repo: string,
	offered: readonly Wanted[],
	keeper: Keeper,
	options: FetchModelOptions
) {
	const chosen = chooseFiles(offered, repo);
	const quietly = { ...options, gate: undefined, onProgress: undefined };
	const texts = new Map<string, string>();
	for (const file of chosen.small) texts.set(file.name, await textOf(await keeper.fetch(file, quietly), file.name));
	const labels = await borrowedLabels(parseContents(texts), source, options);
	if (labels !== null) {
		texts.set('labels.json', labels);
		await keeper.put('labels.json', labels);
	}
	const contents = parseContents(texts);
	architectureOf(contents.config, repo);
	const parts = chosen.weights ? [chosen.weights] : shardsOf(contents.index, offered, repo);
	checkMemory(repo, totalBytes(parts) ?? 0);
	await keeper.expect(parts);
	options.approve?.(contents, await readTable(parts.map((part) => readableOf(part, keeper, options))));
	const files = await fetchParts(parts, keeper, options);
	return { contents, files: await keeper.finish(files), notKept: keeper.notKept };
}

/** A file of which the beginning is here from an earlier visit, or can be asked for. */
function readableOf(file: Wanted, keeper: Keeper, options: FetchModelOptions): Readable {
	const bytes = file.bytes ?? Infinity;
	const start = async (length: number) =>
		(await keeper.start(file, length)) ?? fetchStart(file, Math.min(length, bytes), options);
	return { name: file.name, bytes, start };
}

/** The weights one part after the other, with the progress of all of them together. */
async function fetchParts(parts: readonly Wanted[], keeper: Keeper, options: FetchModelOptions): Promise<FileBytes[]> {
	const total = totalBytes(parts);
	const files: FileBytes[] = [];
	let before = 0;
	for (const part of parts) {
		const onProgress: FetchModelOptions['onProgress'] = (progress) =>
			options.onProgress?.({ ...progress, loaded: before + progress.loaded, total: total ?? progress.total });
		files.push(await keeper.fetch(part, { ...options, onProgress }));
		before += part.bytes ?? 0;
	}
	return files;
}

function totalBytes(parts: readonly Wanted[]): number | null {
	return parts.reduce<number | null>((sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes), 0);
}
