import type { BackendName, BackendReport, ProbeResult } from '../engine/backends/names';
import type { PixelSource } from '../engine/resample';
import type { Gate } from '../models/gate';
import type { FetchModelOptions, ModelFiles } from '../models/load';
import type { ModelSource } from '../models/source';
import { PatchworkError } from '../errors';
import { reasonOf, type StartBackend } from './backend-keeper';
import type { Progress, Requests } from './protocol';

/** What the host needs of the world, so that tests can give it another. */
export interface Surroundings {
	readonly startBackend: StartBackend;
	readonly probe: (name: BackendName, threads: number, best: number) => Promise<ProbeResult>;
	readonly fetchModel: (source: ModelSource, options: FetchModelOptions) => Promise<ModelFiles>;
	readonly pixelsOf: (photo: ImageBitmap) => PixelSource;
	/** Told when the backend changes without being asked. */
	readonly onBackend: (report: BackendReport) => void;
}

/** How a request may be cancelled or held up, and how it tells of its progress. */
export interface RequestContext {
	readonly signal: AbortSignal;
	readonly gate: Gate;
	readonly onProgress: (progress: Progress) => void;
}

/** How each kind of request is answered. */
export type Handlers = {
	[K in keyof Requests]: (params: Requests[K]['params'], context: RequestContext) => Promise<Requests[K]['result']>;
};

/** Measures a backend. @throws PatchworkError `backend` with what the backend says when it can't run */
export async function probeAsked(
	{ probe }: Surroundings,
	{ name, threads, best }: Requests['probe']['params']
): Promise<ProbeResult> {
	try {
		return await probe(name, threads, best);
	} catch (error) {
		throw new PatchworkError('backend', reasonOf(error), { cause: error });
	}
}
