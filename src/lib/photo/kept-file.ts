import { isRecord } from '../base/json';

/**
 * A file as it lies in a database: its bytes. A `Blob` would do in most browsers, but WebKit refuses to store one where
 * it keeps nothing for later, as in a private window.
 */
export interface KeptFile {
	readonly bytes: ArrayBuffer;
	/** Its media type; empty where nobody knows. */
	readonly type: string;
}

export const asKept = async (file: Blob): Promise<KeptFile> => ({ bytes: await file.arrayBuffer(), type: file.type });

/** The file that was kept, also as earlier versions kept it, which was as a `Blob`; null for anything else. */
export function fromKept(value: unknown): Blob | null {
	if (value instanceof Blob) return value;
	if (!isRecord(value) || !(value['bytes'] instanceof ArrayBuffer) || typeof value['type'] !== 'string') return null;
	return new Blob([value['bytes']], { type: value['type'] });
}
