import type { PredictionText } from '../content/chapter';
import { app, type App } from '../app/app.svelte';
import { has } from '../engine/families';
import type { Capability } from '../engine/family';
import type { LoadedModel } from '../models/loaded-model';
import { isUnread, type Shown } from '../run/shown';
import { viewFamilyOf } from '../views/families';
import { drawnBound } from '../worker/budget';
import type { Recording } from './recorded';
import type { Answer, AnyFigure, Attributes, FigureRun, Here, ModelRun, Verdict } from '../figures/figure';
import { figureNamed } from './figures';
import { Taps } from './taps.svelte';
import { titleOf } from '../figures/kit/title';
import { isPlain, needsOf, PLAIN, readOf } from '../figures/kit/ways';
import { whyTooMuch, whyUnfit, type Unfit } from './unfit';
import { atBlock, blockOf, firstSpecOf, specOf } from '../figures/kit/where';

/** What the figure shows at one place of the prose. */
export interface Scene {
	/** The step's or prediction's id. */
	readonly id: string;
	readonly figure: string;
	readonly attributes: Attributes;
	/** The tap in focus; `*` stands for the block that the figure shows. Null where the figure is of none. */
	readonly tap: string | null;
	/** Whether the figure is covered until the model has answered here. */
	readonly covered: boolean;
}

/** A run with its taps. */
export interface Reading<Run extends ModelRun = ModelRun> {
	readonly run: Run;
	readonly taps: Taps;
}

/** What a figure is drawn from. */
interface Drawn {
	readonly reading: Reading;
	/** The taps that it reads. */
	readonly names: readonly string[];
	/** Whether it is drawn instead of as the text tells, see `Figure.instead`. */
	readonly instead: boolean;
}

const plainOnly = (reading: Reading | null): Reading<FigureRun> | null => {
	return reading && isPlain(reading.run) ? { ...reading, run: reading.run } : null;
};

/** What a prediction asks. */
type Asked = Pick<PredictionText, 'id' | 'figure' | 'attributes' | 'reveal'>;

/** Whether a run has what a figure reads in a state: of a recorded one not everything was kept. */
function isKept({ kept, model }: ModelRun, figure: AnyFigure, state: Record<string, unknown>): boolean {
	return !kept || figure.taps(model.config, state).every((name) => kept.has(name));
}

/** What is followed from step to step; everything else a step sets anew. */
const FOLLOWED = ['block', 'head', 'token'];

/** The part of the reader's changes that the next scene's figure takes up. */
export function carriedOver(change: Readonly<Record<string, unknown>>, scene: Scene): Record<string, unknown> {
	const known = figureNamed(scene.figure).parse(scene.attributes);
	const keys = FOLLOWED.filter((key) => key in change && key in known && !(key in scene.attributes));
	return Object.fromEntries(keys.map((key) => [key, change[key]]));
}

/** All that the figures are drawn from, each in some state. */
const NEEDED: readonly Capability[] = [...PLAIN, 'cls', 'positions', 'patches', 'projection'];

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
		const { shown } = this.#app.session;
		return shown && { run: this.#runOf(shown), taps: this.#tapsOf(shown) };
	});

	readonly #recorded = $derived.by((): Reading<FigureRun> | null => {
		const recording = this.#recording;
		return recording && { run: recording.run, taps: new Taps((names) => recording.read(names)) };
	});

	/** The reader's own run, whatever the figure is drawn from. */
	get own(): ModelRun | null {
		return this.#live?.run ?? null;
	}

	/** The model in use, once it has run. */
	get inUse(): LoadedModel | null {
		return this.#app.session.shown?.model ?? null;
	}

	/** Why a figure in a state is not drawn from the model in use but stays with the recorded run; null where it is. */
	#unfitFor(figure: AnyFigure | null, state: Record<string, unknown>): Unfit | null {
		const { shown } = this.#app.session;
		const model = this.inUse;
		if (!shown || !model || !figure) return null;
		const read = readOf(figure, state, model.config);
		const tooMuch = read && isUnread(shown) ? whyTooMuch(model.config, read.names) : null;
		const why = read ? tooMuch : whyUnfit(model.config, needsOf(figure, state));
		return why === null ? null : { model, why };
	}

	readonly unfit = $derived.by(() => this.#unfitFor(this.#figure, this.state));

	/** Whether some figure of the tutorial is not drawn from the run of the model in use, whichever is shown now. */
	readonly needsRecording = $derived.by((): boolean => {
		const { shown } = this.#app.session;
		if (!shown) return false;
		return isUnread(shown) || NEEDED.some((capability) => !has(shown.model.config, capability));
	});

	/** The run on the reader's photo, or the recorded one until it is there, and where a figure is not for its model. */
	#readingFor(figure: AnyFigure | null, state: Record<string, unknown>): Reading | null {
		const live = this.#unfitFor(figure, state) ? null : this.#live;
		return live ?? this.#recorded;
	}

	/** What the figure of this scene is drawn from; null before there is any run. */
	readonly reading = $derived.by(() => this.#readingFor(this.#figure, this.state));

	/** Whose sizes the text tells: what the figure is drawn from or, as long as that is no plain ViT, the recorded run. */
	readonly told = $derived.by((): Reading<FigureRun> | null => plainOnly(this.reading) ?? this.#recorded);

	/**
	 * The run that answers a prediction before the reader changes anything in its figure, by which an answer is told from
	 * those of other photos and models; null before there is one.
	 */
	readingOf({ figure, attributes }: Pick<Asked, 'figure' | 'attributes'>): Reading | null {
		const asked = figureNamed(figure);
		return this.#readingFor(asked, asked.parse(attributes));
	}

	get scene(): Scene | null {
		return this.#scene;
	}

	/** The state that the figure is to show: what the step says, with what the reader has changed since. */
	readonly state = $derived.by((): Record<string, unknown> => {
		const scene = this.#scene;
		return scene ? { ...figureNamed(scene.figure).parse(scene.attributes), ...this.#change } : {};
	});

	get #figure(): AnyFigure | null {
		return this.#scene && figureNamed(this.#scene.figure);
	}

	/** Whether the figure must not be seen yet, because the reader is still to say what they expect. */
	readonly covered = $derived.by((): boolean => {
		const scene = this.#scene;
		return scene !== null && scene.covered && (this.#answered[scene.id] ?? null) !== this.readingOf(scene);
	});

	/** The taps that the figure reads, and those of whose run; null before there is one. */
	readonly #drawn = $derived.by((): Drawn | null => {
		const { reading, state } = this;
		const read = reading && this.#figure && readOf(this.#figure, state, reading.run.model.config);
		return read && { reading, ...read };
	});

	readonly wanted = $derived.by((): { taps: Taps; names: readonly string[] } | null => {
		return this.#drawn && { taps: this.#drawn.reading.taps, names: this.#drawn.names };
	});

	/**
	 * The tap or parameter in focus, as the model has it that the figure is drawn from; null for none. As the prose names it
	 * in a plain ViT; in another it is the first that there is of what the prose names and the figure reads.
	 */
	readonly focus = $derived.by((): string | null => {
		const [drawn, scene] = [this.#drawn, this.#scene];
		if (!drawn || !scene) return null;
		const { reading, names } = drawn;
		const [block, told] = [blockOf(this.state), scene.tap];
		const { run } = reading;
		const looked = this.pointed ?? told;
		if (looked === null) return null;
		if (isPlain(run)) return atBlock(looked, block, run.model.config);
		const read = told === null || names.includes(told) ? told : names.at(-1);
		return firstSpecOf(run.model.config, block, [this.pointed, read, told])?.name ?? null;
	});

	/** What stands in the ledger: the tap in focus, or what the reader has turned the figure to; null before there is one. */
	readonly here = $derived.by((): Here | null => {
		const { reading, focus, state } = this;
		if (!reading || focus === null) return null;
		const { config } = reading.run.model;
		const told = specOf(focus, config);
		const turned = this.pointed === null && isPlain(reading.run) ? this.#figure?.here?.(config, state, told) : null;
		return turned ?? told;
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

	/**
	 * Changes the figure's state, as the reader does with its controls.
	 * @param seen the state by which the figure itself wants the change: it gives way to what the reader has changed since
	 */
	change(part: Record<string, unknown>, seen?: Record<string, unknown>): void {
		const { state } = this;
		if (seen && Object.keys(state).some((key) => state[key] !== seen[key])) return;
		this.#change = { ...this.#change, ...part };
	}

	/** Goes to a stop of the rail within the figure, where that can. @returns whether it has */
	goTo(stop: string): boolean {
		const { reading, state } = this;
		const [run, figure] = [reading?.run, this.#figure];
		const change = run && isPlain(run) ? figure?.goTo?.(run.model.config, state, stop) : null;
		if (!run || !figure || !change || !isKept(run, figure, { ...state, ...change })) return false;
		this.change(change);
		return true;
	}

	/** Uses a recording until a run is there. */
	use(recording: Recording): void {
		this.#recording = recording;
	}

	/** Lets the model answer a prediction, in words and, where it is on show, in its figure. @throws PatchworkError */
	async reveal({ id, figure: name, attributes, reveal: asked }: Asked): Promise<Verdict> {
		const figure = figureNamed(name);
		const reveal = figure.reveals?.[asked];
		// The answer is of the run that the prediction's own figure shows.
		const state = this.#scene?.id === id ? this.state : figure.parse(attributes);
		const reading = this.#readingFor(figure, state);
		if (!reading || !reveal) throw new Error(`Nothing can answer '${asked}' of '${name}' yet.`);
		const { config } = reading.run.model;
		const instead = readOf(figure, state, config)?.instead ? reveal.instead : undefined;
		const verdict = instead
			? await answered(instead, reading)
			: await answered(reveal, has(config, ...(reveal.needs ?? [])) ? reading : (this.#recorded ?? reading));
		this.#answered = { ...this.#answered, [id]: this.readingOf({ figure: name, attributes }) ?? reading };
		if (verdict.shows && this.#scene?.id === id) this.change(verdict.shows);
		return verdict;
	}

	/** What any figure can draw of a run. */
	#runOf({ model, layers, result, picture, photo }: Shown): ModelRun {
		const { session } = this.#app;
		const { run, top, vector, seen } = result;
		return {
			model,
			recorded: false,
			windows: has(model.config, 'windows') ? (viewFamilyOf(model.config).inWindows?.(layers) ?? null) : null,
			top,
			vector,
			seen,
			picture,
			alt: photo.alt,
			sample: photo.sample,
			experiment: (edits, names = [], signal) => session.aside(run, { photo: null, edits, names, signal }),
			look: (other, names, signal) => session.aside(run, { photo: other, edits: [], names, signal })
		};
	}

	#tapsOf(shown: Shown): Taps {
		const { run } = shown.result;
		return new Taps((names) => this.#app.session.read(run, names), isUnread(shown) ? drawnBound() : Infinity);
	}
}

/** The answer of a run; where that is the recorded one, it says whose it is. */
async function answered(by: Answer<ModelRun>, { run, taps }: Reading): Promise<Verdict> {
	const verdict = await by.answer(run, await taps.load(by.taps(run.model.config)));
	if (!run.recorded) return verdict;
	const sentence = `Recorded run of ${titleOf(run.model)} on the sample photo: ${verdict.sentence}`;
	return { ...verdict, sentence };
}

export const lesson = new Lesson(app);
