import type { Together } from './dropped';
import type { ModelEntry } from '../models/entry';
import type { Found } from '../models/own';
import type { Library, Place } from './library.svelte';
import { Lookup } from './lookup.svelte';
import { BROWSER, type Keeping } from './keeping';
import type { Session } from './session.svelte';

/** Which model one session works with: from the library, or from outside of it. */
export class ModelChoice {
	readonly #session: Session;
	readonly #library: Library;
	readonly #dropped = new Lookup();
	/** The model that is being loaded, if any. */
	#wanted = $state<string | null>(null);
	/** The model whose loading failed last. */
	#failed = $state.raw<ModelEntry | null>(null);

	readonly #keepSite: Keeping['keepSite'];
	/** How often the reader had the site forgotten. */
	#forgotten = 0;

	constructor(session: Session, library: Library, keepSite: Keeping['keepSite'] = BROWSER.keepSite) {
		this.#session = session;
		this.#library = library;
		this.#keepSite = keepSite;
	}

	/** The id of the model that is loaded or on its way. */
	get id(): string | null {
		return this.#wanted ?? this.#session.model?.id ?? null;
	}

	/** Whether there is a model to {@link retry}. */
	get canRetry(): boolean {
		return this.#failed !== null;
	}

	/** What dropped files need beside them to be a model, in a sentence; null where they need nothing. */
	get missing(): string | null {
		return this.#dropped.missing;
	}

	/** Lets go of dropped files that wait for others. */
	forgetDropped(): void {
		this.#dropped.clear();
	}

	/** Uses a model of the library, once the reader agrees to what has to be fetched for it. */
	async choose(entry: ModelEntry): Promise<void> {
		const away = this.#library.place(entry) === 'hub';
		if (!away || (await this.#library.asking.ask(entry))) await this.use(entry);
	}

	/** Uses a model that the reader brought and has seen described. */
	async take(found: Found): Promise<void> {
		await this.use(this.#library.own.add(found));
	}

	/** Uses the model whose files were dropped, together or one after the other. */
	async drop(dropped: Promise<Together>): Promise<void> {
		const { files, folder } = await dropped;
		await this.#dropped.files(files, folder, this.#library.own.ids);
		const { found, lane } = this.#dropped;
		this.#failed = null;
		if (lane.error !== null) this.#session.models.report(lane.error);
		if (!found) return;
		this.#dropped.clear();
		await this.take(found);
	}

	/** Goes on with a download that was cut off, by its key in the store. */
	async goOn(key: string): Promise<void> {
		await this.use(this.#library.entryOf(key));
	}

	/** Tries once more to load the model that failed. */
	async retry(): Promise<void> {
		if (this.#failed) await this.use(this.#failed);
	}

	/**
	 * Loads a model, fetching it first where it is not here. Gives whether it is loaded.
	 * @param side of its input, in pixels; its own without it
	 */
	async use(entry: ModelEntry, side?: number): Promise<boolean> {
		const place = this.#library.place(entry);
		this.#wanted = entry.id;
		this.#failed = null;
		const size = side === undefined ? null : ([side, side] as const);
		const loaded = await this.#session.useModel(this.#library.source(entry), labelOf(entry.title, place), size);
		if (this.#wanted === entry.id) this.#wanted = null;
		if (!loaded && this.#session.models.error !== null) this.#failed = entry;
		if (place !== 'site') await this.#library.look();
		if (loaded) void this.#keepLater(place === 'site' ? entry.id : null);
		return loaded;
	}

	/** The reader has what is kept of the site forgotten: what was still to be kept is not, until a model is used again. */
	forgetSite(): void {
		this.#forgotten++;
	}

	/** The whole site is kept when the reader waits for nothing: it is hundreds of files. */
	async #keepLater(model: string | null): Promise<void> {
		const forgotten = this.#forgotten;
		try {
			await this.#session.atRest();
			if (forgotten === this.#forgotten) await this.#keepSite(model);
		} catch {
			// The session has ended: whoever comes next keeps it.
		}
	}
}

/** What is said while a model comes, and from where: what is on the device already costs nobody a download. */
export function labelOf(title: string, place: Place): string {
	if (place === 'kept' || place === 'disk') return `Reading ${title} from this device`;
	return place === 'hub' ? `Fetching ${title}` : `Loading ${title}`;
}
