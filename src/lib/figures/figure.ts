import type { Component } from 'svelte';
import type { Edit } from '../engine/edits/edit';
import type { ModelConfig } from '../engine/families';
import type { Capability } from '../engine/family';
import type { TapData, TapSpec } from '../engine/tap';
import type { SwinConfig } from '../engine/swin/config';
import type { ViTConfig } from '../engine/vit/config';
import type { AsideResult } from '../run/aside';
import type { Picture } from '../run/shown';
import type { ShownWindows } from '../views/windows/patterns';
import type { ModelAnswer } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';

/** The values of a tap, or of a parameter (`parameters.…`), of the run that is shown. Throws for one not declared. */
export type Tap = (name: string) => TapData;

/** One run of a model on a photo, whichever the model is. */
export interface ModelRun<C extends ModelConfig = ModelConfig> extends ModelAnswer {
	readonly model: LoadedModel<C>;
	/** Whether this is the recording that stands in while the reader's own model is loading, or where it cannot be drawn. */
	readonly recorded: boolean;
	/** The names of the taps and parameters that can be read, where those are not all: those of a recording. */
	readonly kept?: ReadonlySet<string>;
	/** The attention of each block in its windows, through all stages, where that is how the model attends. */
	readonly windows?: readonly ShownWindows[] | null;
	/** The pixels that the model saw, RGBA, before normalisation. */
	readonly seen: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };
	/** The part of the photo that the model saw, for the eye: sharper than `seen`. */
	readonly picture: Picture;
	/** What the photo shows, for those who cannot see it. */
	readonly alt: string;
	/** The sample that the photo is, by its id; null for one of the reader's own. */
	readonly sample: string | null;
	/**
	 * Runs the model once more on the same photo with something changed; the run that is shown stays.
	 * @throws PatchworkError `request` while only a recording is shown, `cancelled` when the photo or model has changed
	 */
	experiment(edits: readonly Edit[], names?: readonly string[], signal?: AbortSignal): Promise<AsideResult>;
	/**
	 * Runs the model on another photo and gives its taps.
	 * @throws as {@link experiment} does
	 */
	look(photo: ImageBitmap, names: readonly string[], signal?: AbortSignal): Promise<AsideResult>;
}

/** One run of a model that has what the plain ViT of the text has, see `PLAIN`: what most figures are drawn from. */
export interface FigureRun extends ModelRun<ViTConfig> {
	readonly windows?: null;
}

/** One run of a model that attends in windows. */
export interface WindowsRun extends ModelRun<SwinConfig> {
	readonly windows: readonly ShownWindows[];
}

/** What the live model says to a prediction that the reader was asked for. */
export interface Verdict {
	/** The choice that is right, counted from 0 in the order of the prose; null where this run has no answer. */
	readonly choice: number | null;
	/** One or two sentences with the numbers of this very run, or why there is no answer. */
	readonly sentence: string;
	/** The part of the figure's state that shows the answer, where the figure can. */
	readonly shows?: Readonly<Record<string, unknown>>;
}

/** An answer to a prediction, by the run on the reader's photo, never by a key written beforehand. */
export interface Answer<Run extends ModelRun = FigureRun> {
	/** The taps that {@link answer} reads. */
	taps(config: Run['model']['config']): readonly string[];
	answer(run: Run, tap: Tap): Verdict | Promise<Verdict>;
}

/** How a prediction is answered: by the run that the figure is drawn from. */
export interface Reveal<Run extends ModelRun = FigureRun> extends Answer<Run> {
	/** What a model needs for it beyond what the figure needs of it; where it lacks that, the recorded run answers. */
	readonly needs?: readonly Capability[];
	/** The answer while the figure is drawn {@link Figure.instead}. */
	readonly instead?: Answer<WindowsRun>;
}

/** Attributes of a step in the prose: `::: step{figure=patches size=16}`, all text. */
export type Attributes = Readonly<Record<string, string>>;

/** A way of drawing a figure. `C` is what `needs` makes sure that the config is. */
export interface Way<S extends object = Record<string, unknown>, C extends ModelConfig = ModelConfig> {
	/**
	 * What a model must have to be drawn in a state. Where the one in use lacks any of it, the recorded run is, with a
	 * sentence that says what is missing. Null where the state asks for another way.
	 */
	needs(state: S): readonly Capability[] | null;
	/**
	 * The taps that the figure reads in a state. Sizes come from the config: never assume any. Where the step's own is not
	 * among them, the last is in focus.
	 */
	taps(config: C, state: S): readonly string[];
}

/** What stands in the ledger: a tensor, and under what condition it is that. */
export interface Here extends TapSpec {
	/** Where it is no tensor of this run: what it would be a tensor of, as `if cut at 32 px`. */
	readonly note?: string;
}

/** A figure's pure part: what it can show, and what it needs for that. `S` is its state; plain data. */
export interface Figure<S extends object = Record<string, unknown>, C extends ModelConfig = ViTConfig> extends Omit<
	Way<S, C>,
	'needs'
> {
	/** The folder's name. */
	readonly name: string;
	/** The figure's title, for the frame and for those who cannot see it. */
	readonly title: string;
	/** The state that a step's attributes ask for. @throws Error that names what is unknown; that fails the build. */
	parse(attributes: Attributes): S;
	/** See {@link Way.needs}; what the plain ViT of the text has (`PLAIN`), where this is left out. */
	needs?(state: S): readonly Capability[];
	/**
	 * What the reader has turned a figure to, where that is something else than the step's own tap; null where it is that.
	 * @param told the step's tap in this model
	 */
	here?(config: C, state: S, told: TapSpec | null): Here | null;
	/**
	 * What a stop of the rail leads to within the figure, as a change of its state; null where it leads to its chapter.
	 * @param stop its id, as `block-3`
	 */
	goTo?(config: C, state: S, stop: string): Partial<S> | null;
	/** What a recording has for it besides the taps of its steps: what a reader comes to from a step's state. */
	ahead?(config: C, state: S): readonly string[];
	/** Whether a step in this state has the reader make a guess, which takes time besides the reading; no, where left out. */
	guesses?(state: S): boolean;
	/** How it is drawn from a model that has something else in place of that, which is then asked for first. */
	readonly instead?: Way<S>;
	/** By name: how the predictions of chapters with this figure are answered. */
	readonly reveals?: Readonly<Record<string, Reveal<ModelRun<C>>>>;
}

/** Any figure: that its state and the model are what it takes them for, `parse` and `needs` make sure. */
export type AnyFigure = Figure<Record<string, unknown>, ModelConfig>;

/** What a `Figure.svelte` is given. Everything belongs together: the state, and the taps that it asked for. */
export interface FigureProps<S extends object = Record<string, unknown>, Run extends ModelRun = FigureRun> {
	run: Run;
	state: S;
	tap: Tap;
	/**
	 * Changes the state. The figure is drawn anew when the taps for it are there, which may take a moment. What the figure
	 * wants by itself, and not the reader, comes with the state that it has `seen`: it gives way to a change since.
	 */
	set: (change: Partial<S>, seen?: S) => void;
	/** The tap that the reader points at in the prose or its code, as the prose names it; null for none. */
	pointed?: string | null;
	/** The reader's own run, which is this one unless this is the recorded one; null while there is none. */
	own?: ModelRun | null;
}

export type FigureComponent = Component<FigureProps<Record<string, unknown>, ModelRun>>;
