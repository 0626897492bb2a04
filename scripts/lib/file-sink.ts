import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sink } from '../../src/lib/models/download';

/** A sink that writes to a `.part` file, which a later run goes on with. */
export class FileSink implements Sink {
	readonly #path: string;
	readonly #file: FileHandle;
	#length: number;

	private constructor(path: string, file: FileHandle, length: number) {
		this.#path = path;
		this.#file = file;
		this.#length = length;
	}

	/** Open `path` plus `.part`, keeping what an earlier run left in it. */
	static async open(path: string): Promise<FileSink> {
		mkdirSync(dirname(path), { recursive: true });
		const part = `${path}.part`;
		const length = existsSync(part) ? statSync(part).size : 0;
		return new FileSink(path, await open(part, 'a'), length);
	}

	get length(): number {
		return this.#length;
	}

	/** Which version of the file the bytes are of: the server's ETag; null if unknown. */
	get etag(): string | null {
		return existsSync(this.#etagPath) ? readFileSync(this.#etagPath, 'utf8') : null;
	}

	set etag(etag: string | null) {
		if (etag === null) rmSync(this.#etagPath, { force: true });
		else writeFileSync(this.#etagPath, etag);
	}

	async write(chunk: Uint8Array): Promise<void> {
		await this.#file.write(chunk);
		this.#length += chunk.length;
	}

	async clear(): Promise<void> {
		await this.#file.truncate(0);
		this.#length = 0;
	}

	/** SHA-256 of what was written, in hexadecimal. */
	async sha256(): Promise<string> {
		const hash = createHash('sha256');
		for await (const chunk of createReadStream(`${this.#path}.part`)) hash.update(chunk as Buffer);
		return hash.digest('hex');
	}

	close(): Promise<void> {
		return this.#file.close();
	}

	/** Give the finished file its place. */
	async moveTo(path: string): Promise<void> {
		mkdirSync(dirname(path), { recursive: true });
		await rename(`${this.#path}.part`, path);
		this.etag = null;
	}

	get #etagPath(): string {
		return `${this.#path}.etag`;
	}
}
