import { cosine } from '../analysis/cosine';
import { pictureVector } from '../analysis/picture-vector';
import { scoresOfLogits } from '../analysis/logit-lens';
import type { Edit } from '../engine/edits/edit';
import type { ModelConfig } from '../engine/families';
import { Lane } from '../base/lane.svelte';
import { runAside } from '../run/aside';
import type { Engine } from '../run/engine';
import type { Shown } from '../run/shown';
import type { PhotoRuns } from '../tools/photo-runs';
import { answerTap } from '../worker/answer';
import type { TapData } from '../engine/tap';
import type { Sweep } from './sweeps';

/** What a sweep found, for one class of one run. */
export interface Effects {
	readonly sweep: Sweep;
	readonly base: Shown;
	/** The class, from 0; null of a model without classes. */
	readonly index: number | null;
	/** By how much the logit of the class falls, one a place; without classes, 1 less the cosine of what stands for the photo. NaN where nothing was done. */
	readonly drops: Float32Array;
	/** What the class gets then, as the model's `scores` say, and what it gets untouched; null without classes. */
	readonly scores: Float32Array | null;
	readonly before: number | null;
}

const FAILED = {
	code: 'backend',
	sentence: 'The sweep could not be carried out; what it found until then is gone. Please start it again.'
} as const;

/** The tap that effects are measured by: the logits, or what stands for the photo. */
const measuredTap = (config: ModelConfig) => (config.scores === 'vector' ? answerTap(config) : 'logits');

/** Runs a change at every place, one after the other, and measures what each does to the answer. */
export class Sweeping {
	readonly #engine: Engine;
	readonly #runs: PhotoRuns;
	readonly lane = new Lane();
	#effects = $state.raw<Effects | null>(null);

	constructor(engine: Engine, runs: PhotoRuns) {
		this.#engine = engine;
		this.#runs = runs;
	}

	/** What the last finished sweep found. */
	get effects(): Effects | null {
		return this.#effects;
	}

	/** @param index the class whose logit is measured; null of a model without classes */
	async start(sweep: Sweep, base: Shown, index: number | null): Promise<void> {
		const found = await this.lane.attempt(sweep.title, FAILED, async (signal, report) => {
			const { config } = base.model;
			const total = sweep.edits.filter((edit) => edit !== null).length;
			const before = await this.#engine.read(base.result.run, [measuredTap(config)]);
			const measure = measureOf(before[0], config, index);
			const drops = new Float32Array(sweep.edits.length).fill(NaN);
			const scores = drops.slice();
			let done = 0;
			for (const [place, edit] of sweep.edits.entries()) {
				if (!edit) continue;
				report({ loaded: done, total });
				const found = measure(await this.#read(edit, base, signal));
				[drops[place], scores[place]] = [found.drop, found.score];
				done++;
			}
			const isVector = config.scores === 'vector' || index === null;
			const untouched = isVector ? null : (scoresOfLogits(before[0]?.data ?? [], config.scores)[index] ?? null);
			return { sweep, base, index, drops, scores: config.scores === 'vector' ? null : scores, before: untouched };
		});
		if (found) this.#effects = found;
	}

	/** What the model says after one edit. */
	async #read(edit: Edit, base: Shown, signal: AbortSignal): Promise<TapData> {
		const names = [measuredTap(base.model.config)];
		const edits = await this.#runs.resolve([edit], base, signal);
		const { taps } = await runAside(this.#engine, base.result.run, { photo: null, edits, names, signal });
		const [tap] = taps;
		if (!tap) throw new Error('The engine answered without the tap that was asked for.');
		return tap;
	}

	/** Forgets what was found. */
	clear(): void {
		this.lane.cancel();
		this.#effects = null;
	}

	stop(): void {
		this.clear();
		this.#engine.dispose();
	}
}

function measureOf(before: TapData | undefined, config: ModelConfig, index: number | null) {
	if (!before) throw new Error('The engine answered without the tap that was asked for.');
	if (config.scores === 'vector' || index === null) {
		const own = pictureVector(before, config);
		return (after: TapData) => ({ drop: 1 - cosine(own, pictureVector(after, config)), score: NaN });
	}
	return ({ data }: TapData) => ({
		drop: (before.data[index] ?? NaN) - (data[index] ?? NaN),
		score: scoresOfLogits(data, config.scores)[index] ?? NaN
	});
}
