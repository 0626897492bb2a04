import { MOST_STEPS, trainHeads, type HeadsTask, type TrainedHeads } from '../engine/head/softmax-heads';
import { cancelled, PatchworkError } from '../base/errors';
import { BackendFailed, isGpu, type BackendKeeper } from './backend-keeper';
import { comeUp } from './forward';
import type { RequestContext } from './surroundings';

/**
 * Trains softmax layers, and makes sure that what was learned is numbers. Nothing is left behind on the backend.
 * @throws PatchworkError `cancelled`, or `request` for features that nothing can be learned from; BackendFailed when a GPU
 * is to blame
 */
export async function headsChecked(
	task: HeadsTask,
	backend: BackendKeeper,
	{ signal, onProgress }: Pick<RequestContext, 'signal' | 'onProgress'>
): Promise<TrainedHeads> {
	if (signal.aborted) throw cancelled();
	const heads = await backend.untilLost(
		trainHeads(task, async (loaded) => {
			onProgress({ loaded, total: MOST_STEPS });
			await comeUp(backend, signal);
		})
	);
	if ([heads.weight, heads.bias, heads.probabilities].every((values) => values.every(Number.isFinite))) return heads;
	if (isGpu(backend.current.name)) throw new BackendFailed('it gave numbers that are not finite');
	throw new PatchworkError(
		'request',
		'The model’s numbers for these photos are too large to learn from. Choose another model.'
	);
}
