import type { HubOptions } from './hub';
import { MemorySink } from './memory';
import { incomplete, refusal, requestFailure, TransferError } from './transfer';

/**
 * The first bytes of a file, by a range request; a server that sends more is cut off.
 * @throws TransferError, PatchworkError `cancelled`
 */
export async function fetchStart(
	subject: { readonly name: string; readonly url: string },
	length: number,
	{ signal, fetch = globalThis.fetch }: Pick<HubOptions, 'signal' | 'fetch'> = {}
): Promise<ArrayBuffer> {
	const sink = new MemorySink(length);
	if (length === 0) return sink.toBuffer();
	try {
		const response = await fetch(subject.url, { headers: { Range: `bytes=0-${length - 1}` }, signal });
		if (!response.ok) throw refusal(subject, response);
		const reader = response.body?.getReader();
		for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
			sink.write(part.value.subarray(0, length - sink.length));
			if (sink.length === length) await reader?.cancel();
		}
	} catch (error) {
		throw error instanceof TransferError ? error : requestFailure(subject, signal, error);
	}
	if (sink.length < length) throw incomplete(subject.name, sink.length, length);
	return sink.toBuffer();
}
