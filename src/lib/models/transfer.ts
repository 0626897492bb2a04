import { cancelled, PatchworkError, type ErrorCode } from '../base/errors';

/** Why a file did not arrive. */
export type TransferReason =
	/** Nobody answered: no network, no such server, or a server that forbids this page to read from it. */
	| 'offline'
	| 'not-found'
	/** The server wants an account (401, 403). */
	| 'gated'
	/** The server is busy or broken (429, 5xx). */
	| 'server'
	/** An answer that is not what this kind of server gives. */
	| 'unexpected'
	/** Fewer bytes than the file has. */
	| 'incomplete'
	/** Other bytes than the file has. */
	| 'altered'
	/** Weights in a format that we do not read, such as pickles. */
	| 'format'
	/** A model that this device cannot hold. */
	| 'too-large';

const CODES: Partial<Record<TransferReason, ErrorCode>> = {
	altered: 'checkpoint',
	format: 'checkpoint',
	'too-large': 'request'
};

/** A failed transfer. The message may be shown to the reader as it is. */
export class TransferError extends PatchworkError {
	constructor(
		readonly reason: TransferReason,
		message: string,
		options?: ErrorOptions
	) {
		super(CODES[reason] ?? 'network', message, options);
	}
}

/** What a transfer was about, for its sentences. */
interface Subject {
	/** The thing that was asked for, e.g. `model.safetensors`. */
	readonly name: string;
	readonly url: string;
}

/** The error for a request that nobody answered. */
export function noAnswer({ name, url }: Subject, cause?: unknown): TransferError {
	const offline = typeof navigator !== 'undefined' && navigator.onLine === false;
	const sentence = offline
		? `This device is offline, so ${name} could not be fetched: connect, then try again.`
		: `${hostOf(url)} did not answer, so ${name} could not be fetched: check the connection, then try again.`;
	return new TransferError('offline', sentence, { cause });
}

/** The error for a request that failed: cancelled by its signal, unless that one only ran out of time. */
export function requestFailure(subject: Subject, signal: AbortSignal | undefined, cause: unknown): PatchworkError {
	const timeout = signal?.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
	return signal?.aborted && !timeout ? cancelled(cause) : noAnswer(subject, cause);
}

/** An answer without success: its status, and the hub's own word for it (`X-Error-Code`) where it gives one. */
interface Refused {
	readonly status: number;
	readonly headers: Headers;
}

/** The error for an answer whose status is not a success. */
export function refusal({ name, url }: Subject, { status, headers }: Refused): TransferError {
	const host = hostOf(url);
	const code = headers.get('X-Error-Code');
	if (code === 'GatedRepo') {
		return new TransferError(
			'gated',
			`${repoIn(url) ?? name} is gated on ${host}: its owners give it only to people with an account who have accepted their terms.`
		);
	}
	if (code === 'RepoNotFound') {
		return new TransferError('not-found', `${host} has no repository ${name} that is public: check the name.`);
	}
	if (code === 'RevisionNotFound') {
		return new TransferError(
			'not-found',
			`${host} does not have ${name} in that revision: check the part after the @.`
		);
	}
	return refusalOf(status, name, host);
}

function refusalOf(status: number, name: string, host: string): TransferError {
	if (status === 404 || status === 410) {
		return new TransferError('not-found', `${host} does not have ${name} (${status}): check the name and the address.`);
	}
	if (status === 401 || status === 403) {
		return new TransferError(
			'gated',
			`${host} does not give ${name} without an account (${status}): it is private or gated there, or its name is wrong.`
		);
	}
	if (status === 429 || status >= 500) {
		return new TransferError('server', `${host} cannot send ${name} just now (${status}): try again in a few minutes.`);
	}
	return new TransferError(
		'unexpected',
		`${host} answered ${status} when asked for ${name}, which is not how a model is served: check the address.`
	);
}

/** The error for a file of which only `loaded` of `total` bytes exist or came. */
export function incomplete(name: string, loaded: number, total: number): TransferError {
	return new TransferError(
		'incomplete',
		`${name} is incomplete: ${loaded} of ${total} bytes arrived. Fetch the model again.`
	);
}

/** The error for a file that is not the one that was announced. */
export function altered(name: string): TransferError {
	return new TransferError(
		'altered',
		`${name} is not the file that was announced: its size or checksum differs. Fetch the model again.`
	);
}

/** The repository in the address of one of the hub's files. */
function repoIn(url: string): string | null {
	return /\/([^/]+\/[^/]+)\/resolve\//.exec(url)?.[1] ?? null;
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : url;
}
