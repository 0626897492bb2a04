import type { Sink } from './download';

/** A sink that keeps the bytes in memory. Give the size where it is known: then they are copied only once. */
export class MemorySink implements Sink {
	#bytes: Uint8Array<ArrayBuffer>;
	#length = 0;
	/** Who waits for the beginning, and how much of it. */
	#waiting: { readonly bytes: number; readonly take: (start: ArrayBuffer) => void }[] = [];

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
		if (this.#waiting.length > 0) this.#tell();
	}

	/** A copy of the first bytes, once so many have come. */
	start(bytes: number): Promise<ArrayBuffer> {
		return new Promise((take) => {
			this.#waiting.push({ bytes, take });
			this.#tell();
		});
	}

	clear(): void {
		this.#length = 0;
	}

	/** What was written, as one buffer of exactly that size. */
	toBuffer(): ArrayBuffer {
		const { buffer } = this.#bytes;
		return this.#length === buffer.byteLength ? buffer : buffer.slice(0, this.#length);
	}

	#tell(): void {
		const isHere = ({ bytes }: { readonly bytes: number }) => bytes <= this.#length;
		const here = this.#waiting.filter(isHere);
		this.#waiting = this.#waiting.filter((one) => !isHere(one));
		for (const { bytes, take } of here) take(this.#bytes.slice(0, bytes).buffer);
	}

	#grow(size: number): void {
		const bytes = new Uint8Array(size);
		bytes.set(this.#bytes.subarray(0, this.#length));
		this.#bytes = bytes;
	}
}
