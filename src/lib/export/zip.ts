import { Zip, ZipPassThrough } from 'fflate';
import { nextTask } from '../base/next-task';

/** A file of an archive, given piece by piece. */
export interface Zipped {
	readonly name: string;
	readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/**
 * An archive of files that are stored as they are, for numbers hardly shrink. It is made piece by piece with a pause after
 * each, so that the page stays responsive, and what is done is left to the browser to keep.
 */
export async function zipOf(files: Iterable<Zipped> | AsyncIterable<Zipped>): Promise<Blob> {
	const parts: Blob[] = [];
	const zip = new Zip((error, part) => {
		if (error) throw error;
		parts.push(new Blob([Uint8Array.from(part)]));
	});
	for await (const { name, pieces } of files) {
		const file = new ZipPassThrough(name);
		// Archives of the same files are the same to the byte: the earliest date that zip knows.
		file.mtime = new Date(1980, 0, 1);
		zip.add(file);
		for await (const piece of pieces) {
			file.push(piece);
			await nextTask();
		}
		file.push(new Uint8Array(), true);
	}
	zip.end();
	return new Blob(parts, { type: 'application/zip' });
}
