import { currentName } from '../base/renames';
import { PatchworkError, toPatchworkError } from '../base/errors';
import { DEFAULT_ENDPOINT, normaliseEndpoint, readEndpoint, writeEndpoint } from '../models/endpoint';
import { defaultModel, IMAGENET_LABELS, MODELS, sourceOf, type ModelEntry } from '../models/registry';
import { fetchSiteIndex } from '../models/site';
import type { ModelSource } from '../models/source';
import type { StoredModel } from '../models/store';
import { Asking } from './asking.svelte';
import { BROWSER, type Keeping } from './keeping';
import { Numbered } from './numbered.svelte';
import { OwnModels } from './own-models.svelte';

/** Where a model's files are: on this site, kept in this browser, on the reader's disk, or on the hub to be fetched. */
export type Place = 'site' | 'kept' | 'disk' | 'hub';

export interface LibraryParts {
	/** URL of the site's root, with a trailing slash; asked for at each use, as there is none while prerendering. */
	readonly site: () => string;
	readonly store?: Keeping['store'];
	readonly storage?: Keeping['storage'];
	readonly spares?: boolean;
	readonly listSite?: (site: string) => Promise<Readonly<Record<string, unknown>>>;
}

/** Every model of the registry, and those that the reader brought, and where each is to be had. */
export class Library {
	readonly models: readonly ModelEntry[] = MODELS;
	readonly own: OwnModels;
	readonly asking = new Asking();
	readonly numbered: Numbered;
	readonly #parts: Required<LibraryParts>;
	#available = $state.raw<readonly string[]>([]);
	#stored = $state.raw<readonly StoredModel[]>([]);
	/** How often {@link look} was called. */
	#looks = 0;
	#endpoint = $state(DEFAULT_ENDPOINT);
	#error = $state<string | null>(null);

	constructor({
		site,
		store = BROWSER.store,
		storage = BROWSER.storage,
		spares = BROWSER.spares,
		listSite = fetchSiteIndex
	}: LibraryParts) {
		this.#parts = { site, store, storage, spares, listSite };
		this.own = new OwnModels(() => this.#stored, storage);
		this.numbered = new Numbered(storage);
	}

	get endpoint(): string {
		return this.#endpoint;
	}

	/** The sentence of the last thing that failed here, until it is dismissed. */
	get error(): string | null {
		return this.#error;
	}

	dismiss(): void {
		this.#error = null;
	}

	/** Looks again what there is. A list that cannot be had counts as empty: the bundled model is always tried. */
	async refresh(): Promise<void> {
		this.#endpoint = readEndpoint(this.#parts.storage);
		this.own.open();
		this.numbered.open();
		const { site, listSite } = this.#parts;
		const [index] = await Promise.all([listSite(site()).catch(() => ({})), this.look()]);
		this.#available = Object.keys(index);
	}

	/** Looks again what this browser keeps, e.g. after a model was fetched. */
	async look(): Promise<void> {
		const look = ++this.#looks;
		const stored = await this.#parts
			.store()
			.list()
			.catch(() => []);
		// One that began earlier may end later, and has seen what was deleted meanwhile.
		if (look === this.#looks) this.#stored = stored;
	}

	/** All that this browser keeps: of the registry's models and of others, whole or cut off. */
	get stored(): readonly StoredModel[] {
		return this.#stored;
	}

	/** What is kept under a key of the store; null for nothing. */
	storedOf(key: string): StoredModel | null {
		return this.#stored.find(({ repo }) => repo === key) ?? null;
	}

	/** What is kept of a model; null for nothing. */
	storedEntry(entry: ModelEntry): StoredModel | null {
		const key = keyOf(entry);
		return key === null ? null : this.storedOf(key);
	}

	/** The model called `id`, or once called so. */
	find(id: string): ModelEntry | null {
		const wanted = currentName('model', id);
		return [...this.models, ...this.own.entries].find((entry) => entry.id === wanted) ?? null;
	}

	/** The model whose files have this key in the store. */
	entryOf(key: string): ModelEntry {
		return this.models.find(({ repo }) => repo === key) ?? this.own.entryOf(key);
	}

	place(entry: ModelEntry): Place {
		if (entry.bundled || this.#available.includes(entry.id)) return 'site';
		if (this.storedEntry(entry)?.whole) return 'kept';
		return this.own.isOpen(entry.id) ? 'disk' : 'hub';
	}

	/** Bytes that this browser keeps of a model, whole or cut off. */
	keptBytes(entry: ModelEntry): number {
		return this.storedEntry(entry)?.bytes ?? 0;
	}

	/** The best model that needs no download. */
	best(): ModelEntry {
		return defaultModel(this.models.filter((entry) => this.place(entry) !== 'hub').map(({ id }) => id));
	}

	/** @throws PatchworkError `request` for a model that is nowhere. */
	source(entry: ModelEntry): ModelSource {
		if (entry.own) {
			const source = this.own.source(entry.id, this.#endpoint);
			if (this.numbered.has(entry.id)) return source;
			return { ...source, assumed: this.#parts.site() + IMAGENET_LABELS };
		}
		const { site, spares } = this.#parts;
		const source = sourceOf(entry, { site: site(), available: this.#available, endpoint: this.#endpoint });
		return spares ? source : { ...source, unkept: true };
	}

	/** Deletes what is kept under a key of the store. */
	async forgetKey(key: string): Promise<void> {
		await this.#attempt(() => this.#parts.store().delete(key));
		await this.look();
		if (!this.storedOf(key)) this.own.remove(key);
	}

	/** Takes another address for the hub; an empty one brings the usual one back. Gives whether it was accepted. */
	setEndpoint(text: string): boolean {
		this.#error = null;
		try {
			this.#endpoint = writeEndpoint(text, this.#parts.storage);
			return true;
		} catch (error) {
			this.#fail(error);
			// What cannot be kept can be used all the same.
			if (error instanceof PatchworkError && error.code === 'storage')
				this.#endpoint = text.trim() ? normaliseEndpoint(text) : DEFAULT_ENDPOINT;
			return false;
		}
	}

	async #attempt(work: () => Promise<void>): Promise<void> {
		this.#error = null;
		try {
			await work();
		} catch (error) {
			this.#fail(error);
		}
	}

	#fail(error: unknown): void {
		this.#error = toPatchworkError(error, 'storage', 'That did not work; please try again.').message;
	}
}

/** The key in the store of a model's files; null for one that is never stored. */
function keyOf({ own, id, repo }: ModelEntry): string | null {
	return own ? id : repo;
}
