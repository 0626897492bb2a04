import { PatchworkError } from '../base/errors';
import { download, type DownloadOptions, type Wanted } from './download';
import { eachPiece, HashingSink } from './hashing-sink';
import { hasRoom } from './limits';
import type { FileRecord } from './manifest';
import { MemorySink } from './memory';
import { Sha256 } from './sha256';
import { NO_ROOM, storageError, type ModelStore } from './store';
import { altered, TransferError } from './transfer';
import type { FileBytes } from './weights';

/**
 * Brings the files of one model into the store, going on with what an earlier visit left there. Where the store takes
 * no more they go into memory, and the model works all the same.
 */
export class Keeper {
	readonly #store: ModelStore;
	readonly #key: string;
	readonly #kept: number;
	#files: Record<string, FileRecord>;
	#notKept: PatchworkError | null = null;

	private constructor(store: ModelStore, key: string, kept: number, files: Record<string, FileRecord>) {
		this.#store = store;
		this.#key = key;
		this.#kept = kept;
		this.#files = files;
	}

	/** Begins, or goes on with, a model. A store that cannot be used is no reason not to fetch it. */
	static async open(store: ModelStore, key: string): Promise<Keeper> {
		try {
			const manifest = await store.manifest(key);
			return new Keeper(store, key, manifest?.kept ?? Date.now(), { ...manifest?.files });
		} catch (error) {
			const keeper = new Keeper(store, key, Date.now(), {});
			keeper.#notKept = storageError('write', error instanceof PatchworkError ? error.cause : error);
			return keeper;
		}
	}

	/** Why the model is not kept; null while it is. */
	get notKept(): PatchworkError | null {
		return this.#notKept;
	}

	/** Says beforehand which files are to come, so that the page can show how much is here of how much. */
	async expect(files: readonly Wanted[]): Promise<void> {
		for (const file of files) await this.#forgetOlder(file);
		const known = files.map((file) => [file.name, this.#files[file.name] ?? recordOf(file)] as const);
		this.#files = { ...this.#files, ...Object.fromEntries(known) };
		const here = await Promise.all(files.map(({ name }) => this.#size(name)));
		const missing = files.reduce((sum, { bytes }, i) => sum + (bytes ?? 0) - (here[i] ?? 0), 0);
		if (!(await hasRoom(missing))) this.#notKept ??= new PatchworkError('storage', NO_ROOM);
		await this.#note();
	}

	/** A file, whole and as announced: from the store, or fetched. @throws TransferError, PatchworkError `cancelled` */
	async fetch(file: Wanted, options: DownloadOptions): Promise<FileBytes> {
		const kept = await this.#whole(file).catch(() => null);
		if (kept) return kept;
		if (this.#notKept === null) {
			try {
				return await this.#intoStore(file, options);
			} catch (error) {
				if (!(error instanceof PatchworkError && error.code === 'storage')) throw error;
				this.#notKept = error;
			}
		}
		return this.#intoMemory(file, options);
	}

	/** The first bytes of a file, as an earlier visit left them here; null where it left fewer. */
	async start({ name, bytes }: Wanted, length: number): Promise<ArrayBuffer | null> {
		const kept = await this.#store.read(this.#key, name).catch(() => null);
		const wanted = Math.min(length, bytes ?? Infinity);
		return kept && kept.size >= wanted ? kept.slice(0, wanted).arrayBuffer() : null;
	}

	/** Keeps a small file that is here already. */
	async put(name: string, text: string): Promise<void> {
		const bytes = new TextEncoder().encode(text);
		await this.#try(async () => {
			const sink = await this.#store.append(this.#key, name);
			try {
				await sink.clear();
				await sink.write(bytes);
			} finally {
				await sink.close();
			}
		});
		this.#files[name] = { bytes: bytes.length, sha256: null, etag: null, whole: true };
	}

	/**
	 * Everything has come: from now on the model needs no network.
	 * @param files as they were fetched. Given back as they are kept, or in memory where they are not
	 */
	async finish(files: readonly FileBytes[]): Promise<readonly FileBytes[]> {
		await this.#note(true);
		if (!this.#notKept) return files;
		const held = await Promise.all(files.map((file) => (file instanceof Blob ? file.arrayBuffer() : file)));
		await this.#clear();
		return held;
	}

	/** The work ended early. What has come of the weights stays if more of it may come later. */
	async leave(error: unknown): Promise<void> {
		const reason = error instanceof TransferError ? error.reason : error instanceof PatchworkError ? error.code : '';
		const resumable = ['cancelled', 'offline', 'server'].includes(reason);
		if (!resumable || !(await this.#holdsWeights())) await this.#clear();
	}

	/** Leaves nothing behind, unless another tab is at work on it. */
	async #clear(): Promise<void> {
		const { cause } = this.#notKept ?? {};
		if (cause instanceof DOMException && cause.name === 'NoModificationAllowedError') return;
		await this.#store.delete(this.#key).catch(() => undefined);
	}

	async #holdsWeights(): Promise<boolean> {
		const weights = Object.keys(this.#files).filter((name) => name.endsWith('.safetensors'));
		const sizes = await Promise.all(weights.map((name) => this.#size(name)));
		return sizes.some((size) => size > 0);
	}

	/** Bytes of a file that are here. */
	async #size(name: string): Promise<number> {
		return (await this.#store.read(this.#key, name).catch(() => null))?.size ?? 0;
	}

	/** What is here of another version of a file is of no use. */
	async #forgetOlder(file: Wanted): Promise<void> {
		const { [file.name]: record, ...others } = this.#files;
		if (!record || (record.bytes === file.bytes && record.sha256 === file.sha256)) return;
		this.#files = others;
		await this.#store.delete(this.#key, file.name).catch(() => undefined);
	}

	async #whole({ name }: Wanted): Promise<Blob | null> {
		const record = this.#files[name];
		const file = record?.whole ? await this.#store.read(this.#key, name) : null;
		return file && file.size === record?.bytes ? file : null;
	}

	async #intoStore(file: Wanted, options: DownloadOptions): Promise<Blob> {
		const before = await this.#store.read(this.#key, file.name);
		const hash = new Sha256();
		if (before) await eachPiece(before, (piece) => void hash.update(piece));
		const shelf = await this.#store.append(this.#key, file.name);
		try {
			const sink = new HashingSink(shelf, hash);
			if (shelf.length !== (before?.size ?? 0)) await sink.clear();
			await this.#download(file, sink, options);
		} finally {
			// Bytes that cannot be kept at the end are missed below, or by the next visit.
			await shelf.close().catch(() => undefined);
		}
		this.#files[file.name] = { ...recordOf(file), ...this.#files[file.name], bytes: shelf.length, whole: true };
		await this.#note();
		const kept = await this.#whole(file);
		if (!kept) throw new PatchworkError('storage', NO_ROOM);
		return kept;
	}

	async #intoMemory(file: Wanted, options: DownloadOptions): Promise<ArrayBuffer> {
		const memory = new MemorySink(file.bytes);
		const sink = new HashingSink(memory);
		const before = await this.#store.read(this.#key, file.name).catch(() => null);
		if (before) await eachPiece(before, (piece) => sink.write(piece)).catch(() => sink.clear());
		await this.#store.delete(this.#key, file.name).catch(() => undefined);
		await this.#download(file, sink, options);
		return memory.toBuffer();
	}

	async #download(file: Wanted, sink: HashingSink, options: DownloadOptions): Promise<void> {
		const etag = this.#files[file.name]?.etag ?? null;
		await download(file, sink, { ...options, etag, onEtag: (now) => this.#noteEtag(file, now) });
		if (file.sha256 !== null && sink.sha256() !== file.sha256) throw altered(file.name);
	}

	async #noteEtag(file: Wanted, etag: string | null): Promise<void> {
		const record = this.#files[file.name] ?? recordOf(file);
		if (record.etag === etag && this.#files[file.name]) return;
		this.#files[file.name] = { ...record, etag };
		await this.#note();
	}

	async #note(whole = false): Promise<void> {
		await this.#try(() => this.#store.writeManifest(this.#key, { kept: this.#kept, whole, files: this.#files }));
	}

	async #try(work: () => Promise<void>): Promise<void> {
		if (this.#notKept) return;
		try {
			await work();
		} catch (error) {
			this.#notKept = storageError('write', error);
		}
	}
}

const recordOf = ({ bytes, sha256 }: Wanted): FileRecord => ({ bytes, sha256, etag: null, whole: false });
