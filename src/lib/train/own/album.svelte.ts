import { toPatchworkError } from '../../base/errors';
import { readChoice, writeChoice } from '../../base/kept-choice';
import { Lane } from '../../base/lane.svelte';
import type { Together } from '../../app/dropped';
import { History } from '../../tools/history.svelte';
import { classNamed, classOf, withClass, withPhotos, type Classes, type OwnPhoto } from './classes';
import { openPhoto, takeFiles, type Open, type Refused } from './intake';
import { forgetClasses, keepClasses, loadClasses } from './keep';

/** Where the choice is kept; the classes themselves are kept elsewhere, and only while the choice is yes. */
export const REMEMBERS_CLASSES = 'patchwork.remember-classes';
const NO_PHOTOS = { code: 'photo', sentence: 'Those photos could not be added; please try again.' } as const;

/** How files are opened and classes kept; the real things, or stand-ins. */
export interface AlbumParts {
	readonly open: Open;
	readonly keep: typeof keepClasses;
	readonly load: typeof loadClasses;
	readonly forget: typeof forgetClasses;
}

const REAL: AlbumParts = { open: openPhoto, keep: keepClasses, load: loadClasses, forget: forgetClasses };

/** The reader's own classes with their photos, the way back from every change, and what this device keeps of them. */
export class Album {
	/** Adding photos, one batch after the other. */
	readonly lane = new Lane();
	readonly history = new History<Classes>([]);
	readonly #parts: AlbumParts;
	#refused = $state.raw<readonly Refused[]>([]);
	#remembers = $state(false);
	#error = $state<string | null>(null);
	#opened: Promise<void> | null = null;
	/** What is added is added one batch after the other. */
	#adding: Promise<void> = Promise.resolve();
	/** What is written is written one after the other. */
	#writing: Promise<void> = Promise.resolve();

	constructor(parts: AlbumParts = REAL) {
		this.#parts = parts;
	}

	get classes(): Classes {
		return this.history.now;
	}

	/** The files of the last batch that were not taken. */
	get refused(): readonly Refused[] {
		return this.#refused;
	}

	/** Whether the classes are kept on this device. */
	get remembers(): boolean {
		return this.#remembers;
	}

	/** Whether closing the page, or loading it again, would take the reader's classes away. */
	get wouldBeLost(): boolean {
		return this.classes.some(({ photos }) => photos.length > 0) && (!this.#remembers || this.#error !== null);
	}

	/** Why nothing could be kept, or brought back; null where it could. */
	get error(): string | null {
		return this.#error;
	}

	dismiss(): void {
		this.#error = null;
		this.#refused = [];
	}

	/** Brings back what the last visit kept, once. */
	open(): Promise<void> {
		return (this.#opened ??= this.#restore());
	}

	async #restore(): Promise<void> {
		this.lookAgain();
		if (!this.#remembers) return;
		await this.#attempt(async () => {
			const kept = await this.#parts.load();
			// The reader may have begun meanwhile.
			if (this.classes.length === 0) this.history.begin(kept);
		});
	}

	/** Goes on to other classes. @param stroke what the change is a part of, see `History` */
	change(next: Classes, stroke: unknown = null): void {
		this.history.go(next, stroke);
		this.#write();
	}

	undo(): void {
		this.history.undo();
		this.#write();
	}

	redo(): void {
		this.history.redo();
		this.#write();
	}

	/**
	 * Adds photos: those of a folder to the class of its name, which is made where there is none. They are undone together.
	 * @param into the class that files without a folder belong to; without it they become a class of their own
	 */
	add(groups: readonly Together[], into: string | null = null): Promise<void> {
		return (this.#adding = this.#adding.then(() => this.#add(groups, into)));
	}

	async #add(groups: readonly Together[], into: string | null): Promise<void> {
		const total = groups.reduce((sum, { files }) => sum + files.length, 0);
		if (total === 0) return;
		this.dismiss();
		const stroke = {};
		let loaded = 0;
		const label = total === 1 ? 'Adding the photo' : `Adding ${total} photos`;
		const refused: Refused[] = [];
		await this.lane.attempt(label, NO_PHOTOS, async (signal, report) => {
			for (const { folder, files } of groups) {
				const place = this.#placeFor(folder, folder === null ? into : null, stroke);
				for (const file of files) {
					const { open } = this.#parts;
					const known = (id: string) => classOf(this.classes, id)?.name ?? null;
					refused.push(...(await takeFiles([file], { known, onphoto: place, signal, open })));
					report({ loaded: ++loaded, total });
				}
			}
		});
		this.#refused = refused;
	}

	/** Puts photos into a class, which is looked up, or made, when the first one comes. */
	#placeFor(folder: string | null, into: string | null, stroke: unknown): (photo: OwnPhoto) => void {
		let id = into ?? (folder === null ? null : (classNamed(this.classes, folder)?.id ?? null));
		return (photo) => {
			const isThere = this.classes.some((one) => one.id === id);
			const next =
				isThere && id !== null ? withPhotos(this.classes, id, [photo]) : withClass(this.classes, folder ?? '', [photo]);
			if (!isThere) id = next.at(-1)?.id ?? null;
			this.change(next, stroke);
		};
	}

	/** Goes by what another tab has chosen. */
	lookAgain(): void {
		this.#remembers = readChoice(REMEMBERS_CLASSES);
	}

	/** Turns remembering on or off; off forgets what was kept. */
	async remember(on: boolean): Promise<void> {
		this.#remembers = on;
		writeChoice(REMEMBERS_CLASSES, on);
		if (on) this.#write();
		else this.#writing = this.#writing.then(() => this.#attempt(() => this.#parts.forget()));
		await this.#writing;
	}

	#write(): void {
		if (!this.#remembers) return;
		this.#writing = this.#writing.then(async () => {
			if (this.#remembers) await this.#attempt(() => this.#parts.keep(this.classes));
		});
	}

	async #attempt(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			this.#error = toPatchworkError(error, 'storage', 'Your classes were not remembered.').message;
		}
	}
}
