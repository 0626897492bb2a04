import { architectureOf } from './architecture';
import { verify } from './checksum';
import { borrowedLabels, parseContents, textOf } from './contents';
import { download, type DownloadOptions, type Wanted } from './download';
import { chooseFiles } from './files';
import type { FetchModelOptions, ModelFiles } from './load';
import { MemorySink } from './memory';
import { fetchSiteIndex } from './site';
import type { ModelSource, SiteFolder } from './source';
import { keptWeights } from './weights';

/** A model from a folder of the site. It is not kept, for the site, or the browser's own cache, has it. */
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
	const files = weights ? [await fetchFile(weights, options)] : [];
	const again = async () => (weights ? [await fetchFile(weights, { fetch: fromCache(options.fetch) })] : []);
	return { ...parseContents(texts), weights: keptWeights(files, again), notKept: null };
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
