import type { GradientStart } from '../engine/backward';
import type { Edit } from '../engine/edits/edit';
import type { ModelConfig } from '../engine/families';
import type { HeadsTask, TrainedHeads } from '../engine/head/softmax-heads';
import type { OwnHead } from '../models/head-tensors';
import type { HeadedFiles } from '../models/new-head';
import type { LoadedModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';
import type { BackendName, BackendReport, ProbeResult } from '../engine/backends/names';
import type { Part } from '../engine/part';
import type { TapData } from '../engine/tap';
import type { ErrorCode } from '../base/errors';
import type { Progress } from '../base/progress';
import type { ModelSource } from '../models/source';

export interface Prediction {
	readonly index: number;
	readonly label: string;
	/** What the model gives it, as its config's `scores` say: a share or probability in [0, 1], or any number. */
	readonly score: number;
}

/** What a model says of a picture. */
export interface ModelAnswer {
	/**
	 * The five likeliest classes, likeliest first, or the first five numbers of a regression, in the model's order; empty for
	 * a model without a head.
	 */
	readonly top: readonly Prediction[];
	/** What stands for the picture, one number a feature, of a model without a head; null of one with a head. */
	readonly vector: Float32Array | null;
}

/** The pixels that a model saw, RGBA, before normalisation: `width * height * 4` bytes. */
export interface SeenPixels {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A photo as the model sees it. Runs of one input share it. */
export interface RunInput {
	/** (1, channels, height, width), normalised, row-major. */
	readonly pixelValues: Float32Array;
	/** Height and width, in pixels. */
	readonly imageSize: ModelConfig['imageSize'];
	readonly crop: Crop;
	readonly seen: SeenPixels;
}

/** What one forward pass gave. The taps stay in the worker until the run is forgotten. */
export interface RunResult extends ModelAnswer {
	/** The run's id, by which it is read, started from and forgotten. */
	readonly run: number;
	/** The model that ran, at the size that it ran at: what its taps are called and shaped like. */
	readonly model: LoadedModel;
	/** What it did otherwise than the model; nothing where this is empty. */
	readonly edits: readonly Edit[];
	/** The region of the photo that the model saw. */
	readonly crop: Crop;
	readonly seen: SeenPixels;
	/** Milliseconds from the pixels to the answer. */
	readonly milliseconds: number;
}

/** A run's result as it leaves the worker. */
export interface RunAnswer extends RunResult {
	/** What the model got, see `RunInput`: so the run can be made again elsewhere. Null where that is what another run got. */
	readonly pixelValues: Float32Array | null;
}

/** A run of a worker that is gone, by all that it was made from. */
export interface GoneRun {
	readonly id: number;
	/** Runs that saw the same have the same one, in one message. */
	readonly input: RunInput;
	readonly model: LoadedModel;
	readonly edits: readonly Edit[];
	readonly names: readonly string[] | null;
	readonly of: number | null;
}

/** A run on a photo, by the model that is loaded. */
export interface PhotoInput {
	readonly photo: ImageBitmap;
	/** The region to look at; null for the centre, as in training. */
	readonly crop: Crop | null;
	/** Height and width of the model's input, in pixels; null for that of `like`, or else the model's own. */
	readonly imageSize: ModelConfig['imageSize'] | null;
	/** A run whose model this must be run by. */
	readonly like?: number | null;
	/** The id of the site's sample that the photo is; null, or left out, for any other. */
	readonly sample?: string | null;
}

/** A run on what an earlier one saw, by the model of that one, whatever its edits were. */
export interface SameInput {
	readonly of: number;
}

/** What a run does otherwise, and what is kept of it. */
export interface RunChanges {
	/** The runs that they name by number are those of the engine, see `Edit`. */
	readonly edits?: readonly Edit[];
	/** The taps that are wanted of it: nothing else can be read later. Null for all. */
	readonly names?: readonly string[] | null;
}

/** What is read of a run. */
export interface ReadParams {
	readonly run: number;
	readonly names: readonly string[];
	/** What is read of each, where that is a pattern of one sequence; null for all of it. */
	readonly part?: Part | null;
}

/** What is followed back through a run, and to which taps, see `engine/backward.ts`. */
export type GradientParams = GradientStart & { readonly names: readonly string[] };

/** Every question the page can ask the engine, with its answer. */
export interface Requests {
	/** Pick and start a backend. Idempotent; `load` and `run` wait for it. Runs are counted on from `last`; from 0 without it. */
	start: { params: { force: BackendName | null; threads?: number | undefined; last?: number }; result: BackendReport };
	/** Start one backend and measure it. Asked of an engine that does nothing else. */
	probe: { params: { name: BackendName; threads: number; best: number }; result: ProbeResult };
	/** Move to the backend that the probe found faster. */
	use: { params: { report: BackendReport }; result: BackendReport };
	load: { params: { source: ModelSource }; result: LoadedModel };
	/** Run the model. What it kept can be read until the run is forgotten, or others need its place. */
	run: { params: (PhotoInput | SameInput) & RunChanges; result: RunAnswer };
	/** Take over the runs that the loaded model made in a worker that is gone: each is made again once it is read. */
	restore: { params: { runs: readonly GoneRun[] }; result: null };
	/** The values of some taps of run `run`, or of parameters (`parameters.…`) of its model, in the order of `names`. */
	read: { params: ReadParams; result: TapData[] };
	/**
	 * The gradients of one number of run `run`, a logit or the sum over a token's features at a tap, with respect to some of its taps, in the order of `names`, each shaped as its
	 * tap. Progress counts blocks.
	 */
	gradients: { params: GradientParams & { readonly run: number }; result: TapData[] };
	/** Train softmax layers on numbers that the page has read of runs, see `engine/head/`. Progress counts steps. */
	trainHeads: { params: HeadsTask; result: TrainedHeads };
	/** The files of the model of run `run` with another head. */
	withHead: { params: { readonly run: number; readonly head: OwnHead }; result: HeadedFiles };
	/** Give back what runs kept. One that is gone already is no mistake. */
	forget: { params: { runs: readonly number[] }; result: null };
	memory: { params: Record<never, never>; result: { numTensors: number; numBytes: number } };
	/** For tests: lose the GPU as a driver crash would. */
	loseGpu: { params: Record<never, never>; result: null };
}

export type RequestKind = keyof Requests;

/** Page to worker. */
export type ToWorker =
	| { [K in RequestKind]: { id: number; kind: K; params: Requests[K]['params'] } }[RequestKind]
	| { kind: 'cancel'; id: number }
	| { kind: 'pause'; id: number }
	| { kind: 'resume'; id: number };

/** From the head of a page: the model with which a visit begins is wanted soon. */
export interface FromHead {
	readonly kind: 'ahead';
	/** URL of the site's root. */
	readonly site: string;
	/** The id of the sample that it is to run on first; the site's first is taken where there is none of that id. Null where none is to be. */
	readonly sample: string | null;
	/** Where that sample lies, relative to the site's root; null where only the site's list knows. */
	readonly photo: string | null;
}

/** Worker to page. */
export type FromWorker =
	| { kind: 'result'; id: number; result: Requests[RequestKind]['result'] }
	| { kind: 'error'; id: number; error: { code: ErrorCode; message: string } }
	| { kind: 'progress'; id: number; progress: Progress }
	/** The backend changed without being asked, because the GPU was lost. */
	| { kind: 'backend'; report: BackendReport };
