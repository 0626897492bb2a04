import { architectureOf } from './architecture';
import { verify } from './checksum';
import { borrowedLabels, parseContents, textOf, type Contents } from './contents';
import { download, type DownloadOptions, type Wanted } from './download';
import { MODELS } from './chosen';
import { chooseFiles } from './files';
import type { FetchModelOptions, ModelFiles } from './model-files';
import { readTable } from './look';
import { MemorySink } from './memory';
import { Scratch } from './scratch';
import { fetchSiteIndex } from './site';
import type { ModelSource, SiteFolder } from './source';
import { TransferError } from './transfer';
import { keptWeights, type FileBytes } from './weights';

/** For this visit only: a backend may be lost, or a model chosen again, where the site cannot be reached or is slow. */
const scratch = new Scratch();
/** The site's models that this visit has used, by their folder. */
const used = new Map<string, Used>();

/** What {@link Scratch.put} gives where there is no disk. */
const NOWHERE = Promise.resolve(async () => null);

interface Used {
	/** Of the weights. */
	readonly sha256: string | null;
	readonly contents: Contents;
	/** The file of the weights, as long as it is on the disk. */
	readonly spare: () => Promise<Blob | null>;
	/** The file from wherever it can be had. */
	readonly again: () => Promise<FileBytes>;
}

/**
 * A model from a folder of the site. It is not kept for the next visit, for the site has it; one that was used earlier
 * in this visit needs no network.
 */
export async function fromSite(source: ModelSource, from: SiteFolder, options: FetchModelOptions): Promise<ModelFiles> {
	try {
		return await fetchFolder(source, from, options);
	} catch (error) {
		if (!(error instanceof TransferError) || error.reason !== 'offline') throw error;
		const before = used.get(from.folder);
		const file = await before?.spare();
		if (!before || !file) throw notHere(source.id, error);
		return filesOf(before, file);
	}
}

/** A model of the site is kept with it once it was used; of one that was not, no single file is to blame. */
function notHere(id: string, cause: TransferError): TransferError {
	const title = MODELS.find((model) => model.id === id)?.title ?? id;
	const sentence = `This site cannot be reached, and ${title} was not kept on this device: use it once with a network, and it is here without one too.`;
	return new TransferError('offline', sentence, { cause });
}

async function fetchFolder(
	source: ModelSource,
	{ folder }: SiteFolder,
	options: FetchModelOptions
): Promise<ModelFiles> {
	const whose = `This site’s folder of ${source.id}`;
	const index = options.index ?? (await fetchSiteIndex(new URL('../../', folder).href, options));
	const offered = (index[source.id] ?? []).map(({ path, bytes, sha256 }) => {
		return { name: path, url: new URL(path, folder).href, bytes, sha256 };
	});
	const { small, weights } = chooseFiles(offered, whose);
	// The site's list of files has no parts: it is made by us, of models in one piece.
	if (!weights) throw new TransferError('unexpected', `${whose} has no weights in one piece: choose another model.`);
	const before = used.get(folder);
	const here = before?.sha256 === weights.sha256 ? await before.spare() : null;
	// The site's own models are made for this page, so that their weights need not wait for what the small files say.
	if (before && here) return filesOf({ ...before, contents: await fetchContents(source, small, whose, options) }, here);
	const sink = new MemorySink(weights.bytes);
	const [contents, file] = await together(
		options,
		(both) => foreseen(fetchContents(source, small, whose, both), weights, sink, options),
		(both) => fetchUnchecked(weights, both, sink)
	);
	const put = putAside(file, source.unkept ? null : (options.scratch ?? scratch));
	const spare = async () => (await put())();
	const again = async () => (await spare()) ?? fetchFile(weights, { fetch: fromCache(options.fetch) });
	const now: Used = { sha256: weights.sha256, contents, spare, again };
	const checked = verify(file, weights).then(() => void used.set(folder, now));
	if (!options.checksLater) await checked;
	// Whoever awaits it is told.
	checked.catch(() => undefined);
	return { ...filesOf(now, file, () => void put()), checked };
}

/** Two things at a time, of which one is given up where the other fails. */
async function together<A, B>(
	options: FetchModelOptions,
	one: (options: FetchModelOptions) => Promise<A>,
	other: (options: FetchModelOptions) => Promise<B>
): Promise<[A, B]> {
	const stop = new AbortController();
	const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
	try {
		return await Promise.all([one({ ...options, signal }), other({ ...options, signal })]);
	} finally {
		stop.abort();
	}
}

/** Tells what the model will be, where somebody asks, as soon as its small files and the head of its weights are here. */
function foreseen(
	coming: Promise<Contents>,
	{ name, bytes }: Wanted,
	sink: MemorySink,
	{ foresee }: FetchModelOptions
): Promise<Contents> {
	if (!foresee || bytes === null) return coming;
	const table = readTable([{ name, bytes, start: (wanted) => sink.start(Math.min(wanted, bytes)) }]);
	// What is wrong with it is told by whoever reads all of it.
	void Promise.all([coming, table])
		.then(([contents, table]) => foresee(contents, table))
		.catch(() => undefined);
	return coming;
}

/** What the small files say, of a model that runs here. */
async function fetchContents(
	source: ModelSource,
	small: readonly Wanted[],
	whose: string,
	options: FetchModelOptions
): Promise<Contents> {
	const quietly = { ...options, gate: undefined, onProgress: undefined };
	const fetched = small.map(
		async (file) => [file.name, await textOf(await fetchFile(file, quietly), file.name)] as const
	);
	const texts = new Map(await Promise.all(fetched));
	const labels = await borrowedLabels(parseContents(texts), source, options);
	if (labels !== null) texts.set('labels.json', labels);
	const contents = parseContents(texts);
	architectureOf(contents.config, whose);
	return contents;
}

/**
 * Puts a file onto the disk when it is first called for. Writing holds the engine up, so that whoever waits for a result
 * comes before it.
 */
function putAside(file: ArrayBuffer, to: Scratch | null): () => Promise<() => Promise<Blob | null>> {
	let held: ArrayBuffer | null = file;
	let put: Promise<() => Promise<Blob | null>> = NOWHERE;
	return () => {
		if (held && to) put = to.put(held);
		held = null;
		return put;
	};
}

function filesOf({ contents, again }: Used, file: FileBytes, settle?: () => void): ModelFiles {
	return { ...contents, weights: { ...keptWeights([file], async () => [await again()]), settle }, notKept: null };
}

async function fetchFile(file: Wanted, options: DownloadOptions): Promise<ArrayBuffer> {
	const data = await fetchUnchecked(file, options);
	await verify(data, file);
	return data;
}

async function fetchUnchecked(
	file: Wanted,
	options: DownloadOptions,
	sink = new MemorySink(file.bytes)
): Promise<ArrayBuffer> {
	await download(file, sink, options);
	return sink.toBuffer();
}

/** What was fetched a moment ago is in the browser's own cache, and there is no need to ask the site whether it changed. */
function fromCache(fetch = globalThis.fetch): typeof globalThis.fetch {
	return (input, init) => fetch(input, { ...init, cache: 'force-cache' });
}
