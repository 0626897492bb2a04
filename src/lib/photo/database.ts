import { createStore, type UseStore } from 'idb-keyval';
import { PatchworkError } from '../base/errors';

/** A database of this browser with one table, opened when it is first used. */
export class Database {
	readonly #name: string;
	readonly #table: string;
	#store: UseStore | undefined;

	/** A name of its own for each thing that is kept, so that forgetting one cannot touch another. */
	constructor(name: string, table: string) {
		this.#name = name;
		this.#table = table;
	}

	/**
	 * Does some work in the database.
	 * @param what did not happen where it fails, as the beginning of a sentence
	 * @throws PatchworkError `storage`
	 */
	async attempt<T>(what: string, work: (store: UseStore) => Promise<T>): Promise<T> {
		try {
			this.#store ??= createStore(this.#name, this.#table);
			return await work(this.#store);
		} catch (error) {
			// A database that failed to open once would fail for ever; the next call opens it anew.
			this.#store = undefined;
			throw storageError(error, what);
		}
	}
}

function storageError(error: unknown, what: string): PatchworkError {
	const full = error instanceof DOMException && error.name === 'QuotaExceededError';
	const why = full ? 'the storage of this browser is full' : 'this browser does not let the page store anything';
	return new PatchworkError('storage', `${what}: ${why}. Everything else works without it.`, { cause: error });
}
