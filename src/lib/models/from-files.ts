import { cancelled, PatchworkError } from '../base/errors';
import { architectureOf } from './architecture';
import { borrowedLabels, parseContents, textOf } from './contents';
import { chooseFiles, shardsOf, WEIGHTS_FILE } from './files';
import { eachPiece } from './hashing-sink';
import { fromStore } from './from-hub';
import { checkMemory, hasRoom } from './limits';
import type { FetchModelOptions, ModelFiles } from './model-files';
import { readTable, type Readable } from './look';
import type { KeptFiles, ModelSource, PickedFiles } from './source';
import { LOCAL, NO_ROOM, storageError, type ModelStore } from './store';
import { keptWeights, weightsIn } from './weights';

/** What the reader picked, and where it is called what. */
export const THESE_FILES = 'What you chose';

/**
 * Of files that the reader dropped or picked together, those that are a model's; what is no part of one is left out.
 * @throws TransferError `not-found` or `format` where a model is not among them
 */
export function modelFiles(files: readonly File[]): File[] {
	const named = files.map(rename(files));
	chooseFiles(named, THESE_FILES);
	return named.filter(({ name }) => /\.(safetensors|json)$/.test(name));
}

/** The source for a model's files that lie on the reader's disk. @param title by which it is known and kept here, see `freeName` */
export function filesSource(files: readonly File[], title: string): ModelSource & { readonly from: PickedFiles } {
	const key = `${LOCAL}${title}`;
	return { id: key, from: { kind: 'files', files, keepAs: key } };
}

/** Weights that somebody saved under another name are taken for what they are where there is no doubt. */
function rename(files: readonly File[]): (file: File) => File {
	const weights = files.filter(({ name }) => name.endsWith('.safetensors'));
	const [only] = weights;
	const known = files.some(({ name }) => name === WEIGHTS_FILE || name.endsWith('.index.json'));
	if (known || weights.length !== 1) return (file) => file;
	return (file) => (file === only ? new File([file], WEIGHTS_FILE) : file);
}

/** A model from files on the reader's disk, and a copy of them in the store if the source says so. */
export async function fromFiles(
	source: ModelSource,
	{ files, keepAs }: PickedFiles,
	store: ModelStore,
	options: FetchModelOptions
): Promise<ModelFiles> {
	const { small, weights } = chooseFiles(files, THESE_FILES);
	const texts = new Map<string, string>();
	for (const file of small) texts.set(file.name, await readText(file));
	const labels = await borrowedLabels(parseContents(texts), source, options);
	if (labels !== null) texts.set('labels.json', labels);
	const { index, ...contents } = parseContents(texts);
	architectureOf(contents.config, THESE_FILES);
	const parts = weights ? [weights] : shardsOf(index, files, THESE_FILES);
	options.approve?.({ index, ...contents }, await readTable(parts.map(readableFile)));
	checkMemory(
		THESE_FILES,
		parts.reduce((sum, { size }) => sum + size, 0)
	);
	const notKept = keepAs === undefined ? null : await copy(store, keepAs, texts, parts, options);
	return { ...contents, weights: weightsIn(parts), notKept };
}

/** A model that was dropped on an earlier visit. @throws PatchworkError `storage` if the browser has cleared it, or another took its place */
export async function fromKept(from: KeptFiles, store: ModelStore): Promise<ModelFiles> {
	const first = await keptFiles(from, store);
	const again = async () => (await keptFiles({ ...from, kept: first.kept }, store)).files;
	return { ...first.contents, weights: keptWeights(first.files, again), notKept: null, kept: first.kept };
}

async function keptFiles({ repo, kept }: KeptFiles, store: ModelStore) {
	const now = await fromStore(store, repo);
	if (!now) throw gone(repo);
	// Another tab may have put other files under the same name, which would be another model unawares.
	if (kept === undefined || now.kept === kept) return now;
	throw new PatchworkError(
		'storage',
		'Another tab has put other files in the place of this model’s: drop its files here again.'
	);
}

const gone = (key: string) =>
	new PatchworkError('storage', `${key.replace(LOCAL, '')} is no longer in this browser: drop its files here again.`);

/** A file on the reader's disk, of which the beginning can be asked for. */
export function readableFile(file: File): Readable {
	return { name: file.name, bytes: file.size, start: (length) => file.slice(0, length).arrayBuffer() };
}

async function readText(file: File): Promise<string> {
	try {
		return await textOf(file, file.name);
	} catch (cause) {
		if (cause instanceof PatchworkError) throw cause;
		throw new PatchworkError('checkpoint', `${file.name} could not be read from your disk: choose it again.`, {
			cause
		});
	}
}

/** Gives why it was not kept, which is no reason not to use it; null if it was. */
async function copy(
	store: ModelStore,
	key: string,
	texts: ReadonlyMap<string, string>,
	parts: readonly File[],
	{ signal }: FetchModelOptions
): Promise<PatchworkError | null> {
	const files = [...[...texts].map(([name, text]) => new File([text], name)), ...parts];
	try {
		if (!(await hasRoom(files.reduce((sum, { size }) => sum + size, 0)))) throw new PatchworkError('storage', NO_ROOM);
		await store.delete(key);
		for (const file of files) await copyFile(store, key, file, signal);
		const records = files.map(({ name, size }) => [name, { bytes: size, sha256: null, etag: null, whole: true }]);
		await store.writeManifest(key, { kept: Date.now(), whole: true, files: Object.fromEntries(records) });
		return null;
	} catch (error) {
		await store.delete(key).catch(() => undefined);
		if (signal?.aborted) throw cancelled(error);
		return storageError('write', error);
	}
}

async function copyFile(store: ModelStore, key: string, file: File, signal?: AbortSignal): Promise<void> {
	const sink = await store.append(key, file.name);
	try {
		await eachPiece(file, async (piece) => {
			signal?.throwIfAborted();
			await sink.write(piece);
		});
	} finally {
		await sink.close();
	}
}
