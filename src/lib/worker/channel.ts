import { cancelled, PatchworkError, toPatchworkError } from '../base/errors';
import type { BackendReport } from '../engine/backends/names';
import type { Gate } from '../base/gate';
import { attend } from '../base/lifeline';
import type { Begun } from './early';
import type { FromWorker, RequestKind, Requests, ToWorker } from './protocol';
import type { Progress } from '../base/progress';

export interface RequestOptions {
	/** Aborting rejects with `cancelled`, at once; the worker stops as soon as it can. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress) => void;
	/** Holds a download up and lets it go on. */
	readonly gate?: Gate;
}

/** The worker broke down, and all that was in it is gone. */
export class WorkerLost extends PatchworkError {
	constructor() {
		super('backend', 'The engine broke down, perhaps for lack of memory; please try again.');
	}
}

/** Who is told of what nobody asked for. */
export interface Listeners {
	/** The backend changed by itself. */
	readonly onBackend?: (report: BackendReport) => void;
	/** The answer to a question that was cancelled when it was on its way. */
	readonly onUnwanted?: (result: Requests[RequestKind]['result']) => void;
}

interface Pending {
	resolve(result: Requests[RequestKind]['result']): void;
	reject(error: PatchworkError): void;
	readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What a channel talks through: a worker, or a port to an engine on this thread. */
interface Connection {
	postMessage(message: ToWorker, transfer: Transferable[]): void;
	close(): void;
}

/**
 * Questions and answers over a worker's messages: every question gets an id and is answered once. All rejections are
 * {@link PatchworkError}s. Where there are no workers, the engine runs on the page's own thread.
 */
export class Channel {
	readonly #pending = new Map<number, Pending>();
	readonly #connection: Connection | Promise<Connection>;
	/** The ids of questions that were cancelled and are not answered yet. */
	readonly #cancelled = new Set<number>();
	readonly #listeners: Listeners;
	/** Why nothing is answered any more. */
	#over: PatchworkError | null = null;
	#nextId = 1;

	/**
	 * @param name the worker's name in the browser's tools
	 * @param begun a worker that runs already, to be this channel's own; without it, a new one
	 */
	constructor(name: string, listeners: Listeners = {}, begun: Begun | null = null) {
		this.#listeners = listeners;
		const receive = (message: FromWorker) => this.#receive(message);
		this.#connection =
			typeof Worker === 'undefined' ? connectHere(receive) : this.#connectWorker(begun ?? beginWorker(name), receive);
	}

	/** Whether the worker broke down: nothing is answered any more. */
	get lost(): boolean {
		return this.#over instanceof WorkerLost;
	}

	/** @throws PatchworkError whatever the engine says; {@link WorkerLost} where the worker breaks down */
	async ask<K extends RequestKind>(
		kind: K,
		params: Requests[K]['params'],
		{ signal, onProgress, gate }: RequestOptions = {},
		transfer: Transferable[] = []
	): Promise<Requests[K]['result']> {
		// Where it is there already the question leaves at once, before whoever asks does anything else.
		const connection = this.#connection instanceof Promise ? await this.#connection : this.#connection;
		const id = this.#nextId++;
		return new Promise((resolve, reject) => {
			if (signal?.aborted) return reject(cancelled());
			if (this.#over) return reject(this.#over);
			const cancel = () => {
				connection.postMessage({ kind: 'cancel', id }, []);
				this.#pending.delete(id);
				this.#cancelled.add(id);
				deaf?.();
				reject(cancelled());
			};
			signal?.addEventListener('abort', cancel, { once: true });
			const tell = () => connection.postMessage({ kind: gate?.paused ? 'pause' : 'resume', id }, []);
			const deaf = gate?.onChange(tell);
			const settled = () => {
				signal?.removeEventListener('abort', cancel);
				deaf?.();
			};
			this.#pending.set(id, {
				resolve: (result) => (settled(), resolve(result as Requests[K]['result'])),
				reject: (error) => (settled(), reject(error)),
				onProgress
			});
			try {
				connection.postMessage({ id, kind, params } as ToWorker, transfer);
				if (gate?.paused) tell();
			} catch (error) {
				this.#pending.delete(id);
				settled();
				reject(toPatchworkError(error, 'backend', 'The engine could not be asked; reload the page.'));
			}
		});
	}

	/** Ends the worker. Questions that wait are rejected as `cancelled`. */
	close(): void {
		this.#end(cancelled());
	}

	#end(why: PatchworkError): void {
		this.#over ??= why;
		void Promise.resolve(this.#connection).then((connection) => connection.close());
		for (const pending of this.#pending.values()) pending.reject(why);
		this.#pending.clear();
	}

	#connectWorker({ worker, alive }: Begun, receive: (message: FromWorker) => void): Connection {
		const close = attend(worker, receive, () => this.#end(new WorkerLost()), alive);
		return { postMessage: (message, transfer) => worker.postMessage(message, transfer), close };
	}

	#receive(message: FromWorker): void {
		if (message.kind === 'backend') return this.#listeners.onBackend?.(message.report);
		const pending = this.#pending.get(message.id);
		if (!pending) return this.#dropAnswer(message);
		if (message.kind === 'progress') return pending.onProgress?.(message.progress);
		this.#pending.delete(message.id);
		if (message.kind === 'result') pending.resolve(message.result);
		else pending.reject(new PatchworkError(message.error.code, message.error.message));
	}

	/** Cancelled meanwhile: whoever asked does not want the answer any more. */
	#dropAnswer(message: Exclude<FromWorker, { kind: 'backend' }>): void {
		if (message.kind === 'progress' || !this.#cancelled.delete(message.id)) return;
		if (message.kind === 'result') this.#listeners.onUnwanted?.(message.result);
	}
}

function beginWorker(name: string): Begun {
	return { worker: new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name }) };
}

/** The engine on the page's own thread, behind the same messages. */
async function connectHere(receive: (message: FromWorker) => void): Promise<Connection> {
	const { serve } = await import('./serve');
	const { port1, port2 } = new MessageChannel();
	serve(port2);
	port2.start();
	port1.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
	return {
		postMessage: (message, transfer) => port1.postMessage(message, transfer),
		close: () => port1.close()
	};
}
