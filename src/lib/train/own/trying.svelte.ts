import type { Session } from '../../app/session.svelte';
import { PatchworkError } from '../../base/errors';
import { Lane } from '../../base/lane.svelte';
import type { Scored } from '../../marks/scores';
import { openPhoto, type Open } from './intake';
import { nearestTo, saysOf, type Near } from './says';
import type { Teaching } from './teaching.svelte';
import { modelKey, vectorOf, vectorOfPhoto } from './vectors';

const NO_PHOTO = { code: 'photo', sentence: 'That picture could not be asked about; please try another.' } as const;
const NO_CAMERA = { code: 'photo', sentence: 'The camera’s picture could not be read; please try again.' } as const;

/** Whatever hands out a picture of this moment. */
export interface Frames {
	frame(): Promise<ImageBitmap>;
}

/** What is asked about. */
interface Asked {
	readonly title: string;
	/** A small picture; null for the camera's, which is on the page anyway. */
	readonly thumb: Blob | null;
	readonly vector: Float32Array;
	/** Of the model that made the vector. */
	readonly key: string;
}

/** Asks what was learned about photos that it has not seen: a file, or whatever the camera sees. */
export class Trying {
	readonly lane = new Lane();
	readonly #session: Pick<Session, 'shown' | 'aside'>;
	readonly #teaching: Pick<Teaching, 'taught' | 'fits'>;
	readonly #open: Open;
	#asked = $state.raw<Asked | null>(null);

	constructor(
		session: Pick<Session, 'shown' | 'aside'>,
		teaching: Pick<Teaching, 'taught' | 'fits'>,
		open: Open = openPhoto
	) {
		this.#session = session;
		this.#teaching = teaching;
		this.#open = open;
	}

	/** What is asked about, if what was learned can say something of it. */
	readonly asked = $derived.by((): Asked | null => {
		const { taught, fits } = this.#teaching;
		return taught && fits && this.#asked?.key === modelKey(taught.model) ? this.#asked : null;
	});

	/** A share for each class, the largest first; nothing while nothing is asked about. */
	readonly says = $derived.by((): readonly Scored[] => {
		const { taught } = this.#teaching;
		return taught && this.asked ? saysOf(taught, this.asked.vector) : [];
	});

	/** The photos that were learned from, those most like it first. */
	readonly nearest = $derived.by((): readonly Near[] => {
		const { taught } = this.#teaching;
		return taught && this.asked ? nearestTo(taught, this.asked.vector) : [];
	});

	/** Asks about a file. */
	async file(file: File): Promise<void> {
		const asked = await this.lane.attempt('Asking about the photo', NO_PHOTO, async (signal) => {
			const shown = this.#shown();
			const photo = await this.#open(file, file.name, signal);
			const vector = await vectorOfPhoto(this.#session, shown, photo, signal);
			return { title: photo.title, thumb: photo.thumb, vector, key: modelKey(shown.model) };
		});
		if (asked) this.#asked = asked;
	}

	/** Asks about what a camera sees, again and again, until it is stopped or something fails. */
	async live(camera: Frames, signal: AbortSignal): Promise<void> {
		// A file that is being asked about would take the camera's place when it is done.
		this.lane.cancel();
		try {
			while (!signal.aborted) await this.#look(camera, signal);
		} catch (thrown) {
			if (signal.aborted) return;
			this.lane.report(thrown instanceof PatchworkError ? thrown.message : NO_CAMERA.sentence);
		}
	}

	async #look(camera: Frames, signal: AbortSignal): Promise<void> {
		const shown = this.#shown();
		const frame = await camera.frame();
		try {
			const vector = await vectorOf(this.#session, shown, frame, signal);
			if (!signal.aborted)
				this.#asked = { title: 'What the camera sees', thumb: null, vector, key: modelKey(shown.model) };
		} finally {
			frame.close();
		}
	}

	#shown() {
		const { shown } = this.#session;
		if (shown && this.#teaching.fits) return shown;
		throw new PatchworkError('request', 'What was learned is of another model than the one in use: train once more.');
	}
}
