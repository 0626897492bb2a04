import { someBytes } from '../../tests/hub/folders';

/** A safetensors file with this header (a text as it is) and so many bytes of data. */
export function safetensors(header: unknown, bytes: number): Uint8Array {
	const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
	const length = Buffer.alloc(8);
	length.writeBigUInt64LE(BigInt(text.length));
	return Buffer.concat([length, text, someBytes(bytes)]);
}
