/**
 * Every failure a reader can meet, by kind. The message of a {@link PatchworkError} is one sentence (or two short
 * ones) made for the page: what happened, and what to do about it.
 */
export type ErrorCode =
	/** A checkpoint file that is not what it says: bad header, truncated data, weights missing or of a wrong shape. */
	| 'checkpoint'
	/** A `config.json` that is malformed or describes an architecture that we do not run. */
	| 'config'
	/** A picture that cannot be read, or has a size or a format that we cannot take. */
	| 'photo'
	/** No backend runs, the chosen one failed, or the GPU was lost. */
	| 'backend'
	/** The network or a server did not give what was asked for. */
	| 'network'
	/** The browser's storage is full or forbidden. */
	| 'storage'
	/** The work was cancelled, by the reader or because something newer replaced it. */
	| 'cancelled'
	/** A question that cannot be answered, such as a tap that the trace does not hold. */
	| 'request';

/** An error whose message may be shown to the reader as it is. */
export class PatchworkError extends Error {
	override readonly name = 'PatchworkError';

	constructor(
		readonly code: ErrorCode,
		message: string,
		options?: ErrorOptions
	) {
		super(message, options);
	}
}

/** Anything thrown, as a {@link PatchworkError}: ours as they are, an abort as `cancelled`, the rest with `fallback`. */
export function toPatchworkError(error: unknown, fallback: ErrorCode, sentence: string): PatchworkError {
	if (error instanceof PatchworkError) return error;
	if (error instanceof DOMException && error.name === 'AbortError') {
		return cancelled(error);
	}
	return new PatchworkError(fallback, sentence, { cause: error });
}

/** The answer to work that was cancelled, which is no failure: nothing is shown for it. */
export function cancelled(cause?: unknown): PatchworkError {
	return new PatchworkError('cancelled', 'Cancelled.', { cause });
}
