import type { Sink } from './download';

/** A file that is being written, and that stays as far as it came when the page goes away. */
export interface ShelfSink extends Sink {
	/** Makes sure that what was written stays, and lets the file go. */
	close(): Promise<void>;
}

/** One of the places where a browser lets a page keep files. All of it may throw what the browser throws. */
export interface Shelf {
	/** The keys of everything that is kept, whole or in part. */
	keys(): Promise<string[]>;
	/** A file, to be read piece by piece; null if it is not here. */
	read(key: string, path: string): Promise<Blob | null>;
	/** Goes on writing a file, or begins it. */
	append(key: string, path: string): Promise<ShelfSink>;
	/** Forgets a file, or all of a key's. */
	remove(key: string, path?: string): Promise<void>;
}

/** Writes a small file in one go, in place of the one before. */
export async function writeText(shelf: Shelf, key: string, path: string, text: string): Promise<void> {
	const sink = await shelf.append(key, path);
	try {
		await sink.clear();
		await sink.write(new TextEncoder().encode(text));
	} finally {
		await sink.close();
	}
}
