/**
 * Bytes so far of a download, or blocks so far of a way back through a run; `total` is null where the server does not say.
 */
export interface Progress {
	readonly loaded: number;
	readonly total: number | null;
	/** What is counted, where a reader is told so; sentences differ by language, so no label can say it. */
	readonly unit?: 'photos';
	/** Whether the reader has stopped it for a while; what has come is kept. */
	readonly paused?: boolean;
	/** Whether the connection broke, and is taken up again in a moment. */
	readonly waiting?: boolean;
}
