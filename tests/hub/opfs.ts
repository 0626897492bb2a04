/** A small origin private file system in memory, for what the store of models uses of it. Node has none. */
export class MemoryOpfs {
	readonly #root = new Folder(this);
	/** Bytes that all files together may have; what is written beyond that fails as a browser's does. */
	quota = Infinity;
	/** Whether the browser forbids storage altogether. */
	blocked = false;

	/** As `navigator.storage.getDirectory`, with every method that nobody here calls left out. */
	readonly getDirectory = async (): Promise<FileSystemDirectoryHandle> => {
		if (this.blocked) throw new DOMException('The operation is insecure.', 'SecurityError');
		return this.#root as unknown as FileSystemDirectoryHandle;
	};

	/** Bytes of all files. */
	get used(): number {
		return this.#root.files().reduce((sum, file) => sum + file.bytes.length, 0);
	}

	/** Forgets what the browser forgets when it runs out of room: everything of this site. */
	evict(): void {
		this.#root.entriesByName.clear();
	}

	/** Cuts every weights file to so many bytes, as a crash while writing might leave it. */
	truncate(bytes: number): void {
		for (const file of this.#root.files('.safetensors')) file.bytes = file.bytes.slice(0, bytes);
	}

	/** The weights files, as a crash or a bad disk might leave them, to be changed. */
	weights(): StoredFile[] {
		return this.#root.files('.safetensors');
	}
}

/** A file as it is read, which can also be read as a worker's `FileReaderSync` does. */
export class MemoryFile extends Blob {
	constructor(readonly contents: Uint8Array<ArrayBuffer>) {
		super([contents]);
	}

	override slice(start: number, end: number): MemoryFile {
		return new MemoryFile(this.contents.slice(start, end));
	}
}

class Folder {
	readonly kind = 'directory';
	readonly entriesByName = new Map<string, Folder | StoredFile>();

	constructor(private readonly system: MemoryOpfs) {}

	files(ending = ''): StoredFile[] {
		return [...this.entriesByName].flatMap(([name, entry]) => {
			if (entry instanceof Folder) return entry.files(ending);
			return name.endsWith(ending) ? [entry] : [];
		});
	}

	async getDirectoryHandle(name: string, { create = false } = {}): Promise<Folder> {
		const found = this.entriesByName.get(name) ?? (create ? new Folder(this.system) : undefined);
		if (!(found instanceof Folder)) throw missing(name);
		this.entriesByName.set(name, found);
		return found;
	}

	async getFileHandle(name: string, { create = false } = {}): Promise<StoredFile> {
		const found = this.entriesByName.get(name) ?? (create ? new StoredFile(this.system) : undefined);
		if (!(found instanceof StoredFile)) throw missing(name);
		this.entriesByName.set(name, found);
		return found;
	}

	async removeEntry(name: string): Promise<void> {
		const found = this.entriesByName.get(name);
		if (!found) throw missing(name);
		const files = found instanceof Folder ? found.files() : [found];
		if (files.some(({ open }) => open)) throw busy();
		this.entriesByName.delete(name);
	}

	async *entries(): AsyncGenerator<[string, Folder | StoredFile]> {
		yield* this.entriesByName;
	}
}

class StoredFile {
	readonly kind = 'file';
	bytes = new Uint8Array();
	/** Whether somebody writes it: nobody else may then. */
	open = false;

	constructor(private readonly system: MemoryOpfs) {}

	async getFile(): Promise<Blob> {
		return new MemoryFile(this.bytes);
	}

	async createSyncAccessHandle(): Promise<unknown> {
		if (this.open) throw busy();
		this.open = true;
		return {
			getSize: () => this.bytes.length,
			write: (chunk: Uint8Array, { at }: { at: number }) => this.#write(chunk, at),
			truncate: (size: number) => void (this.bytes = this.bytes.slice(0, size)),
			flush: () => undefined,
			close: () => void (this.open = false)
		};
	}

	#write(chunk: Uint8Array, at: number): number {
		const length = Math.max(this.bytes.length, at + chunk.length);
		if (this.system.used - this.bytes.length + length > this.system.quota) {
			// What does not fit may all the same make the file longer, by zeros.
			const longer = new Uint8Array(Math.min(length, this.bytes.length + this.system.quota - this.system.used));
			longer.set(this.bytes);
			this.bytes = longer;
			throw new DOMException('Quota exceeded.', 'QuotaExceededError');
		}
		const bytes = new Uint8Array(length);
		bytes.set(this.bytes);
		bytes.set(chunk, at);
		this.bytes = bytes;
		return chunk.length;
	}
}

const missing = (name: string) => new DOMException(`There is no ${name}.`, 'NotFoundError');
const busy = () => new DOMException('The file is in use.', 'NoModificationAllowedError');
