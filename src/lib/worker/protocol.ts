import type { Edit } from '../engine/edits/edit';
import type { ModelConfig } from '../engine/families';
import type { LoadedModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';
import type { BackendName, BackendReport, ProbeResult } from '../engine/backends/names';
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

/** What one forward pass gave. The taps stay in the worker until somebody reads them. */
export interface RunResult extends ModelAnswer {
	/** Counts the runs of this engine; a read for an older run is refused. */
	readonly run: number;
	/** The model that ran, at the size that it ran at: what its taps are called and shaped like. */
	readonly model: LoadedModel;
	/** The region of the photo that the model saw. */
	readonly crop: Crop;
	/** The pixels that the model saw, RGBA, before normalisation: `width * height * 4` bytes. */
	readonly seen: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };
	/** Milliseconds from the pixels to the answer. */
	readonly milliseconds: number;
}

/** What a run on the side gave, with something changed or on another photo. Nothing of it stays in the worker. */
export interface ExperimentResult extends ModelAnswer {
	readonly model: LoadedModel;
	/** The taps that were asked for, in that order. */
	readonly taps: TapData[];
}

/** Every question the page can ask the engine, with its answer. */
export interface Requests {
	/** Pick and start a backend. Idempotent; `load` and `run` wait for it. */
	start: { params: { force: BackendName | null }; result: BackendReport };
	/** Start one backend and measure it. Asked of an engine that does nothing else. */
	probe: { params: { name: BackendName; threads: number; best: number }; result: ProbeResult };
	/** Move to the backend that the probe found faster. */
	use: { params: { report: BackendReport }; result: BackendReport };
	load: { params: { source: ModelSource }; result: LoadedModel };
	/** `imageSize`: height and width of the model's input, in pixels; null for its own. */
	run: {
		params: { photo: ImageBitmap; crop: Crop | null; imageSize: ModelConfig['imageSize'] | null };
		result: RunResult;
	};
	/** The values of some taps of run `run`, or of parameters (`parameters.…`) of its model, in the order of `names`. */
	read: { params: { run: number; names: readonly string[] }; result: TapData[] };
	/** Run the model of run `run` on the side; `photo` null stands for the input of that run. */
	experiment: {
		params: { run: number; photo: ImageBitmap | null; edits: readonly Edit[]; names: readonly string[] };
		result: ExperimentResult;
	};
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

/** Worker to page. */
export type FromWorker =
	| { kind: 'result'; id: number; result: Requests[RequestKind]['result'] }
	| { kind: 'error'; id: number; error: { code: ErrorCode; message: string } }
	| { kind: 'progress'; id: number; progress: Progress }
	/** The backend changed without being asked, because the GPU was lost. */
	| { kind: 'backend'; report: BackendReport };
