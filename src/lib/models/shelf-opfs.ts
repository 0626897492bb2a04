import type { Shelf, ShelfSink } from './shelf';

/** Bytes after which what was written is made to last, so that a crash costs no more than this. */
const FLUSH_EVERY = 4 * 2 ** 20;

/** The origin private file system: files that are written in place and read without being brought into memory. */
export class OpfsShelf implements Shelf {
	readonly #root: () => Promise<FileSystemDirectoryHandle>;
	readonly #name: string;

	/** @param root the browser's own folder for this site @param name of the folder in it that is used */
	constructor(root: () => Promise<FileSystemDirectoryHandle>, name = 'patchwork-models') {
		this.#root = root;
		this.#name = name;
	}

	async keys(): Promise<string[]> {
		const folder = await this.#folder();
		const keys: string[] = [];
		for await (const [name, handle] of folder?.entries() ?? []) {
			if (handle.kind === 'directory') keys.push(decodeURIComponent(name));
		}
		return keys;
	}

	async read(key: string, path: string): Promise<Blob | null> {
		const folder = await this.#folderOf(key);
		return orNull(async () => (await folder?.getFileHandle(encodeURIComponent(path)))?.getFile() ?? null);
	}

	async append(key: string, path: string): Promise<ShelfSink> {
		const models = await (await this.#root()).getDirectoryHandle(this.#name, { create: true });
		const folder = await models.getDirectoryHandle(encodeURIComponent(key), { create: true });
		const file = await folder.getFileHandle(encodeURIComponent(path), { create: true });
		return new OpfsSink(await patiently(() => file.createSyncAccessHandle()));
	}

	async remove(key: string, path?: string): Promise<void> {
		const folder = path === undefined ? await this.#folder() : await this.#folderOf(key);
		const name = encodeURIComponent(path ?? key);
		await orNull(() => patiently(async () => folder?.removeEntry(name, { recursive: true })));
	}

	async #folder(): Promise<FileSystemDirectoryHandle | null> {
		const root = await this.#root();
		return orNull(() => root.getDirectoryHandle(this.#name));
	}

	async #folderOf(key: string): Promise<FileSystemDirectoryHandle | null> {
		const folder = await this.#folder();
		return orNull(async () => (await folder?.getDirectoryHandle(encodeURIComponent(key))) ?? null);
	}
}

/** Milliseconds between attempts at a file that somebody else writes, and how many of them are made. */
const BUSY = { pause: 100, attempts: 10 };

/** Whether the browser refused because somebody writes the file at this moment. */
export const isBusy = (error: unknown): boolean =>
	error instanceof DOMException && error.name === 'NoModificationAllowedError';

/** A download that was just cancelled, or whose page was just left, takes a moment to let its file go. */
export async function patiently<T>(work: () => Promise<T>, attempts = BUSY.attempts): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!isBusy(error) || attempts <= 1) throw error;
		await new Promise((resolve) => setTimeout(resolve, BUSY.pause));
		return patiently(work, attempts - 1);
	}
}

/** Null where the file, or its folder, is not there. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof DOMException && error.name === 'NotFoundError') return null;
		throw error;
	}
}

/** The browser's own, where files can be written in place, which only workers may do; else null. */
export function writableOpfs(name?: string): OpfsShelf | null {
	const inPlace =
		typeof FileSystemFileHandle !== 'undefined' && 'createSyncAccessHandle' in FileSystemFileHandle.prototype;
	return inPlace ? new OpfsShelf(() => navigator.storage.getDirectory(), name) : null;
}

class OpfsSink implements ShelfSink {
	readonly #handle: FileSystemSyncAccessHandle;
	#length: number;
	#flushed: number;

	constructor(handle: FileSystemSyncAccessHandle) {
		this.#handle = handle;
		this.#length = this.#flushed = handle.getSize();
	}

	get length(): number {
		return this.#length;
	}

	write(chunk: Uint8Array<ArrayBuffer>): void {
		try {
			const written = this.#handle.write(chunk, { at: this.#length });
			// Some browsers write what fits and say so, instead of throwing.
			if (written < chunk.length) throw new DOMException('The disk is full.', 'QuotaExceededError');
		} catch (error) {
			// Either way the file may have become longer, by bytes that nobody vouches for.
			this.#handle.truncate(this.#length);
			throw error;
		}
		this.#length += chunk.length;
		if (this.#length - this.#flushed < FLUSH_EVERY) return;
		this.#handle.flush();
		this.#flushed = this.#length;
	}

	clear(): void {
		this.#handle.truncate(0);
		this.#length = this.#flushed = 0;
	}

	async close(): Promise<void> {
		this.#handle.flush();
		this.#handle.close();
	}
}
