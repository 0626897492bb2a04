import { Zip, ZipPassThrough } from 'fflate';
import type { NamedArray } from '../views/family';
import type { ExportMeta } from './attention';
import { npy, npyText } from './npy';
import { nextTask } from '../base/next-task';

/**
 * A NumPy archive (`numpy.load` reads it): one stored `.npy` a name, and `patchwork`, a string of JSON with what they
 * are: `json.loads(archive['patchwork'].item())`. As it is an array too, a loop over all names works. It is made array by
 * array with a pause after each, so that the page stays responsive; nothing is compressed, as attention weights hardly
 * shrink.
 */
export async function npz(arrays: Iterable<NamedArray>, meta: ExportMeta): Promise<Blob> {
	const parts: Uint8Array<ArrayBuffer>[] = [];
	const zip = new Zip((error, part) => {
		if (error) throw error;
		parts.push(Uint8Array.from(part));
	});
	for (const { name, shape, data } of arrays) {
		store(zip, `${name}.npy`, npy(data, shape));
		await nextTask();
	}
	store(zip, 'patchwork.npy', npyText(JSON.stringify(meta, null, 2)));
	zip.end();
	return new Blob(parts, { type: 'application/zip' });
}

function store(zip: Zip, name: string, bytes: Uint8Array): void {
	const file = new ZipPassThrough(name);
	// Archives of the same run are the same to the byte: the earliest date that zip knows.
	file.mtime = new Date(1980, 0, 1);
	zip.add(file);
	file.push(bytes, true);
}
