import { isRecord, isSize } from '../base/json';

/** What is known of one file that is kept, or on its way. */
export interface FileRecord {
	/** Of the whole file; null while nobody has said. */
	readonly bytes: number | null;
	/** In hexadecimal. */
	readonly sha256: string | null;
	/** The server's name for the version that the bytes are of. */
	readonly etag: string | null;
	/** Whether all of it is here, and is what was announced. */
	readonly whole: boolean;
}

/** The record that a model's files are kept with. It is written before any of them is complete. */
export interface Manifest {
	/** When the model was asked for, in milliseconds since 1970. */
	readonly kept: number;
	/** Whether every file that the model needs is whole. */
	readonly whole: boolean;
	readonly files: Readonly<Record<string, FileRecord>>;
}

export const MANIFEST_FILE = 'patchwork.json';

/** A manifest's text, read; null for anything that is none, such as one that a crash cut off. */
export function parseManifest(text: string): Manifest | null {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return null;
	}
	if (!isRecord(value) || !isRecord(value['files']) || !isSize(value['kept'])) return null;
	const files = Object.entries(value['files']);
	if (!files.every((entry): entry is [string, FileRecord] => isFileRecord(entry[1]))) return null;
	return { kept: value['kept'], whole: value['whole'] === true, files: Object.fromEntries(files) };
}

function isFileRecord(value: unknown): value is FileRecord {
	if (!isRecord(value)) return false;
	const isText = (name: string) => value[name] === null || typeof value[name] === 'string';
	const { bytes, whole } = value;
	return (bytes === null || isSize(bytes)) && isText('sha256') && isText('etag') && typeof whole === 'boolean';
}
