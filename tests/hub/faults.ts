/** What the look-alike of the hub can be told to do wrong; every one is off by default, and may be changed at any time. */
export interface Faults {
	/** Answer every request with this status. */
	status: number | null;
	/** Take requests and never answer. */
	hang: boolean;
	/** Close the connection after so many bytes of a file's body... */
	cutAfter: number | null;
	/** ...this many times, then behave. */
	cuts: number;
	/** Change a byte in the middle of every large file. */
	altered: boolean;
	/** Have only so many bytes of every file longer than that, and say so. */
	truncated: number | null;
	/** Milliseconds before each piece of 64 KiB. */
	slow: number;
	/** Send the first piece and then nothing, keeping the connection open. */
	stall: boolean;
	/** Ignore range requests. */
	noRange: boolean;
	/** Answer the list of files with a web page. */
	page: boolean;
	/** ETag of every file; by default its checksum. */
	etag: string | null;
}

export function noFaults(): Faults {
	return {
		status: null,
		hang: false,
		cutAfter: null,
		cuts: Infinity,
		altered: false,
		truncated: null,
		slow: 0,
		stall: false,
		noRange: false,
		page: false,
		etag: null
	};
}
