import type { NamedArray } from '../views/family';
import type { ExportMeta } from './attention';
import { npy, npyText } from './npy';
import { zipOf, type Zipped } from './zip';

/**
 * A NumPy archive (`numpy.load` reads it): one stored `.npy` a name, and `patchwork`, a string of JSON with what they
 * are: `json.loads(archive['patchwork'].item())`. As it is an array too, a loop over all names works.
 */
export function npz(arrays: Iterable<NamedArray> | AsyncIterable<NamedArray>, meta: ExportMeta): Promise<Blob> {
	return zipOf(filesOf(arrays, meta));
}

/** Each array is made when its turn comes. */
async function* filesOf(
	arrays: Iterable<NamedArray> | AsyncIterable<NamedArray>,
	meta: ExportMeta
): AsyncGenerator<Zipped> {
	for await (const { name, shape, data } of arrays) yield { name: `${name}.npy`, pieces: inChunks(npy(data, shape)) };
	yield { name: 'patchwork.npy', pieces: [npyText(JSON.stringify(meta, null, 2))] };
}

/** Bytes that the archive takes at a time, each copied on its way. */
const CHUNK = 2 ** 22;

function* inChunks(file: Uint8Array): Generator<Uint8Array> {
	for (let start = 0; start < file.length; start += CHUNK) yield file.subarray(start, start + CHUNK);
}
