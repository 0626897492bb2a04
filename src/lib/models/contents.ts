import { libraryOf } from '../engine/checkpoint/library';
import { isRecord, isStringArray, parseJson } from '../base/json';
import { INDEX_FILE } from './files';
import { labelsFromConfig } from './labels';
import { fetchText } from './site';
import type { ModelSource } from './source';
import { TransferError } from './transfer';
import type { DownloadOptions } from './download';
import type { FileBytes } from './weights';

/** What the small files of a model say, parsed but not yet believed. */
export interface Contents {
	readonly config: unknown;
	/** Content of `preprocessor_config.json`; null for a checkpoint without one, as timm's are. */
	readonly preprocessor: unknown;
	/** Names of the classes; null if nobody names them. They may be more or fewer than the classes: see `classNames`. */
	readonly labels: string[] | null;
	/** Content of the list of parts; null for a checkpoint in one piece. */
	readonly index: unknown;
}

/** No configuration is longer than this many bytes; one that is would hold the page up for nothing. */
const MOST = 20_000_000;

/** The text of a small file. @throws TransferError `unexpected` for one that is not small */
export async function textOf(file: FileBytes, name: string): Promise<string> {
	const data = file instanceof ArrayBuffer ? file : file.size > MOST ? null : await file.arrayBuffer();
	if (data && data.byteLength <= MOST) return new TextDecoder().decode(data);
	throw new TransferError('unexpected', `${name} is far too long for what it should be: choose another model.`);
}

/**
 * @param texts of the small files that there are, by name
 * @throws PatchworkError `config` naming a file that is not JSON
 */
export function parseContents(texts: ReadonlyMap<string, string>): Contents {
	const json = (name: string): unknown => {
		const text = texts.get(name);
		return text === undefined ? null : parseJson(text, name);
	};
	const config = json('config.json');
	const labels = json('labels.json');
	return {
		config,
		preprocessor: json('preprocessor_config.json'),
		labels: isStringArray(labels) ? labels : labelsFromConfig(config),
		index: json(INDEX_FILE)
	};
}

/**
 * The text of the list of names that a source knows for a checkpoint that names no classes; null where none is needed.
 * @throws TransferError, PatchworkError `cancelled`
 */
export async function borrowedLabels(
	{ labels }: Contents,
	source: ModelSource,
	options: Pick<DownloadOptions, 'signal' | 'fetch'>
): Promise<string | null> {
	if (labels !== null || source.labels === undefined) return null;
	const name = 'the list of class names';
	const text = await fetchText({ name, url: source.labels }, options);
	if (isStringArray(parseJson(text, name))) return text;
	const { host } = new URL(source.labels);
	throw new TransferError('unexpected', `${host} answered with something other than ${name}: reload the page.`);
}

/** The classes of ImageNet-1k, on which most checkpoints of timm's were trained last. */
const IMAGENET = 1000;

/**
 * ImageNet's names for a checkpoint of timm's that names none of its thousand classes; null for any other, and where the
 * list is not to be had: a model runs without.
 */
export async function assumedLabels(
	{ config, labels }: Pick<Contents, 'config' | 'labels'>,
	{ assumed }: ModelSource,
	options: Pick<DownloadOptions, 'signal' | 'fetch'>
): Promise<string[] | null> {
	if (labels !== null || assumed === undefined || !isOfThousand(config)) return null;
	try {
		const name = 'the list of class names';
		const names = parseJson(await fetchText({ name, url: assumed }, options), name);
		return isStringArray(names) ? names : null;
	} catch {
		return null;
	}
}

/** Whether a config is timm's, and says a thousand classes. */
function isOfThousand(config: unknown): boolean {
	return isRecord(config) && libraryOf(config) === 'timm' && config['num_classes'] === IMAGENET;
}
