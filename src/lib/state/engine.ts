import type { BackendReport } from '../engine/backends/names';
import type { TapData } from '../engine/taps';
import type { ModelSource } from '../models/source';
import type { Crop, LoadedModel, Progress, RunResult } from '../worker/protocol';

/** The part of the engine's client that a session uses. */
export interface Engine {
	start(): Promise<BackendReport>;
	load(
		source: ModelSource,
		options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void }
	): Promise<LoadedModel>;
	run(photo: ImageBitmap, options?: { crop?: Crop | null; signal?: AbortSignal }): Promise<RunResult>;
	read(run: number, names: readonly string[]): Promise<TapData[]>;
	onBackend(listener: (report: BackendReport) => void): () => void;
}
