import type { BackendName, BackendReport, ProbeResult } from '../engine/backends/names';
import type { PixelSource } from '../engine/pixel-source';
import type { Gate } from '../base/gate';
import type { First } from '../models/first';
import type { FetchModelOptions, ModelFiles } from '../models/model-files';
import type { ModelSource } from '../models/source';
import type { FirstPhoto } from '../photo/first';
import type { StartBackend } from './backend-keeper';
import type { Requests } from './protocol';
import type { Progress } from '../base/progress';

/** What the host needs of the world, so that tests can give it another. */
export interface Surroundings {
	readonly startBackend: StartBackend;
	readonly probe: (name: BackendName, threads: number, best: number) => Promise<ProbeResult>;
	readonly fetchModel: (source: ModelSource, options: FetchModelOptions) => Promise<ModelFiles>;
	/** The model with which a visit to the site begins, with its files on their way: see `models/first.ts`. */
	readonly firstModel: () => Promise<First | null> | null;
	/** The sample with which the visit begins, see `photo/first.ts`. */
	readonly firstPhoto: () => Promise<FirstPhoto | null> | null;
	readonly pixelsOf: (photo: ImageBitmap) => Promise<PixelSource>;
	/** Told when the backend changes without being asked. */
	readonly onBackend: (report: BackendReport) => void;
}

/** How a request may be cancelled or held up, and how it tells of its progress. */
export interface RequestContext {
	readonly signal: AbortSignal;
	readonly gate: Gate;
	readonly onProgress: (progress: Progress) => void;
}

/** What answers each question that a page can ask. */
export type Handlers = {
	[K in keyof Requests]: (params: Requests[K]['params'], context: RequestContext) => Promise<Requests[K]['result']>;
};
