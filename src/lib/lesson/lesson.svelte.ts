import type { PredictionText } from '../content/chapter';
import type { WindowAttention } from '../analysis/window-attention';
import { app, type App } from '../app/app.svelte';
import { isViT } from '../engine/families';
import type { SwinConfig } from '../engine/swin/config';
import type { TapSpec } from '../engine/tap';
import type { Shown } from '../run/shown';
import type { LoadedModel, ViTModel } from '../models/loaded-model';
import type { Recording } from './recorded';
import type { Attributes, ModelRun, Reveal, Figure, FigureRun, SwinRun, Verdict } from '../figures/figure';
import { figureNamed } from './figures';
import { Taps } from './taps.svelte';
import { titleOf } from '../figures/kit/title';
import { whyUnfit, type Unfit } from './unfit';
import { blockOf, windowSpecOf } from '../figures/kit/where';

/** What the figure shows at one place of the prose. */
export interface Scene {
	/** The step's or prediction's id. */
	readonly id: string;
	readonly figure: string;
	readonly attributes: Attributes;
	/** The tap in focus; `*` stands for the block that the figure shows. */
	readonly tap: string;
	/** Whether the figure is covered until the model has answered here. */
	readonly covered: boolean;
}

/** A run with its taps. */
export interface Reading {
	readonly run: FigureRun;
	readonly taps: Taps;
}

/** What a prediction asks. */
type Asked = Pick<PredictionText, 'id' | 'figure' | 'attributes' | 'reveal'>;

/** What is followed from step to step; everything else a step sets anew. */
const FOLLOWED = ['block', 'head', 'token'];

/** The part of the reader's changes that the next scene's figure takes up. */
export function carriedOver(change: Readonly<Record<string, unknown>>, scene: Scene): Record<string, unknown> {
	const known = figureNamed(scene.figure).parse(scene.attributes);
	const keys = FOLLOWED.filter((key) => key in change && key in known && !(key in scene.attributes));
	return Object.fromEntries(keys.map((key) => [key, change[key]]));
}

/** The figures are of one sequence of tokens. */
const isViTModel = (model: LoadedModel): model is ViTModel => isViT(model.config);

const isSwinRun = (shown: Shown): shown is Shown<SwinConfig, WindowAttention> => shown.model.config.family === 'swin';

/** The tutorial's state: which run the figures read, and what in it is in focus. It lives as long as the tab. */
export class Lesson {
	readonly #app: App;
	#recording = $state.raw<Recording | null>(null);
	#scene = $state.raw<Scene | null>(null);
	#change = $state.raw<Record<string, unknown>>({});
	/** By the scene's id: the run that has answered its prediction. */
	#answered = $state.raw<Readonly<Record<string, Reading>>>({});
	/** The tap under the pointer, or focused, in the prose. */
	pointed = $state<string | null>(null);

	constructor(app: App) {
		this.#app = app;
	}

	readonly #live = $derived.by((): Reading | null => {
		const shown = this.#app.session.shown;
		// Of a model that the figures are not made for, the recorded run is shown.
		if (!shown || !isViTModel(shown.model)) return null;
		return { run: { ...this.#runOf(shown, shown.model), recorded: false }, taps: this.#tapsOf(shown) };
	});

	readonly #swin = $derived.by((): { run: SwinRun; taps: Taps } | null => {
		const shown = this.#app.session.shown;
		if (!shown || !isSwinRun(shown)) return null;
		return { run: { ...this.#runOf(shown, shown.model), blocks: shown.layers }, taps: this.#tapsOf(shown) };
	});

	readonly #recorded = $derived.by((): Reading | null => {
		const recording = this.#recording;
		return (
			recording && {
				run: { ...recording.run, swin: this.#swin?.run ?? null },
				taps: new Taps((names) => recording.read(names))
			}
		);
	});

	/** Why a figure in a state is not drawn from the model in use but stays with the recorded run; null where it is. */
	#unfitFor(figure: Figure | null, state: Record<string, unknown>): Unfit | null {
		const model = this.#app.session.shown?.model ?? null;
		const why = model && whyUnfit(model.config, figure?.needsCls?.(state) ?? false);
		return model && why !== null ? { model, why } : null;
	}

	readonly unfit = $derived.by(() => this.#unfitFor(this.#figure, this.state));

	/** Whether some figure of the tutorial is not drawn from the model in use, whichever is shown now. */
	readonly needsRecording = $derived.by((): boolean => {
		const config = this.#app.session.shown?.model.config;
		return config !== undefined && whyUnfit(config, true) !== null;
	});

	/** The run on the reader's photo, or the recorded one until it is there, and where a figure is not for its model. */
	#readingFor(figure: Figure | null, state: Record<string, unknown>): Reading | null {
		const live = this.#unfitFor(figure, state) ? null : this.#live;
		return live ?? this.#recorded;
	}

	/** What the figure of this scene is drawn from; null before there is any run. */
	readonly reading = $derived.by(() => this.#readingFor(this.#figure, this.state));

	get scene(): Scene | null {
		return this.#scene;
	}

	/** The state that the figure is to show: what the step says, with what the reader has changed since. */
	readonly state = $derived.by((): Record<string, unknown> => {
		const scene = this.#scene;
		return scene ? { ...figureNamed(scene.figure).parse(scene.attributes), ...this.#change } : {};
	});

	get #figure(): Figure | null {
		return this.#scene && figureNamed(this.#scene.figure);
	}

	/** Whether the figure must not be seen yet, because the reader is still to say what they expect. */
	readonly covered = $derived.by((): boolean => {
		const scene = this.#scene;
		return scene !== null && scene.covered && (this.#answered[scene.id] ?? null) !== this.reading;
	});

	/** What the figure reads of the Swin in use, while it is drawn from that and not from the recorded run. */
	readonly #ofSwin = $derived.by(() => (this.#scene ? this.#swinFor(this.#scene.figure, this.state) : null));

	/** What a figure reads of the Swin in use, in a state in which it is drawn from that. */
	#swinFor(figure: string, state: Record<string, unknown>) {
		const swin = this.#swin;
		const names = swin && figureNamed(figure).swinTaps?.(swin.run.model.config, state);
		return swin && names ? { ...swin, names } : null;
	}

	/** The Swin in use, while the figure is drawn from it. */
	readonly drawnSwin = $derived.by((): SwinRun | null => this.#ofSwin?.run ?? null);

	/** The taps that the figure reads, and those of whose run; null before there is one. */
	readonly wanted = $derived.by((): { taps: Taps; names: readonly string[] } | null => {
		const { reading, scene, state } = this;
		if (!scene || !reading) return null;
		if (this.#ofSwin) return this.#ofSwin;
		return { taps: reading.taps, names: figureNamed(scene.figure).taps(reading.run.model.config, state) };
	});

	/** What is in focus, while the figure is drawn from a Swin: as the prose or the figure names it, or as a block's attention. */
	readonly swinSpec = $derived.by((): TapSpec | null => {
		if (!this.#ofSwin) return null;
		const { names, run } = this.#ofSwin;
		const told = this.#scene?.tap ?? '';
		const read = names.includes(told) ? told : names.at(-1);
		return windowSpecOf(run.model.config, blockOf(this.state), [this.pointed, read, told]);
	});

	/** Puts up a scene. What the reader picked to look at stays, unless the scene is about another. */
	show(scene: Scene): void {
		if (scene.id === this.#scene?.id && scene.figure === this.#scene.figure) return;
		this.#change = carriedOver(this.#change, scene);
		this.#scene = scene;
	}

	/** Leaves the chapter. */
	clear(): void {
		this.#scene = null;
		this.#change = {};
		this.#answered = {};
		this.pointed = null;
	}

	/** Changes the figure's state, as the reader does with its controls. */
	change(part: Record<string, unknown>): void {
		this.#change = { ...this.#change, ...part };
	}

	/** Uses a recording until a run is there. */
	use(recording: Recording): void {
		this.#recording = recording;
	}

	/** Lets the model answer a prediction, in words and, where it is on show, in its figure. @throws PatchworkError */
	async reveal({ id, figure, attributes, reveal: name }: Asked): Promise<Verdict> {
		const reveal = figureNamed(figure).reveals?.[name];
		// The answer is of the run that the prediction's own figure shows.
		const state = this.#scene?.id === id ? this.state : figureNamed(figure).parse(attributes);
		const reading = this.#readingFor(figureNamed(figure), state);
		if (!reading || !reveal) throw new Error(`Nothing can answer '${name}' of '${figure}' yet.`);
		const swin = this.#swinFor(figure, state);
		const verdict =
			swin && reveal.swin
				? await reveal.swin.answer(swin.run, await swin.taps.load(reveal.swin.taps(swin.run.model.config)))
				: await this.#answer(reveal, reading);
		this.#answered = { ...this.#answered, [id]: reading };
		if (verdict.shows && this.#scene?.id === id) this.change(verdict.shows);
		return verdict;
	}

	/** The answer of a ViT in use; or of the recorded run, and then it says whose it is. */
	async #answer(reveal: Reveal, { run, taps }: Reading): Promise<Verdict> {
		const verdict = await reveal.answer(run, await taps.load(reveal.taps(run.model.config)));
		if (!run.recorded) return verdict;
		const sentence = `Recorded run of ${titleOf(run.model)} on the sample photo: ${verdict.sentence}`;
		return { ...verdict, sentence };
	}

	/** What any figure can draw of a run. @param model the one that ran */
	#runOf<Model extends LoadedModel>({ result, picture, photo }: Shown, model: Model): ModelRun<Model> {
		const { session } = this.#app;
		const { run, top, vector, seen } = result;
		return {
			model,
			top,
			vector,
			seen,
			picture,
			alt: photo.alt,
			experiment: (edits, names = [], signal) => session.aside(run, { photo: null, edits, names, signal }),
			look: (other, names, signal) => session.aside(run, { photo: other, edits: [], names, signal })
		};
	}

	#tapsOf({ result: { run } }: Shown): Taps {
		return new Taps((names) => this.#app.session.read(run, names));
	}
}

export const lesson = new Lesson(app);
