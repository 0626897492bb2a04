import { cancelled, PatchworkError } from '../base/errors';
import { Rest } from '../base/rest';
import type { BackendReport } from '../engine/backends/names';
import type { LoadedModel } from '../models/loaded-model';
import type { ModelSource } from '../models/source';
import { Channel, WorkerLost, type Listeners, type RequestOptions } from './channel';
import { takeEarly } from './early';
import { Ledger } from './ledger';
import type { Requests, RunAnswer, RunChanges } from './protocol';

/** In so many workers, one after the other, a question is asked before it is given up: it may be what breaks them. */
const LIVES = 3;

const BREAKS =
	`The engine broke down ${LIVES} times in a row over this, perhaps for lack of memory. ` +
	'Try a smaller model or a smaller size of input, or reload the page.';

type How = Pick<Requests['start']['params'], 'force' | 'threads'>;

/**
 * The engine's worker, and another in its place where it breaks down: with the backend and the model of the one before,
 * and the runs that nobody has let go of, under the numbers that they had. Questions that waited are asked again, so whoever
 * asks knows nothing of it; the listener for backends is told.
 */
export class LastingWorker {
	/** Of the questions that somebody waits for. */
	readonly rest = new Rest();
	readonly #how: How;
	readonly #listeners: Listeners;
	readonly #ledger = new Ledger();
	/** Where each model that was asked for came from, by its id. */
	readonly #sources = new Map<string, ModelSource>();
	/** The one in use. */
	#source: ModelSource | null = null;
	#report: BackendReport | null = null;
	#channel: Channel;
	#started: Promise<BackendReport> | null = null;
	/** Comes once the present worker is as the one before was; null where that was not tried yet, or failed. */
	#asBefore: Promise<void> | null = Promise.resolve();
	/** Whether it has come. */
	#isAsBefore = true;
	#closed = false;

	constructor(how: How, listeners: Listeners) {
		this.#how = how;
		this.#listeners = listeners;
		this.#channel = this.#connect();
	}

	/** Starts a backend; asked again, gives the same answer. */
	start(): Promise<BackendReport> {
		return this.through(() => this.#start(), false);
	}

	/** Moves to another backend, which gives what it runs on then. */
	async use(report: BackendReport): Promise<BackendReport> {
		const used = await this.#channel.ask('use', { report });
		this.#report = used;
		return used;
	}

	/** Makes a model the current one. */
	async load(source: ModelSource, options: RequestOptions): Promise<LoadedModel> {
		this.#sources.set(source.id, source);
		const model = await this.through((channel) => channel.ask('load', { source }, options), false);
		this.#took(model);
		return model;
	}

	/** Remembers what a run was made from. @param of the run that it has its input from, if it was given no photo */
	async run(ask: (channel: Channel) => Promise<RunAnswer>, changes: RunChanges, of?: number): Promise<RunAnswer> {
		const same = of === undefined ? null : { of, input: this.#ledger.inputOf(of) };
		const answer = await this.through(ask);
		this.#ledger.add(answer, changes, same);
		return answer;
	}

	/** Lets go of runs. Never rejects: where the worker is gone, they are too. */
	async forget(runs: readonly number[]): Promise<void> {
		this.#ledger.forget(runs);
		await this.#channel.ask('forget', { runs }).catch(() => undefined);
	}

	/**
	 * Asks something, and once more in a new worker where the one that was asked breaks down.
	 * @param needsModel whether it is of no use to ask where the model could not be had again
	 * @throws PatchworkError whatever the worker says; `backend` where it breaks down each time; why the model is gone
	 */
	through<T>(ask: (channel: Channel) => Promise<T>, needsModel = true): Promise<T> {
		return this.rest.during(() => this.#through(ask, needsModel));
	}

	async #through<T>(ask: (channel: Channel) => Promise<T>, needsModel: boolean): Promise<T> {
		for (let left = LIVES; left > 0; left--) {
			try {
				// Where nothing has to be waited for, the question leaves before whoever asks does anything else.
				return await ask(this.#isReady ? this.#channel : await this.#ready(needsModel));
			} catch (error) {
				if (!(error instanceof WorkerLost)) throw error;
			}
		}
		throw new PatchworkError('backend', BREAKS);
	}

	/** Ends the worker. Questions that wait are rejected as `cancelled`. */
	close(): void {
		this.#closed = true;
		this.#channel.close();
	}

	#connect(): Channel {
		const listeners: Listeners = {
			onBackend: (report) => {
				this.#report = report;
				this.#listeners.onBackend?.(report);
			},
			onUnwanted: (result) => {
				// A model whose loading was given up too late is the one in use.
				if (result !== null && 'parameters' in result) this.#took(result);
				this.#listeners.onUnwanted?.(result);
			}
		};
		// The first is the one that the page began with, where it did.
		return new Channel('patchwork-engine', listeners, takeEarly());
	}

	get #isReady(): boolean {
		return this.#isAsBefore && !this.#closed && !this.#channel.lost;
	}

	async #ready(needsModel: boolean): Promise<Channel> {
		if (this.#closed) throw cancelled();
		if (this.#channel.lost) {
			this.#channel = this.#connect();
			[this.#started, this.#asBefore, this.#isAsBefore] = [null, null, false];
		}
		const channel = this.#channel;
		const asBefore = (this.#asBefore ??= this.#restore());
		try {
			await asBefore;
			this.#isAsBefore ||= channel === this.#channel;
		} catch (error) {
			// What failed may succeed once it is asked for again, as when the network is back.
			if (this.#asBefore === asBefore) this.#asBefore = null;
			if (needsModel || error instanceof WorkerLost) throw error;
		}
		return channel;
	}

	#start(): Promise<BackendReport> {
		this.#started ??= this.#begin();
		return this.#started;
	}

	async #begin(): Promise<BackendReport> {
		const [channel, before] = [this.#channel, this.#report];
		const begun = await channel.ask('start', { ...this.#how, last: this.#ledger.last });
		const isElsewhere = before && (before.name !== begun.name || before.threads !== begun.threads);
		this.#report = isElsewhere ? await channel.ask('use', { report: before }) : begun;
		return this.#report;
	}

	/** Makes a new worker as the one before was. @throws PatchworkError where the model cannot be had again */
	async #restore(): Promise<void> {
		const channel = this.#channel;
		const report = await this.#start();
		if (this.#source) await channel.ask('load', { source: this.#source });
		await channel.ask('restore', { runs: this.#ledger.runs });
		this.#listeners.onBackend?.({ ...report, restarted: true });
	}

	#took({ id, kept }: LoadedModel): void {
		const source = this.#sources.get(id);
		this.#source = source ? onceMore(source, kept) : null;
		[this.#asBefore, this.#isAsBefore] = [Promise.resolve(), true];
		this.#ledger.clear();
	}
}

/** Where a model that is in use is read again: never another one of its name, and what is kept of it is left alone. */
function onceMore(source: ModelSource, kept: number | undefined): ModelSource {
	const { from } = source;
	if (from.kind === 'kept') return { ...source, from: { ...from, kept } };
	return from.kind === 'files' ? { ...source, from: { kind: 'files', files: from.files } } : source;
}
