import type { BackendName, BackendReport } from '../engine/backends/names';
import type { Edit } from '../engine/edits/edit';
import type { ModelConfig } from '../engine/families';
import { resized } from '../engine/resolution';
import type { TapData } from '../engine/tap';
import { PatchworkError, toPatchworkError } from '../base/errors';
import type { ModelSource } from '../models/source';
import type { SameInput } from '../worker/protocol';
import { runAside, type Aside, type AsideResult } from '../run/aside';
import type { LoadedModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';
import type { Engine } from '../run/engine';
import { GuestEngine } from '../run/guest';
import { Lane, type Work } from '../base/lane.svelte';
import type { Cut, Question, Shown } from '../run/shown';
import { isDrawn, tooLargeToDraw } from '../views/reading';
import { readShown } from '../views/read-shown';
import { identityOf, type Photo } from '../photo/photo';

type ImageSize = ModelConfig['imageSize'];

const NO_MODEL = { code: 'checkpoint', sentence: 'The model could not be loaded; please choose another.' } as const;
const NO_PHOTO = { code: 'photo', sentence: 'That picture could not be opened; please try another.' } as const;
const NO_RUN = { code: 'backend', sentence: 'The model could not be run on this photo; please try again.' } as const;
const NO_BACKEND = {
	code: 'backend',
	sentence: 'The engine could not be started in this browser; please reload the page.'
} as const;
const RESTARTED = 'The engine broke down, perhaps for lack of memory, and was started again. Nothing was lost.';

/**
 * One reader's work: the engine, the model, the photo and what the model made of it. Three lanes of work may be under
 * way at a time: loading a model, opening a photo, and running the one on the other. Until a run has been read in full,
 * what was shown before stays, and it stays if the new one fails.
 */
export class Session {
	readonly models = new Lane();
	readonly photos = new Lane();
	readonly runs = new Lane();

	readonly #makeEngine: (force: BackendName | null) => Engine;
	readonly #cut: Cut;
	/** Where each model that was asked for came from, by its id. */
	readonly #sources: Record<string, ModelSource> = {};
	#started: Engine | null = null;
	#backend = $state.raw<BackendReport | null>(null);
	#model = $state.raw<LoadedModel | null>(null);
	#imageSize = $state.raw<ImageSize | null>(null);
	#shown = $state.raw<Shown | null>(null);
	#notice = $state<string | null>(null);
	/** What is waiting for a model or for its run; it becomes part of `shown`, or is let go. */
	#asked: Question | null = null;
	/** The photo asked about while nothing runs on it: it waits for a model, or its run failed. */
	#idle: Photo | null = null;
	/** Ends when the latest question does. */
	#latest: Promise<unknown> = Promise.resolve();

	/**
	 * @param makeEngine called once, when the session starts: there is no engine while pages are prerendered.
	 * @param cut makes the picture that the reader sees of what the model saw.
	 */
	constructor(makeEngine: (force: BackendName | null) => Engine, cut: Cut) {
		this.#cut = cut;
		this.#makeEngine = makeEngine;
	}

	get backend(): BackendReport | null {
		return this.#backend;
	}

	/** The model that the next run uses, as it is at its own size of input. */
	get model(): LoadedModel | null {
		return this.#model;
	}

	/** Something about the model that the reader should know, until it is dismissed. */
	get notice(): string | null {
		return this.#notice;
	}

	dismissNotice(): void {
		this.#notice = null;
	}

	get shown(): Shown | null {
		return this.#shown;
	}

	/** Starts the engine, with a backend of the reader's choice or the best. Models may be asked for before it is done. */
	async start(force: BackendName | null = null): Promise<void> {
		try {
			this.#started = this.#makeEngine(force);
			this.#started.onBackend((report) => this.#takeBackend(report));
			this.#takeBackend(await this.#started.start());
		} catch (error) {
			this.runs.report(toPatchworkError(error, NO_BACKEND.code, NO_BACKEND.sentence).message);
		}
	}

	/** Ends the engine and whatever is under way, and frees the photos. What was shown is gone; nothing can be asked. */
	stop(): void {
		for (const lane of [this.models, this.photos, this.runs]) lane.cancel();
		this.#started?.dispose();
		const photos = [this.#asked?.photo, this.#idle, this.#shown?.photo];
		[this.#started, this.#shown, this.#asked, this.#idle] = [null, null, null, null];
		// One that is in two of these places is closed twice, which does no harm.
		for (const photo of photos) photo?.bitmap.close();
	}

	/** A reader whose GPU was lost, or whose worker was, is told; that another backend was found faster is no news. */
	#takeBackend(report: BackendReport): void {
		this.#backend = report;
		if (report.restarted) this.#notice = RESTARTED;
		else if (report.tookOverFrom) this.#notice = `${report.reason} Nothing was lost.`;
	}

	/** The size of input that runs are made at, in pixels; null for the model's own. */
	get imageSize(): ImageSize | null {
		return this.#imageSize;
	}

	/** Runs the model on the photo at hand at another size of its input; null for its own. Goes back where that fails. */
	async readAt(imageSize: ImageSize | null): Promise<void> {
		const before = this.#imageSize;
		this.#imageSize = this.#allowed(imageSize);
		const question = this.#asked ?? this.#shown;
		if (question) await this.#ask(question);
		if (this.runs.error !== null) this.#imageSize = before;
	}

	/**
	 * Loads a model and runs it on the photo at hand. Goes back to the model of what is shown where that fails. Gives
	 * whether it is in use.
	 * @param imageSize of its input, in pixels; its own without it
	 */
	async useModel(source: ModelSource, label: string, imageSize: ImageSize | null = null): Promise<boolean> {
		const sizeBefore = this.#imageSize;
		this.#sources[source.id] = source;
		const model = await this.models.attempt(label, NO_MODEL, (signal, onProgress, gate) =>
			this.#engine.load(source, { signal, onProgress, gate })
		);
		if (!model) return false;
		this.#model = model;
		this.#imageSize = this.#allowed(imageSize);
		if (model.notice !== null) this.#notice = model.notice;
		const question = this.#asked ?? this.#shown;
		// Edits are of a model; another one may not have what they change.
		const edits = question && this.#shown?.model.id === model.id ? question.edits : [];
		const failed = question ? await this.#ask({ ...question, edits }) : false;
		const before = this.#sources[this.#shown?.model.id ?? source.id];
		if (failed && before && before.id !== source.id && !this.models.task) await this.#goBack(before, sizeBefore);
		return !failed;
	}

	/** To the model of what is shown: the engine has let go of it, and of its run, for one that cannot run. */
	async #goBack(source: ModelSource, imageSize: ImageSize | null): Promise<void> {
		const why = this.runs.error;
		const isBack = await this.useModel(source, 'Going back to the model before', imageSize);
		if (isBack) this.runs.report(`${why} The one before is in use again.`);
	}

	/**
	 * Opens a photo and runs the model on it, as soon as there is one. Gives the photo, or null if it cannot be read.
	 * @param crop the region to look at; the centre without it
	 */
	async open(label: string, take: Work<Photo>, crop: Crop | null = null): Promise<Photo | null> {
		const photo = await this.photos.attempt(label, NO_PHOTO, take);
		if (photo) await this.#ask({ photo, crop, edits: [] });
		return photo;
	}

	/**
	 * Runs the model on another region of a photo, null for the centre. Does nothing once another photo was opened, or
	 * where the latest question already is that region.
	 */
	async crop(photo: Photo, crop: Crop | null): Promise<void> {
		const question = this.#asked ?? this.#shown;
		const isOfIt = question && identityOf(question.photo) === identityOf(photo);
		if (isOfIt && question.crop !== crop) await this.#ask({ ...question, crop });
	}

	/** Shows what the model makes of the photo at hand with something changed; without edits, as it is. */
	async edit(edits: readonly Edit[]): Promise<void> {
		const question = this.#asked ?? this.#shown;
		const sameInput = this.#shown && !this.#asked ? { of: this.#shown.result.run } : null;
		if (question) await this.#ask({ ...question, edits }, sameInput);
	}

	/**
	 * Shows what another session's run saw with something changed, where both share one engine.
	 * @param take gives the photo of that run, to be this session's own
	 */
	async showAfter({ model, photo: { title }, crop, result }: Shown, edits: readonly Edit[], take: Work<Photo>) {
		const photo = await this.photos.attempt(`Opening '${title}' once more`, NO_PHOTO, take);
		this.#model ??= model;
		if (photo) await this.#ask({ photo, crop, edits }, { of: result.run });
	}

	/** Comes once the latest question has been answered, has failed or was given up, and no other has taken its place. */
	async settled(): Promise<void> {
		let latest: Promise<unknown>;
		do {
			latest = this.#latest;
			await latest;
		} while (latest !== this.#latest);
	}

	/** Comes when the reader has not waited for the engine for a while, and the page has nothing to draw. */
	async atRest(): Promise<void> {
		await this.#engine.atRest();
	}

	/** An engine for a session beside this one, which runs what is loaded here and ends when this one does. */
	share(): Engine {
		return new GuestEngine(
			() => this.#engine,
			() => this.#model
		);
	}

	/**
	 * The values of taps, or of parameters (`parameters.…`), of a run.
	 * @throws PatchworkError `request` where the run is forgotten, or for a name that it does not have
	 */
	async read(...asked: Parameters<Engine['read']>): Promise<TapData[]> {
		return this.#engine.read(...asked);
	}

	/** See `Engine.gradients`. @throws PatchworkError `request` where the run is forgotten, or has changes that none lead through */
	async gradients(...asked: Parameters<Engine['gradients']>): Promise<TapData[]> {
		return this.#engine.gradients(...asked);
	}

	/** See `Engine.trainHeads`. */
	async trainHeads(...asked: Parameters<Engine['trainHeads']>): ReturnType<Engine['trainHeads']> {
		return this.#engine.trainHeads(...asked);
	}

	/** See `Engine.withHead`. @throws PatchworkError `request` where the run's model has no place for a head, or is gone */
	async withHead(...asked: Parameters<Engine['withHead']>): ReturnType<Engine['withHead']> {
		return this.#engine.withHead(...asked);
	}

	/**
	 * Runs the model of run `run` aside; what is shown stays.
	 * @throws PatchworkError as {@link runAside} does
	 */
	async aside(run: number, aside: Aside): Promise<AsideResult> {
		return runAside(this.#engine, run, aside);
	}

	/**
	 * Each call is a question of its own, so that an older one with the same photo cannot be taken for it. Gives whether
	 * its run failed; one that was given up did not.
	 * @param sameInput a run that saw the same, so that the photo need not be prepared again
	 */
	#ask(question: Question, sameInput: SameInput | null = null): Promise<boolean> {
		const asked = this.#find(question, sameInput);
		this.#latest = asked;
		return asked;
	}

	async #find({ photo, crop, edits }: Question, sameInput: SameInput | null): Promise<boolean> {
		const question: Question = { photo, crop, edits };
		const idle = this.#idle;
		this.#asked = question;
		this.#idle = this.#model ? null : photo;
		if (idle) this.#letGo(idle);
		if (!this.#model) return false;
		const shown = await this.runs.attempt('Running the model', NO_RUN, (signal) =>
			this.#run(question, sameInput ?? photo.bitmap, signal)
		);
		const isLatest = this.#asked === question;
		if (isLatest) this.#answer(photo, shown);
		else if (shown) this.#forget(shown);
		// Only now is the engine done with the bitmap.
		this.#letGo(photo);
		return isLatest && this.runs.error !== null;
	}

	/** Runs the model and reads what is shown of it. A run that will not be shown is forgotten as soon as that is known. */
	async #run(question: Question, on: ImageBitmap | SameInput, signal: AbortSignal): Promise<Shown> {
		const engine = this.#engine;
		const { crop, edits, photo } = question;
		const { sample } = photo;
		const result = await engine.run(on, { crop, imageSize: this.#imageSize, sample, edits, signal });
		const forget = () => void engine.forget([result.run]);
		if (signal.aborted) forget();
		signal.addEventListener('abort', forget, { once: true });
		try {
			signal.throwIfAborted();
			return await readShown(engine, question, result, this.#cut, { signal });
		} catch (error) {
			if (!signal.aborted) forget();
			throw error;
		}
	}

	#answer(photo: Photo, shown: Shown | null): void {
		// The very first photo stays asked about when its run fails, so that another model can try it.
		if (!shown && !this.#shown) {
			this.#idle = photo;
			return;
		}
		const previous = this.#shown;
		this.#asked = null;
		if (!shown) return;
		this.#shown = shown;
		// The engine may have finished a load that the page gave up: what it runs from then on is what ran now.
		if (this.#model?.id !== shown.model.id) this.#model = shown.model;
		if (!previous) return;
		this.#forget(previous);
		this.#letGo(previous.photo);
	}

	/** Lets the engine forget the run of what is shown no more, or never was. */
	#forget({ result }: Shown): void {
		void this.#started?.forget([result.run]);
	}

	get #engine(): Engine {
		if (!this.#started) throw new PatchworkError('backend', NO_BACKEND.sentence);
		return this.#started;
	}

	/** A size of input that the model can be run at, and this device can draw; null, for its own, in place of any other. */
	#allowed(imageSize: ImageSize | null): ImageSize | null {
		const config = this.#model?.config;
		if (!config || !imageSize) return null;
		try {
			if (isDrawn(config, imageSize)) return resized(config, imageSize).imageSize;
			this.#notice = tooLargeToDraw(imageSize);
		} catch {
			// It is none of the model's sizes, whatever the device.
		}
		return null;
	}

	/** Frees the pixels of a photo that is neither shown nor asked about any more. */
	#letGo(photo: Photo): void {
		if (photo !== this.#shown?.photo && photo !== this.#asked?.photo) photo.bitmap.close();
	}
}
