import type { Component } from 'svelte';
import type { Edit } from '../engine/edits/edit';
import type { ViTConfig } from '../engine/vit/config';
import type { TapData } from '../engine/tap';
import type { SwinConfig } from '../engine/swin/config';
import type { AsideResult } from '../run/aside';
import type { Picture } from '../run/shown';
import type { ShownWindows } from '../views/windows/patterns';
import type { ModelAnswer } from '../worker/protocol';
import type { LoadedModel, ViTModel } from '../models/loaded-model';

/** The values of a tap, or of a parameter (`parameters.…`), of the run that is shown. Throws for one not declared. */
export type Tap = (name: string) => TapData;

/** One run of a model on a photo: what every figure can draw, whichever the model is. */
export interface ModelRun<Model extends LoadedModel = LoadedModel> extends ModelAnswer {
	readonly model: Model;
	/** The pixels that the model saw, RGBA, before normalisation. */
	readonly seen: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };
	/** The part of the photo that the model saw, for the eye: sharper than `seen`. */
	readonly picture: Picture;
	/** What the photo shows, for those who cannot see it. */
	readonly alt: string;
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

/** One run of a plain ViT, as a figure sees it. */
export interface FigureRun extends ModelRun<ViTModel> {
	/** Whether this is the recording that stands in while the reader's own model is loading. */
	readonly recorded: boolean;
	/** The reader's own run, where the model in use is a Swin: what is shown beside it is the recording. */
	readonly swin?: SwinRun | null;
}

/** One run of a Swin on the reader's photo. */
export interface SwinRun extends ModelRun<LoadedModel<SwinConfig>> {
	/** One a block, through all stages. */
	readonly blocks: readonly ShownWindows[];
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

/** How a prediction is answered: by the run on the reader's photo, never by a key written beforehand. */
export interface Reveal {
	/** The taps that {@link answer} reads. */
	taps(config: ViTConfig): readonly string[];
	answer(run: FigureRun, tap: Tap): Verdict | Promise<Verdict>;
	/** How a Swin in use answers, if the question has an answer for one; else the run that stands in for it does. */
	readonly swin?: SwinReveal;
}

/** As {@link Reveal}, of a Swin. */
export interface SwinReveal {
	taps(config: SwinConfig): readonly string[];
	answer(run: SwinRun, tap: Tap): Verdict | Promise<Verdict>;
}

/** Attributes of a step in the prose: `::: step{figure=patches size=16}`, all text. */
export type Attributes = Readonly<Record<string, string>>;

/** A figure's pure part: what it can show, and what it needs for that. `S` is its state; plain data. */
export interface Figure<S extends object = Record<string, unknown>> {
	/** The folder's name. */
	readonly name: string;
	/** The figure's title, for the frame and for those who cannot see it. */
	readonly title: string;
	/** The state that a step's attributes ask for. @throws Error that names what is unknown; that fails the build. */
	parse(attributes: Attributes): S;
	/** The taps that the figure reads in a state. Sizes come from the config: never assume any. */
	taps(config: ViTConfig, state: S): readonly string[];
	/** Whether the figure is about the CLS token in a state: then it is drawn from the recorded run where a ViT has none. */
	needsCls?(state: S): boolean;
	/**
	 * The taps that the figure reads of a Swin in use; where the step's own is not among them, the last is in focus. Null in
	 * a state in which the figure is drawn from the run that stands in for one, as it always is where this is left out.
	 */
	swinTaps?(config: SwinConfig, state: S): readonly string[] | null;
	/** By name: how the predictions of chapters with this figure are answered. */
	readonly reveals?: Readonly<Record<string, Reveal>>;
}

/** What a `Figure.svelte` is given. Everything belongs together: the state, and the taps that it asked for. */
export interface FigureProps<S extends object = Record<string, unknown>, Run extends ModelRun = FigureRun> {
	run: Run;
	state: S;
	tap: Tap;
	/** Changes the state. The figure is drawn anew when the taps for it are there, which may take a moment. */
	set: (change: Partial<S>) => void;
	/** The tap that the reader points at in the prose or its code, as the prose names it; null for none. */
	pointed?: string | null;
}

export type FigureComponent = Component<FigureProps>;
