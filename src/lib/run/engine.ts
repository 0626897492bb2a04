import type { BackendReport } from '../engine/backends/names';
import type { MapPlace } from '../engine/gradients';
import type { HeadsTask, TrainedHeads } from '../engine/head/softmax-heads';
import type { Part } from '../engine/part';
import type { TapData } from '../engine/tap';
import type { Gate } from '../base/gate';
import type { OwnHead } from '../models/head-tensors';
import type { HeadedFiles } from '../models/new-head';
import type { ModelSource } from '../models/source';
import type { RunParams } from '../worker/client';
import type { RunResult, SameInput } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { Progress } from '../base/progress';

/** The part of the engine's client that a session uses. */
export interface Engine {
	start(): Promise<BackendReport>;
	load(
		source: ModelSource,
		options?: { signal?: AbortSignal; gate?: Gate; onProgress?: (progress: Progress) => void }
	): Promise<LoadedModel>;
	/** Runs the model on a photo, or once more on what an earlier run saw. What it keeps stays until it is forgotten. */
	run(on: ImageBitmap | SameInput, options?: RunParams & { signal?: AbortSignal }): Promise<RunResult>;
	/**
	 * The values of taps, or a part of each pattern. What a large run did not keep is computed again meanwhile; progress
	 * counts blocks.
	 */
	read(
		run: number,
		names: readonly string[],
		options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void; part?: Part | null }
	): Promise<TapData[]>;
	/**
	 * The gradients of a class's logit, or of the sum over the features at a place of a map, with respect to some taps of a
	 * run, in the order of `names`, each shaped as its tap.
	 * The run must have kept all taps. Progress counts blocks.
	 */
	gradients(
		run: number,
		of: number | MapPlace,
		names: readonly string[],
		options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void }
	): Promise<TapData[]>;
	/** Trains softmax layers, see `engine/head/softmax-heads.ts`. Progress counts steps. */
	trainHeads(
		task: HeadsTask,
		options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void }
	): Promise<TrainedHeads>;
	/** The files of a run's model with another head. @throws PatchworkError `request` where it has no place for one */
	withHead(run: number, head: OwnHead): Promise<HeadedFiles>;
	/** Lets go of runs; one that is gone already is no mistake. Never rejects. */
	forget(runs: readonly number[]): Promise<void>;
	onBackend(listener: (report: BackendReport) => void): () => void;
	/** Comes when nobody has waited for an answer for a while, and the page has nothing to draw. */
	atRest(): Promise<void>;
	/** Ends it, with its model and its runs. Questions that wait are rejected as `cancelled`. */
	dispose(): void;
}
