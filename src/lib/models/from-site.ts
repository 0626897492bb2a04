import { architectureOf } from './architecture';
import { verify } from './checksum';
import { borrowedLabels, parseContents, textOf, type Contents } from './contents';
import { download, type DownloadOptions, type Wanted } from './download';
import { chooseFiles } from './files';
import type { FetchModelOptions, ModelFiles } from './model-files';
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
		const before = used.get(from.folder);
		const file = error instanceof TransferError && error.reason === 'offline' ? await before?.spare() : null;
		if (!before || !file) throw error;
		return filesOf(before, file);
	}
}

async function fetchFolder(
	source: ModelSource,
	{ folder }: SiteFolder,
	options: FetchModelOptions
): Promise<ModelFiles> {
	const whose = `This site's folder of ${source.id}`;
	const index = await fetchSiteIndex(new URL('../../', folder).href, options);
	const offered = (index[source.id] ?? []).map(({ path, bytes, sha256 }) => {
		return { name: path, url: new URL(path, folder).href, bytes, sha256 };
	});
	const { small, weights } = chooseFiles(offered, whose);
	// The site's list of files has no parts: it is made by us, of models in one piece.
	if (!weights) throw new TransferError('unexpected', `${whose} has no weights in one piece: choose another model.`);
	const texts = new Map<string, string>();
	const quietly = { ...options, gate: undefined, onProgress: undefined };
	for (const file of small) texts.set(file.name, await textOf(await fetchFile(file, quietly), file.name));
	const labels = await borrowedLabels(parseContents(texts), source, options);
	if (labels !== null) texts.set('labels.json', labels);
	const contents = parseContents(texts);
	architectureOf(contents.config, whose);
	const before = used.get(folder);
	const here = before?.sha256 === weights.sha256 ? await before.spare() : null;
	if (before && here) return filesOf({ ...before, contents }, here);
	const file = await fetchFile(weights, options);
	// Nobody waits for the disk: the first picture of a visit comes before it is done.
	const put = source.unkept ? NOWHERE : (options.scratch ?? scratch).put(file);
	const spare = async () => (await put)();
	const again = async () => (await spare()) ?? fetchFile(weights, { fetch: fromCache(options.fetch) });
	const now: Used = { sha256: weights.sha256, contents, spare, again };
	used.set(folder, now);
	return filesOf(now, file);
}

function filesOf({ contents, again }: Used, file: FileBytes): ModelFiles {
	return { ...contents, weights: keptWeights([file], async () => [await again()]), notKept: null };
}

async function fetchFile(file: Wanted, options: DownloadOptions): Promise<ArrayBuffer> {
	const sink = new MemorySink(file.bytes);
	await download(file, sink, options);
	const data = sink.toBuffer();
	await verify(data, file);
	return data;
}

/** What was fetched a moment ago is in the browser's own cache, and there is no need to ask the site whether it changed. */
function fromCache(fetch = globalThis.fetch): typeof globalThis.fetch {
	return (input, init) => fetch(input, { ...init, cache: 'force-cache' });
}
