import { cancelled } from '../base/errors';
import type { Gate } from '../base/gate';
import type { Progress } from '../base/progress';
import { altered, incomplete, noAnswer, refusal, type TransferError } from './transfer';
import { announcedSize, continues, rangeHeaders } from './ranges';
import { Watch } from './watch';

/** A file to be fetched, and what is known of it beforehand. */
export interface Wanted {
	/** As it is called in messages, e.g. `model.safetensors`. */
	readonly name: string;
	readonly url: string;
	readonly bytes: number | null;
	/** In hexadecimal. */
	readonly sha256: string | null;
}

/** Where the bytes go: memory in the browser, a file in Node. */
export interface Sink {
	/** Bytes held so far. A sink that starts above 0 is resumed. */
	readonly length: number;
	write(chunk: Uint8Array<ArrayBuffer>): void | Promise<void>;
	/** Throw away what is held. */
	clear(): void | Promise<void>;
}

export interface DownloadOptions {
	readonly signal?: AbortSignal;
	/** While it is closed nothing is fetched, and no connection is held; what has come stays in the sink. */
	readonly gate?: Gate;
	readonly onProgress?: (progress: Progress) => void;
	readonly fetch?: typeof globalThis.fetch;
	/** How often in a row a cut connection is taken up again without one new byte. */
	readonly attempts?: number;
	/** Milliseconds before the first of those attempts; doubled before each further one. */
	readonly pause?: number;
	/** Milliseconds without a byte after which a connection counts as cut. */
	readonly stall?: number;
	/** ETag of the bytes that a resumed sink holds. */
	readonly etag?: string | null;
	readonly onEtag?: (etag: string | null) => void | Promise<void>;
	/**
	 * Send `If-Range`. Not from a page: unlike `Range` it costs a CORS preflight, which content networks may refuse.
	 * There a changed file is noticed by its ETag, its size or its checksum.
	 */
	readonly ifRange?: boolean;
}

/**
 * Stream a file into a sink. A connection that breaks after its first bytes is taken up where it broke, by a range
 * request (RFC 9110, section 14); a server that does not do ranges, or whose file has changed, starts it over.
 * The checksum is not looked at here: see `checksum.ts`.
 * @throws TransferError, PatchworkError `cancelled`. The sink then holds what had arrived.
 */
export async function download(wanted: Wanted, sink: Sink, options: DownloadOptions = {}): Promise<void> {
	const { attempts = 4, pause = 500, signal, gate } = options;
	const state: State = { etag: options.etag ?? null, total: wanted.bytes, answered: sink.length > 0 };
	const report = (why: Partial<Progress>) => options.onProgress?.({ loaded: sink.length, total: state.total, ...why });
	if (wanted.bytes !== null && sink.length > wanted.bytes) await sink.clear();
	let fruitless = 0;
	while (wanted.bytes === null || sink.length !== wanted.bytes) {
		const before = sink.length;
		if (gate?.paused) {
			report({ paused: true });
			await gate.opened(signal);
		}
		try {
			await attempt(wanted, sink, state, options);
			return;
		} catch (error) {
			if (signal?.aborted) throw cancelled(error);
			if (!(error instanceof Cut)) throw error;
			if (error.byReader) continue;
			fruitless = sink.length > before ? 0 : fruitless + 1;
			// Nobody has ever answered: say so at once rather than keep the reader waiting.
			if (!state.answered || fruitless >= attempts) throw error.reason;
			report({ waiting: true });
			await sleep(pause * 2 ** fruitless, signal);
		}
	}
}

/** A connection that broke: worth another attempt. */
class Cut extends Error {
	/** Whether it was the reader who held the download up. */
	byReader = false;

	constructor(readonly reason: TransferError) {
		super(reason.message, { cause: reason });
	}
}

interface State {
	/** Of the bytes that the sink holds. */
	etag: string | null;
	/** Size of the whole file, once somebody has said it. */
	total: number | null;
	/** Whether a server has begun to send the file, now or earlier. A browser may throw away what came before a cut. */
	answered: boolean;
}

async function attempt(wanted: Wanted, sink: Sink, state: State, options: DownloadOptions): Promise<void> {
	const watch = new Watch(options.stall ?? 30_000, options.signal);
	const offset = sink.length;
	let held = false;
	const deaf = options.gate?.onChange(() => {
		held = true;
		watch.abort();
	});
	try {
		const response = await request(wanted, rangeHeaders(offset, options.ifRange ? state.etag : null), options, watch);
		if (offset > 0 && !continues(response, offset, state.etag)) {
			await sink.clear();
			if (response.status !== 200) return await attempt(wanted, sink, state, options);
		}
		watch.alive();
		state.etag = response.headers.get('ETag');
		state.answered = true;
		await options.onEtag?.(state.etag);
		await receive(response, wanted, sink, options, watch, state);
	} catch (error) {
		if (error instanceof Cut) error.byReader = held;
		throw error;
	} finally {
		deaf?.();
		watch.abort();
	}
}

async function request(
	wanted: Wanted,
	headers: Headers,
	{ fetch = globalThis.fetch }: DownloadOptions,
	watch: Watch
): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(wanted.url, { headers, signal: watch.signal });
	} catch (error) {
		throw new Cut(noAnswer(wanted, error));
	}
	const nothingLeft = response.status === 416 && headers.has('Range');
	if (response.ok || nothingLeft) return response;
	const error = refusal(wanted, response);
	throw error.reason === 'server' ? new Cut(error) : error;
}

async function receive(
	response: Response,
	wanted: Wanted,
	sink: Sink,
	options: DownloadOptions,
	watch: Watch,
	state: State
): Promise<void> {
	const announced = announcedSize(response, sink.length);
	const total = (state.total = wanted.bytes ?? announced);
	if (announced !== null && total !== null && announced > total) throw altered(wanted.name);
	const report = () => options.onProgress?.({ loaded: sink.length, total });
	report();
	await pump(response, wanted, async (chunk) => {
		watch.alive();
		await sink.write(chunk);
		if (total !== null && sink.length > total) throw altered(wanted.name);
		report();
	});
	if (total === null || sink.length === total) return;
	const short = incomplete(wanted.name, sink.length, total);
	// A server that has sent all that it announced has no more to give.
	throw announced === sink.length ? short : new Cut(short);
}

/** Read an answer's body to its end. Only the reading can be cut: what `write` throws passes through. */
async function pump(response: Response, wanted: Wanted, write: (chunk: Uint8Array<ArrayBuffer>) => Promise<void>) {
	const reader = response.body?.getReader();
	const next = () =>
		reader?.read().catch((error: unknown) => {
			throw new Cut(noAnswer(wanted, error));
		});
	for (let part = await next(); part?.value; part = await next()) await write(part.value);
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(done, milliseconds);
		function done() {
			signal?.removeEventListener('abort', stop);
			resolve();
		}
		function stop() {
			clearTimeout(timer);
			reject(cancelled());
		}
		signal?.addEventListener('abort', stop, { once: true });
	});
}
