import type { BackendReport } from '../engine/backends/names';
import type { TapData } from '../engine/tap';
import { PatchworkError } from '../base/errors';
import type { LoadedModel } from '../models/loaded-model';
import type { RunResult } from '../worker/protocol';
import type { Engine } from './engine';

/**
 * An engine that belongs to somebody else: its runs are of the model that the owner has loaded, and are forgotten when
 * this ends. So two sessions show two runs of one engine.
 */
export class GuestEngine implements Engine {
	readonly #engineOf: () => Engine;
	readonly #model: () => LoadedModel | null;
	/** The runs that were made here and are not forgotten. */
	readonly #runs = new Set<number>();

	/** @param engine asked for at each use, for the owner may start it later @param model the one that the owner has loaded */
	constructor(engine: () => Engine, model: () => LoadedModel | null) {
		this.#engineOf = engine;
		this.#model = model;
	}

	get #engine(): Engine {
		return this.#engineOf();
	}

	start(): Promise<BackendReport> {
		return this.#engine.start();
	}

	/** Gives the owner's model. @throws PatchworkError `request` for another one */
	async load({ id }: { readonly id: string }): Promise<LoadedModel> {
		const model = this.#model();
		if (model?.id === id) return model;
		throw new PatchworkError('request', 'The model here is that of the panel beside it. Choose another one there.');
	}

	async run(...asked: Parameters<Engine['run']>): Promise<RunResult> {
		const result = await this.#engine.run(...asked);
		this.#runs.add(result.run);
		return result;
	}

	read(...asked: Parameters<Engine['read']>): Promise<TapData[]> {
		return this.#engine.read(...asked);
	}

	gradients(...asked: Parameters<Engine['gradients']>): Promise<TapData[]> {
		return this.#engine.gradients(...asked);
	}

	trainHeads(...asked: Parameters<Engine['trainHeads']>): ReturnType<Engine['trainHeads']> {
		return this.#engine.trainHeads(...asked);
	}

	withHead(...asked: Parameters<Engine['withHead']>): ReturnType<Engine['withHead']> {
		return this.#engine.withHead(...asked);
	}

	forget(runs: readonly number[]): Promise<void> {
		for (const run of runs) this.#runs.delete(run);
		return this.#engine.forget(runs);
	}

	atRest(): Promise<void> {
		return this.#engine.atRest();
	}

	/** The owner tells its reader that the backend has changed; once is enough. */
	onBackend(): () => void {
		return () => undefined;
	}

	/** A run that comes after this is forgotten by whoever has given it up. */
	dispose(): void {
		if (this.#runs.size > 0) void this.forget([...this.#runs]);
	}
}
