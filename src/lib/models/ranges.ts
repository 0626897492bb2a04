/** Range requests (RFC 9110, section 14), as far as a download needs them. */

/** Headers that ask for a file from `offset` bytes on; with `etag`, for the whole file if it is another one by now. */
export function rangeHeaders(offset: number, etag: string | null): Headers {
	const headers = new Headers();
	if (offset === 0) return headers;
	headers.set('Range', `bytes=${offset}-`);
	// A weak ETag promises no equal bytes, so it may not be used here.
	if (etag !== null && !etag.startsWith('W/')) headers.set('If-Range', etag);
	return headers;
}

/** Whether an answer is the rest of the file whose first `offset` bytes are held, as far as the server lets us see. */
export function continues(response: Response, offset: number, etag: string | null): boolean {
	if (response.status !== 206) return false;
	const range = response.headers.get('Content-Range');
	if (range !== null && !range.startsWith(`bytes ${offset}-`)) return false;
	const now = response.headers.get('ETag');
	return etag === null || now === null || now === etag;
}

/** Size of the whole file by the answer's headers, in bytes; null if they don't say, or count compressed bytes. */
export function announcedSize(response: Response, offset: number): number | null {
	const range = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '');
	if (range) return Number(range[1]);
	const length = response.headers.get('Content-Length');
	const encoding = response.headers.get('Content-Encoding') ?? 'identity';
	if (length === null || encoding !== 'identity') return null;
	return Number(length) + (response.status === 206 ? offset : 0);
}
