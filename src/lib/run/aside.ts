import { cancelled } from '../base/errors';
import type { Edit } from '../engine/edits/edit';
import type { TapData } from '../engine/tap';
import type { LoadedModel } from '../models/loaded-model';
import type { ModelAnswer } from '../worker/protocol';
import type { Engine } from './engine';

/** What a run aside gave: the model's answer, and the taps that were asked for, in that order. */
export interface AsideResult extends ModelAnswer {
	readonly taps: readonly TapData[];
}

/** What is run aside, and what is read of it. */
export interface Aside {
	/** What run `run` saw is run once more; with null. Or another photo, seen in its centre, by the same model; it stays the caller's. */
	readonly photo: ImageBitmap | null;
	readonly edits: readonly Edit[];
	readonly names: readonly string[];
	readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the model of run `run` aside: reads what is wanted of it, and lets the engine forget it.
 * @throws PatchworkError `request` where `run` or its model is gone, for an edit that does not fit and for a tap that is
 * not there; `cancelled` when `signal` says so
 */
export async function runAside(
	engine: Engine,
	run: number,
	{ photo, edits, names, signal }: Aside
): Promise<AsideResult & { readonly model: LoadedModel }> {
	const options = { edits, names, ...(signal && { signal }) };
	const asked = photo ? engine.run(photo, { ...options, like: run }) : engine.run({ of: run }, options);
	const { run: id, model, top, vector } = await asked;
	try {
		if (signal?.aborted) throw cancelled();
		return { model, top, vector, taps: await engine.read(id, names) };
	} finally {
		void engine.forget([id]);
	}
}
