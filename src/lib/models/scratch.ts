import type { Shelf } from './shelf';
import { writableOpfs } from './shelf-opfs';

/** The part of `navigator.locks` that is needed here: it tells which of all tabs are still there. */
export type Locks = Pick<LockManager, 'request' | 'query'>;

/** A model in use and the one before, which stays in use should the new one turn out to be bad. */
const MOST = 2;

/**
 * Puts bytes out of memory onto the disk for the length of a visit. What a visit left behind is removed by the next.
 * Without a disk nothing is put anywhere, and whoever needs the bytes again has to fetch them.
 */
export class Scratch {
	readonly #shelf: Shelf | null;
	readonly #locks: Locks | undefined;
	/** Under which this visit's files are. */
	readonly #key = `visit-${Math.random().toString(36).slice(2)}`;
	#ready: Promise<void> | null = null;
	#count = 0;

	constructor(shelf: Shelf | null = writableOpfs('patchwork-scratch'), locks = globalThis.navigator?.locks) {
		this.#shelf = shelf;
		this.#locks = locks;
	}

	/** Gives what reads the bytes again: null where they are not on the disk, or no longer. */
	async put(data: ArrayBuffer): Promise<() => Promise<Blob | null>> {
		const shelf = this.#shelf;
		if (!shelf) return async () => null;
		const path = String(this.#count++);
		try {
			await (this.#ready ??= this.#begin(shelf));
			await shelf.remove(this.#key, String(this.#count - 1 - MOST));
			await write(shelf, this.#key, path, data);
		} catch {
			// A disk that is full, or forbidden, is as good as none.
			return async () => null;
		}
		return async () => {
			const file = await shelf.read(this.#key, path).catch(() => null);
			return file?.size === data.byteLength ? file : null;
		};
	}

	/** Makes this visit known as long as it lasts, and removes the files of those that are over. */
	async #begin(shelf: Shelf): Promise<void> {
		if (!this.#locks) return;
		await new Promise<void>((held) => {
			// Held until the worker ends, and let go by the browser then.
			void this.#locks?.request(this.#key, () => (held(), new Promise(() => undefined)));
		});
		const { held = [] } = await this.#locks.query();
		const there = new Set(held.map(({ name }) => name));
		const over = (await shelf.keys()).filter((key) => !there.has(key));
		await Promise.all(over.map((key) => shelf.remove(key)));
	}
}

async function write(shelf: Shelf, key: string, path: string, data: ArrayBuffer): Promise<void> {
	const sink = await shelf.append(key, path);
	try {
		await sink.write(new Uint8Array(data));
	} finally {
		await sink.close();
	}
}
