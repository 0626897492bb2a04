import type { BackendReport } from '../engine/backends/names';
import type { Edit } from '../engine/edits/edit';
import type { TapData } from '../engine/tap';
import type { Gate } from '../base/gate';
import type { ModelSource } from '../models/source';
import type { RunParams } from '../worker/client';
import type { ExperimentResult, RunResult } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { Progress } from '../base/progress';

/** The part of the engine's client that a session uses. */
export interface Engine {
	start(): Promise<BackendReport>;
	load(
		source: ModelSource,
		options?: { signal?: AbortSignal; gate?: Gate; onProgress?: (progress: Progress) => void }
	): Promise<LoadedModel>;
	run(photo: ImageBitmap, options?: RunParams & { signal?: AbortSignal }): Promise<RunResult>;
	read(run: number, names: readonly string[]): Promise<TapData[]>;
	/** Runs the model on the side, on `photo` or (null) on what run `run` was of. */
	experiment(
		run: number,
		photo: ImageBitmap | null,
		edits: readonly Edit[],
		names: readonly string[],
		options?: { signal?: AbortSignal }
	): Promise<ExperimentResult>;
	onBackend(listener: (report: BackendReport) => void): () => void;
	/** Ends it, with its model and its runs. Questions that wait are rejected as `cancelled`. */
	dispose(): void;
}
