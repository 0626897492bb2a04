import { MODELS } from '../models/chosen';
import type { SettingStorage } from '../models/endpoint';
import type { ModelEntry } from '../models/entry';
import { keptEntry, ownEntry, ownSource, parseEntries, type Found } from '../models/own';
import type { ModelSource } from '../models/source';
import type { StoredModel } from '../models/store';

const KEY = 'patchwork.own-models';

/**
 * The models that the reader brought. They are here as long as this browser keeps their files, or as long as the tab,
 * where it does not. What they are is written down beside the store, so that the menu can say it after a reload.
 */
export class OwnModels {
	readonly #stored: () => readonly StoredModel[];
	readonly #storage: () => SettingStorage;
	/** What is known of each, by its id, whether its files are here or not. */
	#told = $state.raw<Readonly<Record<string, ModelEntry>>>({});
	/** Of this tab: where the files of each came from. */
	#sources = $state.raw<Readonly<Record<string, ModelSource>>>({});

	/** @param stored what this browser keeps, asked for at each use. */
	constructor(stored: () => readonly StoredModel[], storage: () => SettingStorage = () => localStorage) {
		this.#stored = stored;
		this.#storage = storage;
	}

	/** Those that can be chosen, in the order of their names. */
	readonly entries = $derived.by((): readonly ModelEntry[] => {
		const kept = this.#stored().filter(({ repo, whole }) => whole && !isChosen(repo));
		const entries = kept.map((model) => this.#told[model.repo] ?? keptEntry(model));
		const others = Object.keys(this.#sources).filter((id) => !kept.some(({ repo }) => repo === id));
		const all = [...entries, ...others.flatMap((id) => this.#told[id] ?? [])];
		return all.sort((a, b) => a.title.localeCompare(b.title));
	});

	/** A model by its key in the store, also where only a part of it is there. */
	entryOf(key: string): ModelEntry {
		const stored = this.#stored().find(({ repo }) => repo === key);
		return this.#told[key] ?? keptEntry(stored ?? { repo: key, bytes: 0, local: false });
	}

	/** Their ids, and those of what is kept only in part. */
	get ids(): readonly string[] {
		return [...this.entries.map(({ id }) => id), ...this.#stored().map(({ repo }) => repo)];
	}

	/** Reads what an earlier visit wrote down. */
	open(): void {
		this.#told = { ...Object.fromEntries(this.#read().map((entry) => [entry.id, entry])), ...this.#told };
	}

	/** Takes in a model that was looked at. Gives its entry. @param trained whether its head was trained here */
	add({ description, source }: Found, trained = false): ModelEntry {
		const entry = { ...ownEntry(description, source), ...(trained && { trained }) };
		this.#told = { ...this.#told, [entry.id]: entry };
		this.#sources = { ...this.#sources, [entry.id]: source };
		this.#write();
		return entry;
	}

	/** Calls a model something else; its files, and links to it, stay as they are. */
	rename(id: string, title: string): void {
		const entry = this.#told[id];
		if (!entry || title.trim() === '') return;
		this.#told = { ...this.#told, [id]: { ...entry, title: title.trim() } };
		this.#write();
	}

	/** Forgets a model of which nothing is kept any more. */
	remove(id: string): void {
		this.#told = without(this.#told, id);
		this.#sources = without(this.#sources, id);
		this.#write();
	}

	/** Whether the files of a model were dropped in this tab and are still to be had from there. */
	isOpen(id: string): boolean {
		return this.#sources[id]?.from.kind === 'files';
	}

	/** @throws PatchworkError `request` for a name that is none */
	source(id: string, endpoint: string): ModelSource {
		return this.#sources[id] ?? ownSource(id, endpoint);
	}

	#read(): readonly ModelEntry[] {
		try {
			return parseEntries(this.#storage().getItem(KEY));
		} catch {
			// Without settings a kept model is known by its name alone.
			return [];
		}
	}

	#write(): void {
		try {
			this.#storage().setItem(KEY, JSON.stringify(Object.values(this.#told)));
		} catch {
			// The menu says less of them after a reload; they work all the same.
		}
	}
}

function isChosen(repo: string): boolean {
	return MODELS.some((model) => model.repo === repo);
}

function without<T>(record: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> {
	return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}
