import { probe } from '../engine/backends/probe';
import { startBackend } from '../engine/backends/start';
import { PatchworkError, toPatchworkError } from '../base/errors';
import { Gate } from '../base/gate';
import { fetchModel } from '../models/load';
import { bitmapSource } from '../photo/source';
import { EngineHost } from './host';
import type { FromHead, FromWorker, RequestKind, Requests, ToWorker } from './protocol';
import type { Surroundings } from './surroundings';

/** The part of a worker's global scope, or of a message port, that the engine speaks through. */
export interface Port {
	postMessage(message: FromWorker, transfer: Transferable[]): void;
	addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker | FromHead>) => void): void;
}

/** What a worker that a page's head began knows before anybody speaks to it. */
interface Before {
	/** As if it had been said. */
	readonly said?: readonly (ToWorker | FromHead)[];
	readonly firstModel?: Surroundings['firstModel'];
	readonly firstPhoto?: Surroundings['firstPhoto'];
}

/** Lets an engine answer the messages of a port, in a worker or, where there is none, on the page's own thread. */
export function serve(port: Port, { said = [], firstModel = () => null, firstPhoto = () => null }: Before = {}): void {
	const running = new Map<number, { controller: AbortController; gate: Gate }>();
	const send = (message: FromWorker, transfer: Transferable[] = []) => port.postMessage(message, transfer);
	const host = new EngineHost({
		startBackend,
		probe,
		fetchModel,
		firstModel,
		firstPhoto,
		pixelsOf: bitmapSource,
		onBackend: (report) => send({ kind: 'backend', report })
	});

	async function answer<K extends RequestKind>(id: number, kind: K, params: Requests[K]['params']): Promise<void> {
		const controller = new AbortController();
		const gate = new Gate();
		running.set(id, { controller, gate });
		try {
			const result = await host.serve(kind, params, {
				signal: controller.signal,
				gate,
				onProgress: (progress) => send({ kind: 'progress', id, progress })
			});
			send({ kind: 'result', id, result }, transferable(result));
		} catch (error) {
			const { code, message } = toPatchworkError(error, 'backend', 'The engine stumbled; reload the page.');
			if (!(error instanceof PatchworkError)) console.warn(error);
			send({ kind: 'error', id, error: { code, message } });
		} finally {
			running.delete(id);
		}
	}

	function hear(data: ToWorker | FromHead): void {
		if (data.kind === 'cancel') running.get(data.id)?.controller.abort();
		else if (data.kind === 'pause') running.get(data.id)?.gate.pause();
		else if (data.kind === 'resume') running.get(data.id)?.gate.resume();
		else if (data.kind === 'ahead') void host.ahead();
		else void answer(data.id, data.kind, data.params);
	}

	for (const data of said) hear(data);
	port.addEventListener('message', ({ data }) => hear(data));
}

/** The arrays of an answer, which travel without being copied. */
function transferable(result: Requests[RequestKind]['result']): Transferable[] {
	if (Array.isArray(result)) {
		const arrays = result.flatMap(({ data, halves }) => (halves ? [data, halves] : [data]));
		return arrays.map(({ buffer }) => buffer as ArrayBuffer);
	}
	if (result === null) return [];
	if ('seen' in result) {
		return [result.seen.data, result.pixelValues].flatMap((values) => (values ? [values.buffer as ArrayBuffer] : []));
	}
	if ('probabilities' in result) {
		return [result.weight, result.bias, result.probabilities].map(({ buffer }) => buffer as ArrayBuffer);
	}
	return [];
}
