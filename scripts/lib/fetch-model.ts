import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PatchworkError } from '../../src/lib/base/errors';
import { download, type DownloadOptions } from '../../src/lib/models/download';
import { MODEL_FILES, REQUIRED_FILES } from '../../src/lib/models/files';
import { fileUrl, listRepo, type HubFile } from '../../src/lib/models/hub';
import { isRecord, isStringArray } from '../../src/lib/base/json';
import { labelsFromConfig } from '../../src/lib/models/labels';
import { altered } from '../../src/lib/models/transfer';
import { FileSink } from './file-sink';
import { checkSafetensors } from './check-safetensors';

interface HubModelOptions extends DownloadOptions {
	/** Milliseconds to wait for the hub's first answer. */
	readonly patience: number;
	/** Where unfinished downloads are kept. */
	readonly parts: string;
}

/**
 * Bring a repository's model files from a hub into a folder. What was cut off earlier is gone on with; a file takes
 * its place only when its size and checksum are those the hub gives, and its tensors cover it.
 * @throws TransferError, PatchworkError `checkpoint`.
 */
export async function fetchFromHub(
	endpoint: string,
	repo: string,
	folder: string,
	options: HubModelOptions
): Promise<void> {
	const listed = await listRepo(endpoint, repo, { signal: AbortSignal.timeout(options.patience) });
	const files = MODEL_FILES.flatMap((name) => listed.find(({ path }) => path === name) ?? []);
	requireAll((name) => files.some(({ path }) => path === name), repo);
	for (const file of files) await fetchFile(fileUrl(endpoint, repo, file.path), file, folder, options);
}

/** Copy a model's files from another folder. @throws PatchworkError `request` or `checkpoint`. */
export async function copyFromFolder(from: string, folder: string): Promise<void> {
	requireAll((name) => existsSync(join(from, name)), from);
	await checkSafetensors(join(from, 'model.safetensors'));
	mkdirSync(folder, { recursive: true });
	for (const name of MODEL_FILES) {
		if (existsSync(join(from, name))) copyFileSync(join(from, name), join(folder, name));
	}
}

/** Give a folder the class names in `labels`, if it has none of its own and has as many classes. */
export function addLabels(folder: string, labels: string): void {
	const target = join(folder, 'labels.json');
	const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
	if (existsSync(target) || labelsFromConfig(config)) return;
	const names: unknown = JSON.parse(readFileSync(labels, 'utf8'));
	const classes = isRecord(config) ? config['num_classes'] : null;
	if (isStringArray(names) && names.length === classes) copyFileSync(labels, target);
}

async function fetchFile(url: string, file: HubFile, folder: string, options: HubModelOptions): Promise<void> {
	const part = join(options.parts, file.path);
	const sink = await FileSink.open(part);
	const wanted = { name: file.path, url, bytes: file.bytes, sha256: file.sha256 };
	const onEtag = (etag: string | null) => void (sink.etag = etag);
	try {
		await download(wanted, sink, { ...options, etag: sink.etag, onEtag, ifRange: true });
		if (file.sha256 !== null && (await sink.sha256()) !== file.sha256) {
			// Nothing in it can be trusted, so the next run starts from the beginning.
			await sink.clear();
			throw altered(file.path);
		}
		if (file.path.endsWith('.safetensors')) await checkPart(part, sink);
		await sink.moveTo(join(folder, file.path));
	} finally {
		await sink.close();
	}
}

async function checkPart(part: string, sink: FileSink): Promise<void> {
	try {
		await checkSafetensors(`${part}.part`);
	} catch (error) {
		await sink.clear();
		rmSync(`${part}.etag`, { force: true });
		throw error;
	}
}

function requireAll(has: (name: string) => boolean, where: string): void {
	const missing = REQUIRED_FILES.filter((name) => !has(name));
	if (missing.length === 0) return;
	throw new PatchworkError(
		'request',
		`${where} has no ${missing.join(' and no ')}: give the name of a model's folder.`
	);
}
