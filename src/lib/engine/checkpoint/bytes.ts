/** A file of which only what is asked for is brought into memory. */
export interface ByteSource {
	/** In bytes. */
	readonly size: number;
	/** The bytes from `start` up to, but without, `end`. They stay the source's: whoever changes them makes a copy. */
	read(start: number, end: number): Uint8Array<ArrayBuffer>;
}

/** Bytes of all files together. */
export function sizeOfAll(files: ArrayBuffer | readonly ByteSource[]): number {
	return files instanceof ArrayBuffer ? files.byteLength : files.reduce((sum, { size }) => sum + size, 0);
}

/** A file that is in memory already. */
export function memorySource(file: ArrayBuffer): ByteSource {
	return { size: file.byteLength, read: (start, end) => new Uint8Array(file, start, end - start) };
}
