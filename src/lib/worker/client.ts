import { choose } from '../engine/backends/choose';
import type { BackendName, BackendReport, ProbeResult } from '../engine/backends/names';
import type { TapData } from '../engine/taps';
import { PatchworkError } from '../errors';
import type { ModelSource } from '../models/source';
import type { Crop, FromWorker, LoadedModel, Progress, RequestKind, Requests, RunResult, ToWorker } from './protocol';

export interface RequestOptions {
	/** Aborting rejects with `cancelled`, at once; the worker stops as soon as it can. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress) => void;
}

interface Pending {
	resolve(result: Requests[RequestKind]['result']): void;
	reject(error: PatchworkError): void;
	readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What the client talks to: a worker, or a port to an engine on this thread. */
interface Connection {
	postMessage(message: ToWorker, transfer: Transferable[]): void;
	close(): void;
}

/**
 * The page's side of the engine. Every question gets an id and is answered once; all rejections are
 * {@link PatchworkError}s. Without workers the engine runs on the page's own thread.
 */
export class EngineClient {
	readonly #force: BackendName | null;
	readonly #pending = new Map<number, Pending>();
	readonly #listeners = new Set<(report: BackendReport) => void>();
	readonly #connection: Promise<Connection>;
	#started: Promise<BackendReport> | null = null;
	#probing: Worker | null = null;
	#nextId = 1;

	/** @param options.force the one backend to try first, as `?backend=` says; without it the fastest is found */
	constructor({ force = null }: { force?: BackendName | null } = {}) {
		this.#force = force;
		this.#connection = connect(
			(message) => this.#receive(message),
			(error) => this.#fail(error)
		);
	}

	/** Starts a backend; asked again, gives the same answer. */
	start(): Promise<BackendReport> {
		this.#started ??= this.#ask('start', { force: this.#force });
		return this.#started;
	}

	/** Makes a model the current one. The one before stays until the new one is ready, and if it fails. */
	async load(source: ModelSource, options: RequestOptions = {}): Promise<LoadedModel> {
		await this.start();
		return this.#ask('load', { source }, options);
	}

	/**
	 * Runs the model on a photo.
	 * @param photo upright; copied, so it stays the caller's
	 * @param options.crop the region to look at; the centre, as in training, without it
	 */
	async run(
		photo: ImageBitmap,
		{ crop = null, ...options }: RequestOptions & { crop?: Crop | null } = {}
	): Promise<RunResult> {
		await this.start();
		const copy = await createImageBitmap(photo, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
		const result = await this.#ask('run', { photo: copy, crop }, options, [copy]);
		this.#probeOnce();
		return result;
	}

	/** The values of some taps of run `run`. @throws PatchworkError `request` when a newer run has replaced it */
	read(run: number, names: readonly string[]): Promise<TapData[]> {
		return this.#ask('read', { run, names });
	}

	/** Tensors and bytes that the engine holds. */
	memory(): Promise<Requests['memory']['result']> {
		return this.#ask('memory', {});
	}

	/** Loses the GPU as a driver crash would; for tests. */
	async loseGpu(): Promise<void> {
		await this.#ask('loseGpu', {});
	}

	/** Tells when the backend changes without being asked: a faster one was found, or the GPU was lost. */
	onBackend(listener: (report: BackendReport) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Ends the worker. Questions that wait are rejected as `cancelled`. */
	dispose(): void {
		this.#probing?.terminate();
		void this.#connection.then((connection) => connection.close());
		this.#fail(new PatchworkError('cancelled', 'Cancelled.'));
	}

	async #ask<K extends RequestKind>(
		kind: K,
		params: Requests[K]['params'],
		{ signal, onProgress }: RequestOptions = {},
		transfer: Transferable[] = []
	): Promise<Requests[K]['result']> {
		const connection = await this.#connection;
		const id = this.#nextId++;
		return new Promise((resolve, reject) => {
			const cancel = () => {
				connection.postMessage({ kind: 'cancel', id }, []);
				this.#pending.delete(id);
				reject(new PatchworkError('cancelled', 'Cancelled.'));
			};
			if (signal?.aborted) return reject(new PatchworkError('cancelled', 'Cancelled.'));
			signal?.addEventListener('abort', cancel, { once: true });
			const settled = () => signal?.removeEventListener('abort', cancel);
			this.#pending.set(id, {
				resolve: (result) => (settled(), resolve(result as Requests[K]['result'])),
				reject: (error) => (settled(), reject(error)),
				onProgress
			});
			connection.postMessage({ id, kind, params } as ToWorker, transfer);
		});
	}

	#receive(message: FromWorker): void {
		if (message.kind === 'backend') return this.#tell(message.report);
		const pending = this.#pending.get(message.id);
		if (!pending) return; // Cancelled meanwhile: nobody wants the answer any more.
		if (message.kind === 'progress') return pending.onProgress?.(message.progress);
		this.#pending.delete(message.id);
		if (message.kind === 'result') pending.resolve(message.result);
		else pending.reject(new PatchworkError(message.error.code, message.error.message));
	}

	#tell(report: BackendReport): void {
		for (const listener of this.#listeners) listener(report);
	}

	#fail(error: PatchworkError): void {
		for (const pending of this.#pending.values()) pending.reject(error);
		this.#pending.clear();
	}

	/** Measures the backends once, after the first result, in a worker of its own; moves if another is clearly faster. */
	#probeOnce(): void {
		if (this.#probing || this.#force || typeof Worker === 'undefined') return;
		const worker = new Worker(new URL('./probe.worker.ts', import.meta.url), {
			type: 'module',
			name: 'patchwork-probe'
		});
		this.#probing = worker;
		worker.onmessage = async ({ data }: MessageEvent<ProbeResult[]>) => {
			worker.terminate();
			try {
				this.#tell(await this.#ask('use', { report: choose(data) }));
			} catch (error) {
				console.warn('The engine stays where it is.', error);
			}
		};
	}
}

async function connect(
	receive: (message: FromWorker) => void,
	fail: (error: PatchworkError) => void
): Promise<Connection> {
	if (typeof Worker === 'undefined') return connectHere(receive);
	const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
		type: 'module',
		name: 'patchwork-engine'
	});
	worker.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
	worker.onerror = () =>
		fail(new PatchworkError('backend', 'The engine broke down, perhaps for lack of memory; reload the page.'));
	return { postMessage: (message, transfer) => worker.postMessage(message, transfer), close: () => worker.terminate() };
}

/** The engine on the page's own thread, behind the same messages. */
async function connectHere(receive: (message: FromWorker) => void): Promise<Connection> {
	const { serve } = await import('./serve');
	const { port1, port2 } = new MessageChannel();
	serve(port2);
	port2.start();
	port1.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
	return { postMessage: (message, transfer) => port1.postMessage(message, transfer), close: () => port1.close() };
}
