import { toPatchworkError } from '../base/errors';
import { readChoice, writeChoice } from '../base/kept-choice';
import { BROWSER, type Keeping } from './keeping';
import { forgetPhoto, keepPhoto, loadPhoto, type KeptPhoto } from '../photo/remember';

/** Where the choice is kept; the photo itself is kept elsewhere, and only while the choice is yes. */
export const REMEMBERS_PHOTO = 'patchwork.remember-photo';

/** The reader's last photo, kept on this device only if they ask for it. */
export class PhotoMemory {
	readonly #storage: Keeping['storage'];
	#on = $state(false);
	#error = $state<string | null>(null);

	/** @param storage of the choice; asked for at each use */
	constructor(storage: Keeping['storage'] = BROWSER.storage) {
		this.#storage = storage;
	}

	get on(): boolean {
		return this.#on;
	}

	get error(): string | null {
		return this.#error;
	}

	dismiss(): void {
		this.#error = null;
	}

	/** The photo of the last visit, or null; never fails. */
	async restore(): Promise<KeptPhoto | null> {
		this.lookAgain();
		if (!this.#on) return null;
		return (await this.#attempt(loadPhoto)) ?? null;
	}

	/** Goes by what another tab has chosen. */
	lookAgain(): void {
		this.#on = readChoice(REMEMBERS_PHOTO, this.#storage);
	}

	/** Turns remembering on and keeps `photo`, if there is one. */
	async remember(photo: KeptPhoto | null): Promise<void> {
		this.#on = true;
		writeChoice(REMEMBERS_PHOTO, true, this.#storage);
		if (photo) await this.keep(photo);
	}

	/** Keeps a new photo in place of the one before, where the reader asked for it. */
	async keep(photo: KeptPhoto): Promise<void> {
		if (this.#on) await this.#attempt(() => keepPhoto(photo));
	}

	/** Turns remembering off and removes what was kept. */
	async forget(): Promise<void> {
		this.#on = false;
		writeChoice(REMEMBERS_PHOTO, false, this.#storage);
		await this.#attempt(forgetPhoto);
	}

	async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
		this.#error = null;
		try {
			return await work();
		} catch (error) {
			this.#error = toPatchworkError(error, 'storage', 'The photo was not remembered.').message;
			return undefined;
		}
	}
}
