import type { Wanted } from './download';
import { altered } from './transfer';

/** SHA-256 in hexadecimal; null where the browser has no cryptography, as on a page served without TLS. */
export async function sha256(data: ArrayBuffer): Promise<string | null> {
	const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
	if (!subtle) return null;
	const digest = new Uint8Array(await subtle.digest('SHA-256', data));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Check that a file is the one that was announced. @throws TransferError `altered`. */
export async function verify(data: ArrayBuffer, wanted: Pick<Wanted, 'name' | 'bytes' | 'sha256'>): Promise<void> {
	if (wanted.bytes !== null && data.byteLength !== wanted.bytes) throw altered(wanted.name);
	if (wanted.sha256 === null) return;
	const found = await sha256(data);
	if (found !== null && found !== wanted.sha256) throw altered(wanted.name);
}
