import type { Sink } from './download';

/** A sink that keeps the bytes in memory. Give the size where it is known: then they are copied only once. */
export class MemorySink implements Sink {
	#bytes: Uint8Array<ArrayBuffer>;
	#length = 0;

	constructor(size: number | null = null) {
		this.#bytes = new Uint8Array(size ?? 0);
	}

	get length(): number {
		return this.#length;
	}

	write(chunk: Uint8Array<ArrayBuffer>): void {
		const needed = this.#length + chunk.length;
		if (needed > this.#bytes.length) this.#grow(Math.max(needed, 2 * this.#bytes.length));
		this.#bytes.set(chunk, this.#length);
		this.#length = needed;
	}

	clear(): void {
		this.#length = 0;
	}

	/** What was written, as one buffer of exactly that size. */
	toBuffer(): ArrayBuffer {
		const { buffer } = this.#bytes;
		return this.#length === buffer.byteLength ? buffer : buffer.slice(0, this.#length);
	}

	#grow(size: number): void {
		const bytes = new Uint8Array(size);
		bytes.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = bytes;
	}
}
