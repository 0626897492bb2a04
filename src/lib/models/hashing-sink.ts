import type { Sink } from './download';
import { Sha256 } from './sha256';
import { storageError } from './store';

/** Passes bytes on and computes their checksum on the way, so that nothing has to be read a second time. */
export class HashingSink implements Sink {
	readonly #target: Sink;
	#hash: Sha256;

	/** @param hash of what `target` holds already */
	constructor(target: Sink, hash = new Sha256()) {
		this.#target = target;
		this.#hash = hash;
	}

	get length(): number {
		return this.#target.length;
	}

	/** Of all that was written, in hexadecimal. To be asked once, at the end. */
	sha256(): string {
		return this.#hash.hex();
	}

	/** @throws PatchworkError `storage` where the bytes cannot be kept */
	async write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
		this.#hash.update(chunk);
		await kept(() => this.#target.write(chunk));
	}

	/** @throws PatchworkError `storage` */
	async clear(): Promise<void> {
		this.#hash = new Sha256();
		await kept(() => this.#target.clear());
	}
}

async function kept(work: () => void | Promise<void>): Promise<void> {
	try {
		await work();
	} catch (cause) {
		throw storageError('write', cause);
	}
}

/** Reads a blob piece by piece. */
export async function eachPiece(
	blob: Blob,
	take: (piece: Uint8Array<ArrayBuffer>) => void | Promise<void>
): Promise<void> {
	const reader = blob.stream().getReader();
	for (let part = await reader.read(); part.value; part = await reader.read()) await take(part.value);
}
