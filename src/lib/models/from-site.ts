import { architectureOf } from './architecture';
import { verify } from './checksum';
import { borrowedLabels, parseContents, textOf } from './contents';
import { download, type DownloadOptions, type Wanted } from './download';
import { chooseFiles } from './files';
import type { FetchModelOptions, ModelFiles } from './load';
import { MemorySink } from './memory';
import { Scratch } from './scratch';
import { fetchSiteIndex } from './site';
import type { ModelSource, SiteFolder } from './source';
import { heldWeights, keptWeights } from './weights';

/** A model from a folder of the site. It is not kept for the next visit, for the site has it. */
export async function fromSite(
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
	const texts = new Map<string, string>();
	const quietly = { ...options, gate: undefined, onProgress: undefined };
	for (const file of small) texts.set(file.name, await textOf(await fetchFile(file, quietly), file.name));
	const contents = parseContents(texts);
	const labels = await borrowedLabels(contents, source, options);
	if (labels !== null) texts.set('labels.json', labels);
	architectureOf(contents.config, whose);
	// The site's list of files has no parts: it is made by us, of models in one piece.
	if (!weights) return { ...parseContents(texts), weights: heldWeights([]), notKept: null };
	const file = await fetchFile(weights, options);
	// Nobody waits for the disk: the first picture of a visit comes before it is done.
	const spare = scratch.put(file);
	const again = async () => [
		(await (await spare)()) ?? (await fetchFile(weights, { fetch: fromCache(options.fetch) }))
	];
	return { ...parseContents(texts), weights: keptWeights([file], again), notKept: null };
}

/** For this visit only: a backend may be lost, or a faster one found, where the site cannot be reached or is slow. */
const scratch = new Scratch();

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
