import type { Together } from './dropped';
import { describeFiles, describeRepo } from '../models/describe';
import { filesSource, modelFiles } from '../models/from-files';
import { joined, stillMissing } from '../models/local-files';
import { parseRepo, storeKey } from '../models/repo-name';
import { Lane } from '../base/lane.svelte';
import { freeName, type Found } from '../models/own';

const NO_REPO = {
	code: 'network',
	sentence: 'That repository could not be looked at; check the name and try again.'
} as const;
const NO_FILES = { code: 'checkpoint', sentence: 'Those files could not be read; please try others.' } as const;

const NONE: Together = { files: [], folder: null };

/** Whether files can only complete a model, as its preprocessor does, and not begin another. */
const areExtras = (files: readonly File[]) =>
	stillMissing(files) === null && files.every(({ name }) => name.endsWith('.json'));

/** What decides what a look finds; the real things, or stand-ins. */
export interface LookupParts {
	readonly repo: typeof describeRepo;
	readonly files: typeof describeFiles;
}

/** A look at a model before it is fetched or loaded: its own small files, and the head of its weights. */
export class Lookup {
	readonly lane = new Lane();
	readonly #parts: LookupParts;
	#found = $state.raw<Found | null>(null);
	/** The files that came last, as long as others may still join or complete them. */
	#waiting = NONE;
	#missing = $state<string | null>(null);

	constructor(parts: LookupParts = { repo: describeRepo, files: describeFiles }) {
		this.#parts = parts;
	}

	/** What was found last; null before, while looking, and after a failure. */
	get found(): Found | null {
		return this.#found;
	}

	/** What the files that came need beside them, in a sentence; null where it is not that. */
	get missing(): string | null {
		return this.#missing;
	}

	/** Looks at a repository, by whatever people write to name one. */
	async repo(text: string, endpoint: string): Promise<void> {
		await this.#look('Looking at the repository', NO_REPO, async (signal) => {
			const named = parseRepo(text);
			const description = await this.#parts.repo({ endpoint, ...named }, { signal });
			return { description, source: { id: storeKey(named), from: { kind: 'hub', endpoint, ...named } } };
		});
	}

	/**
	 * Looks at files that were dropped or picked. Loose ones that are no model by themselves are taken together with what
	 * came before; a folder is taken as it is.
	 * @param folder what the folder is called in which they lie, if that is known
	 * @param taken ids of the models that there are, so that a new one gets a name of its own
	 */
	async files(files: readonly File[], folder: string | null, taken: readonly string[]): Promise<void> {
		const alone = folder !== null || (this.#found !== null && !areExtras(files));
		const before = alone ? NONE : this.#waiting;
		const all = joined(before.files, files);
		const place = folder ?? (all === files ? null : before.folder);
		this.clear();
		const waiting = { files: all, folder: place };
		this.#waiting = waiting;
		this.#missing = stillMissing(all);
		if (this.#missing !== null) return;
		await this.#look('Reading the files', NO_FILES, async () => {
			const own = modelFiles(all);
			const description = await this.#parts.files(own);
			const title = freeName(place ?? description.title, taken);
			return { description: { ...description, title }, source: filesSource(own, title) };
		});
		// What was refused for what it is gets no better by more files, which may be those of another model.
		if (!this.#found && this.#waiting === waiting) this.#waiting = NONE;
	}

	/** Lets go what was found. */
	clear(): void {
		this.lane.cancel();
		this.lane.dismiss();
		this.#found = null;
		this.#waiting = NONE;
		this.#missing = null;
	}

	async #look(
		label: string,
		failure: typeof NO_REPO | typeof NO_FILES,
		look: (signal: AbortSignal) => Promise<Found>
	): Promise<void> {
		this.#found = null;
		const found = await this.lane.attempt(label, failure, look);
		if (found) this.#found = found;
	}
}
