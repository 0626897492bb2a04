import type { BackendName } from '../engine/backends/names';
import { anatomyOf } from '../engine/families';
import { blockOf } from '../engine/lean';
import type { Model, RunOptions } from '../engine/model';
import type { TapData } from '../engine/tap';
import type { Trace } from '../engine/trace';
import { cancelled, PatchworkError } from '../base/errors';
import { answerTap } from './answer';
import { BackendFailed, isGpu, type BackendKeeper } from './backend-keeper';
import { breathe } from './breathe';
import type { GradientParams } from './protocol';
import type { RequestContext } from './surroundings';

/** A run whose answer is known to be numbers. */
export interface CheckedRun {
	/** The caller's to dispose. */
	readonly trace: Trace;
	/** The values of the model's `answerTap`. */
	readonly answer: TapData;
}

/**
 * Runs the model, and makes sure that the backend answered and that its answer is numbers. Nothing is left behind
 * where it fails or is cancelled.
 * @throws PatchworkError `cancelled`, or `checkpoint` when the weights are damaged; BackendFailed when a GPU is to blame
 */
export async function runChecked(
	model: Model,
	backend: BackendKeeper,
	pixelValues: Float32Array,
	{
		signal,
		...options
	}: Pick<RunOptions, 'taps' | 'memory' | 'edits' | 'runs' | 'untouched'> & { signal?: AbortSignal | undefined } = {}
): Promise<CheckedRun> {
	const trace = await model.run(pixelValues, { ...options, pause: () => comeUp(backend, signal) });
	try {
		const answer = await backend.untilLost(trace.read(answerTap(model.config)));
		if (!answer.data.every(Number.isFinite)) throw notFinite(backend.current.name);
		return { trace, answer };
	} catch (error) {
		trace.dispose();
		throw error;
	}
}

/**
 * The gradients of a run's logit, which are known to be numbers. Nothing is left behind on the backend.
 * @param trace of a run of this model; stays the caller's
 * @throws PatchworkError as {@link runChecked} and `Model.gradients` do; BackendFailed when a GPU is to blame
 */
export async function gradientsChecked(
	model: Model,
	backend: BackendKeeper,
	trace: Trace,
	{ signal, onProgress, ...asked }: GradientParams & Pick<RequestContext, 'signal' | 'onProgress'>
): Promise<TapData[]> {
	const total = anatomyOf(model.config).blocks.length;
	const pause = async (loaded: number) => {
		onProgress({ loaded, total });
		await comeUp(backend, signal);
	};
	const gradients = await model.gradients(trace, { ...asked, pause });
	try {
		const taps = await backend.untilLost(Promise.all(asked.names.map((name) => gradients.read(name))));
		if (taps.every(({ data }) => data.every(Number.isFinite))) return taps;
		throw notFinite(backend.current.name);
	} finally {
		gradients.dispose();
	}
}

/** How many blocks are computed again before some taps of a run are there. */
export function blocksToMake(trace: Trace, names: readonly string[]): number {
	const made = names.filter((name) => trace.specOf(name) && !trace.has(name));
	return new Set(made.map(blockOf)).size;
}

/** What a read awaits before it computes a block again: tells of it, and comes up. @param total blocks */
export function pausedBetween(
	backend: BackendKeeper,
	total: number,
	{ signal, onProgress }: Pick<RequestContext, 'signal' | 'onProgress'>
): () => Promise<void> {
	let loaded = 0;
	return async () => {
		onProgress({ loaded: loaded++, total });
		await comeUp(backend, signal);
	};
}

/** Between two blocks: lets messages in, and notices when it was told to stop or the backend has gone. */
export async function comeUp(backend: BackendKeeper, signal: AbortSignal | undefined): Promise<void> {
	await breathe();
	if (signal?.aborted) throw cancelled();
	backend.assertThere();
}

/** A GPU may be at fault for such numbers; WebAssembly and JavaScript are not. */
function notFinite(name: BackendName): Error {
	if (isGpu(name)) return new BackendFailed('it gave numbers that are not finite');
	const sentence = 'The model gave numbers that are not finite, so its weights must be damaged. Choose another model.';
	return new PatchworkError('checkpoint', sentence);
}
