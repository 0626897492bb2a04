import { cancelled, PatchworkError } from '../base/errors';
import type { Progress } from '../base/progress';
import { siteRoot } from '../base/site';
import type { LoadedModel } from '../models/loaded-model';
import { modelEntry, sourceOf, type ModelEntry } from '../models/registry';
import type { ModelSource } from '../models/source';
import { runAside, type AsideResult } from '../run/aside';
import type { Edit } from '../engine/edits/edit';
import { has, type ModelConfig } from '../engine/families';
import type { Engine } from '../run/engine';
import { EngineClient } from '../worker/client';
import type { RunResult, SeenPixels } from '../worker/protocol';

/** How long the engine waits for another figure that wants it, in milliseconds. */
const PATIENCE = 30_000;

/** How the work is followed and given up. */
export interface Following {
	readonly signal: AbortSignal;
	readonly report?: (progress: Progress) => void;
}

/** What came of a run, and whose it is. */
export type Told = AsideResult & { readonly model: LoadedModel };

const ofSite = (id: string): ModelSource => sourceOf(modelEntry(id), { site: siteRoot(), available: [], endpoint: '' });

const bitmapOf = ({ data, width, height }: SeenPixels) => createImageBitmap(new ImageData(data, width, height));

/**
 * A second model that comes with the page, beside the reader's own, in an engine of its own: for figures that hold two
 * networks against each other. It is fetched when it is first asked for, keeps one run on what the other saw, and ends
 * some time after the last figure has let go of it.
 */
export class Companion {
	readonly #make: () => Engine;
	readonly #source: (id: string) => ModelSource;
	readonly #toBitmap: (seen: SeenPixels) => Promise<ImageBitmap>;
	#engine: Engine | null = null;
	#id: string | null = null;
	#run: { readonly seen: SeenPixels; readonly result: RunResult } | null = null;
	#users = 0;
	#ending: ReturnType<typeof setTimeout> | null = null;

	/** All three have stand-ins in tests. */
	constructor(make: () => Engine = () => new EngineClient(), source = ofSite, toBitmap = bitmapOf) {
		this.#make = make;
		this.#source = source;
		this.#toBitmap = toBitmap;
	}

	/** Keeps it; what comes back lets it go. */
	hold(): () => void {
		this.#users++;
		if (this.#ending) clearTimeout(this.#ending);
		return () => {
			if (--this.#users === 0) this.#ending = setTimeout(() => this.stop(), PATIENCE);
		};
	}

	/**
	 * The model's run on what another model saw of a photo; asked again with the same pixels, the same run.
	 * @param id of a model that the site itself has
	 * @throws PatchworkError as fetching or running it does, `cancelled` when `signal` says so
	 */
	async beside(id: string, seen: SeenPixels, { signal, report }: Following): Promise<RunResult> {
		const engine = await this.#loaded(id, { signal, ...(report && { report }) });
		if (this.#run?.seen === seen) return this.#run.result;
		const bitmap = await this.#toBitmap(seen);
		try {
			const crop = { x: 0, y: 0, width: seen.width, height: seen.height };
			const result = await engine.run(bitmap, { crop, signal });
			if (signal.aborted) {
				void engine.forget([result.run]);
				throw cancelled();
			}
			this.#forget();
			this.#run = { seen, result };
			return result;
		} finally {
			bitmap.close();
		}
	}

	/** What the model makes of a photo as by itself, in its centre. @throws as {@link beside} does */
	async look(id: string, photo: ImageBitmap, names: readonly string[], following: Following): Promise<Told> {
		const engine = await this.#loaded(id, following);
		const { run, top, vector, model } = await engine.run(photo, { names, signal: following.signal });
		try {
			return { top, vector, model, taps: await engine.read(run, names) };
		} finally {
			void engine.forget([run]);
		}
	}

	/** The run of {@link beside} once more, with something changed. @throws as {@link runAside} does */
	async changed(edits: readonly Edit[], names: readonly string[], signal: AbortSignal): Promise<Told> {
		const { engine, run } = this.#there();
		return this.#orForget(runAside(engine, run, { photo: null, edits, names, signal }));
	}

	/** Taps, or parameters, of the run of {@link beside}. */
	async read(names: readonly string[]) {
		const { engine, run } = this.#there();
		return this.#orForget(engine.read(run, names));
	}

	/** See `Engine.gradients`, of the run of {@link beside}. */
	async gradients(of: Parameters<Engine['gradients']>[1], names: readonly string[], signal: AbortSignal) {
		const { engine, run } = this.#there();
		return this.#orForget(engine.gradients(run, of, names, { signal }));
	}

	stop(): void {
		this.#engine?.dispose();
		[this.#engine, this.#id, this.#run] = [null, null, null];
	}

	#there(): { engine: Engine; run: number } {
		if (this.#engine && this.#run) return { engine: this.#engine, run: this.#run.result.run };
		throw new PatchworkError('request', 'The second model has not run yet; please try again.');
	}

	async #loaded(id: string, { signal, report }: Following): Promise<Engine> {
		const engine = (this.#engine ??= this.#make());
		if (this.#id === id) return engine;
		const onProgress = report && { onProgress: report };
		await engine.load(this.#source(id), { signal, ...onProgress });
		this.#forget();
		this.#id = id;
		return engine;
	}

	/** A run that the engine may have lost is made again when it is next asked for. */
	async #orForget<T>(answer: Promise<T>): Promise<T> {
		try {
			return await answer;
		} catch (error) {
			this.#forget();
			throw error;
		}
	}

	#forget(): void {
		if (this.#run) void this.#engine?.forget([this.#run.result.run]);
		this.#run = null;
	}
}

/** What stands beside a model: the CNN of the site beside one that attends, the ViT beside another. */
export const besideOf = (config: ModelConfig | null): ModelEntry =>
	modelEntry(config && !has(config, 'blocks') ? 'patchwork-t' : 'patchwork-c');

/** One for all figures: two engines are as many as a small device should bear. */
export const companion = new Companion();
