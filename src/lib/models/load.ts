import { cancelled, PatchworkError } from '../errors';
import type { Progress } from '../worker/protocol';
import { verify } from './checksum';
import { download, type DownloadOptions, type Wanted } from './download';
import { MODEL_FILES, REQUIRED_FILES, WEIGHTS_FILE } from './files';
import { fileUrl, listRepo } from './hub';
import { isStringArray, parseJson } from '../json';
import { labelsFromConfig } from './labels';
import { MemorySink } from './memory';
import { fetchSiteIndex, fetchText } from './site';
import type { ModelSource } from './source';
import { ModelStore } from './store';
import { TransferError } from './transfer';

/** A checkpoint's files, parsed but not yet believed: the engine checks that config and weights belong together. */
export interface ModelFiles {
	readonly config: unknown;
	/** Content of `preprocessor_config.json`; null for a checkpoint without one, as timm's are. */
	readonly preprocessor: unknown;
	/** Names of the classes; null if nobody names them. They may be more or fewer than the classes: see `classNames`. */
	readonly labels: string[] | null;
	/** The bytes of `model.safetensors`. */
	readonly weights: ArrayBuffer;
	/** Why this browser did not keep a model from the hub, to be told to the reader; null if there is nothing to tell. */
	readonly notKept: PatchworkError | null;
}

export interface FetchModelOptions extends Pick<DownloadOptions, 'signal' | 'fetch' | 'pause'> {
	/** Progress of the weights; the other files are a few kilobytes. */
	readonly onProgress?: (progress: Progress) => void;
	readonly store?: ModelStore;
}

/** Content of the files that there are, by name. */
type Contents = Map<string, ArrayBuffer>;

/**
 * Bring a model's files: from a site's folder, or from the hub by way of this browser's store. Each file's size and
 * checksum are compared with what the site's or the hub's list says.
 * @throws TransferError, PatchworkError `config` (a file that is not JSON) or `cancelled`.
 */
export async function fetchModel(source: ModelSource, options: FetchModelOptions = {}): Promise<ModelFiles> {
	const { contents, notKept } =
		source.from.kind === 'site'
			? { contents: await fromSite(source, source.from.folder, options), notKept: null }
			: await fromHub(source, source.from.endpoint, source.from.repo, options);
	if (options.signal?.aborted) throw cancelled();
	const config = jsonOf(contents, 'config.json');
	const labels = jsonOf(contents, 'labels.json');
	return {
		config,
		preprocessor: jsonOf(contents, 'preprocessor_config.json'),
		labels: isStringArray(labels) ? labels : labelsFromConfig(config),
		weights: contents.get(WEIGHTS_FILE) ?? new ArrayBuffer(0),
		notKept
	};
}

async function fromSite(source: ModelSource, folder: string, options: FetchModelOptions): Promise<Contents> {
	const { id } = source;
	const index = await fetchSiteIndex(new URL('../../', folder).href, options);
	const wanted = (index[id] ?? []).map((file) => ({
		name: file.path,
		url: new URL(file.path, folder).href,
		bytes: file.bytes,
		sha256: file.sha256
	}));
	return fetchAll(needed(wanted, `This site's folder of ${id}`), source, options);
}

async function fromHub(source: ModelSource, endpoint: string, repo: string, options: FetchModelOptions) {
	const store = options.store ?? new ModelStore();
	const kept = await fromStore(store, repo);
	if (kept) return { contents: kept, notKept: null };
	const files = await listRepo(endpoint, repo, options);
	const wanted = files.map((file) => ({
		name: file.path,
		url: fileUrl(endpoint, repo, file.path),
		bytes: file.bytes,
		sha256: file.sha256
	}));
	const contents = await fetchAll(needed(wanted, repo), source, options);
	return { contents, notKept: await keep(store, repo, contents) };
}

/**
 * The files that we read, of all that are offered, weights last.
 * @throws TransferError `not-found` if config or weights are missing.
 */
function needed(offered: readonly Wanted[], whose: string): Wanted[] {
	for (const name of REQUIRED_FILES) {
		if (offered.some((file) => file.name === name)) continue;
		throw new TransferError(
			'not-found',
			`${whose} has no ${name}, which every model here needs: choose another model.`
		);
	}
	return MODEL_FILES.flatMap((name) => offered.find((file) => file.name === name) ?? []);
}

/** Whatever is wrong with the small files shows before the weights are asked for, which are the reader's time. */
async function fetchAll(files: readonly Wanted[], source: ModelSource, options: FetchModelOptions): Promise<Contents> {
	const contents: Contents = new Map();
	for (const file of files) {
		const isWeights = file.name === WEIGHTS_FILE;
		if (isWeights) await addLabels(contents, source, options);
		contents.set(
			file.name,
			await fetchFile(file, { ...options, onProgress: isWeights ? options.onProgress : undefined })
		);
		if (!isWeights) jsonOf(contents, file.name);
	}
	return contents;
}

async function fetchFile(file: Wanted, options: DownloadOptions): Promise<ArrayBuffer> {
	const sink = new MemorySink(file.bytes);
	await download(file, sink, options);
	const data = sink.toBuffer();
	await verify(data, file);
	return data;
}

/** The files as they were kept; null if they are not here, not whole, or not to be had. */
async function fromStore(store: ModelStore, repo: string): Promise<Contents | null> {
	const contents: Contents = new Map();
	try {
		for (const name of MODEL_FILES) {
			const data = await store.get(repo, name);
			if (data) contents.set(name, data);
		}
	} catch {
		// A store that cannot be read is no reason not to run the model: it is fetched.
		return null;
	}
	return REQUIRED_FILES.every((name) => contents.has(name)) ? contents : null;
}

/** In the order of `MODEL_FILES`, so that only a whole model has its weights in the store. */
async function keep(store: ModelStore, repo: string, contents: Contents): Promise<PatchworkError | null> {
	try {
		for (const [name, data] of contents) await store.put(repo, name, data);
		return null;
	} catch (error) {
		await store.delete(repo).catch(() => undefined);
		if (error instanceof PatchworkError) return error;
		throw error;
	}
}

function textOf(data: ArrayBuffer): string {
	return new TextDecoder().decode(data);
}

function jsonOf(contents: Contents, name: string): unknown {
	const data = contents.get(name);
	return data ? parseJson(textOf(data), name) : null;
}

/** Give a checkpoint that names no classes the names that its source knows, so that they are kept together. */
async function addLabels(contents: Contents, source: ModelSource, options: FetchModelOptions): Promise<void> {
	const named = contents.has('labels.json') || labelsFromConfig(jsonOf(contents, 'config.json')) !== null;
	if (named || source.labels === undefined) return;
	const name = 'the list of class names';
	const text = await fetchText({ name, url: source.labels }, options);
	if (!isStringArray(parseJson(text, name))) {
		const { host } = new URL(source.labels);
		throw new TransferError('unexpected', `${host} answered with something other than ${name}: reload the page.`);
	}
	contents.set('labels.json', new TextEncoder().encode(text).buffer);
}
