import type { App } from '../../app/app.svelte';
import { PatchworkError } from '../../base/errors';
import { Lane } from '../../base/lane.svelte';
import { zipOf, type Zipped } from '../../export/zip';
import { describeFiles } from '../../models/describe';
import type { ModelEntry } from '../../models/entry';
import { fetchModel } from '../../models/load';
import { filesSource, modelFiles } from '../../models/from-files';
import { freeName, type Found } from '../../models/own';
import { ModelStore } from '../../models/store';
import type { Teaching } from './teaching.svelte';

const NOT_MADE = { code: 'request', sentence: 'The model could not be made; please try again.' } as const;
const NOT_EXPORTED = { code: 'storage', sentence: 'The files could not be put together; please try again.' } as const;

/** Where files are kept, and how; the real things, or stand-ins. */
export interface SavingParts {
	readonly describe: typeof describeFiles;
	readonly fetch: typeof fetchModel;
	readonly store: () => Pick<ModelStore, 'manifest' | 'read'>;
}

const REAL: SavingParts = { describe: describeFiles, fetch: fetchModel, store: () => new ModelStore() };

/** Makes models of what was learned: whole networks with the new head, which stand in the list of models like any other. */
export class Saving {
	readonly lane = new Lane();
	readonly #app: Pick<App, 'session' | 'library'>;
	readonly #teaching: Pick<Teaching, 'taught' | 'fits'>;
	readonly #parts: SavingParts;
	#made = $state.raw<ModelEntry | null>(null);
	#notice = $state<string | null>(null);

	constructor(
		app: Pick<App, 'session' | 'library'>,
		teaching: Pick<Teaching, 'taught' | 'fits'>,
		parts: SavingParts = REAL
	) {
		this.#app = app;
		this.#teaching = teaching;
		this.#parts = parts;
	}

	/** The model that was made last. */
	get made(): ModelEntry | null {
		const made = this.#made;
		// As it is in the list now: it may have been renamed there, or deleted.
		return made && (this.models.find(({ id }) => id === made.id) ?? null);
	}

	/** Why this browser could not keep it, so that it is here for this visit alone; null where it could. */
	get notice(): string | null {
		return this.#notice;
	}

	/** All models whose head was trained here. */
	readonly models = $derived.by((): readonly ModelEntry[] =>
		this.#app.library.own.entries.filter(({ trained }) => trained)
	);

	/** Makes a model and puts it into the list, under a name of the reader's. Another of that name stays. */
	async save(name: string): Promise<void> {
		this.#notice = null;
		const entry = await this.lane.attempt('Making the model', NOT_MADE, async (signal) => {
			const found = await this.#make(name);
			const { notKept } = await this.#parts.fetch(found.source, { signal });
			const { own } = this.#app.library;
			this.#notice = notKept?.message ?? null;
			return own.add(notKept ? found : keptOf(found), true);
		});
		await this.#app.library.look();
		if (entry) this.#made = entry;
	}

	async #make(name: string): Promise<Found> {
		const { session, library } = this.#app;
		const { taught, fits } = this.#teaching;
		const { shown } = session;
		if (!taught || !fits || !shown)
			throw new PatchworkError('request', 'What was learned is of another model than the one in use: train once more.');
		const { weight, bias, classes } = taught;
		const labels = classes.map((one) => one.name);
		const headed = await session.withHead(shown.result.run, { weight, bias, labels });
		const files = modelFiles(headed.files);
		const description = await this.#parts.describe(files);
		const free = freeName(name, library.own.ids);
		// The address takes few letters; the menu says the name as it was written.
		return { description: { ...description, title: name.trim() || free }, source: filesSource(files, free) };
	}

	/** The files of a model, as an archive. Null where they are gone, see `lane.error`. */
	async exported(id: string): Promise<Blob | null> {
		return this.lane.attempt('Putting the files together', NOT_EXPORTED, async () => zipOf(await this.#filesOf(id)));
	}

	async #filesOf(id: string): Promise<Zipped[]> {
		const { from } = this.#app.library.own.source(id, '');
		if (from.kind === 'files') return from.files.map((file) => ({ name: file.name, pieces: piecesOf(file) }));
		const store = this.#parts.store();
		const names = Object.keys((await store.manifest(id))?.files ?? {});
		const files = await Promise.all(names.map(async (name) => ({ name, file: await store.read(id, name) })));
		const found = files.flatMap(({ name, file }) => (file ? [{ name, pieces: piecesOf(file) }] : []));
		if (found.length > 0 && found.length === names.length) return found;
		throw new PatchworkError('storage', 'This browser has cleared the model’s files: train it once more.');
	}

	/** Deletes a model with its files. */
	async remove(id: string): Promise<void> {
		await this.#app.library.forgetKey(id);
		if (this.#made?.id === id) this.#made = null;
	}
}

/** Files that are kept are read from where they are kept, also in this visit. */
function keptOf({ description, source: { id } }: Found): Found {
	return { description, source: { id, from: { kind: 'kept', repo: id } } };
}

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
	const reader = file.stream().getReader();
	for (let part = await reader.read(); part.value; part = await reader.read()) yield part.value;
}
