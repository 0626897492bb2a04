import type { NamedArray } from '../views/family';
import type { ExportMeta } from './attention';
import { nextTask } from '../base/next-task';

/** Values written between two pauses: some 20 ms of work. */
const CHUNK = 16_384;

/**
 * The pieces of one JSON document: `{...meta, arrays: {name: {shape, axes, data}}}`, the data flat and row-major. Nine
 * significant digits bring every float32 back exactly.
 */
export async function* jsonPieces(
	arrays: Iterable<NamedArray> | AsyncIterable<NamedArray>,
	meta: ExportMeta
): AsyncGenerator<string> {
	yield `${JSON.stringify(meta).slice(0, -1)},"arrays":{`;
	let first = true;
	for await (const { name, shape, axes, data } of arrays) {
		yield `${first ? '' : ','}\n${JSON.stringify(name)}:{"shape":${JSON.stringify(shape)},"axes":${JSON.stringify(axes)},"data":[`;
		yield* numbers(data);
		yield ']}';
		first = false;
	}
	yield '}}\n';
}

function* numbers(data: Float32Array): Generator<string> {
	for (let start = 0; start < data.length; start += CHUNK) {
		const chunk = Array.from(data.subarray(start, start + CHUNK), (value) => Number(value.toPrecision(9)));
		yield (start === 0 ? '' : ',') + JSON.stringify(chunk).slice(1, -1);
	}
}

/** {@link jsonPieces} as a file, made with pauses so that the page stays responsive. */
export async function json(arrays: Iterable<NamedArray> | AsyncIterable<NamedArray>, meta: ExportMeta): Promise<Blob> {
	const parts: BlobPart[] = [];
	for await (const piece of jsonPieces(arrays, meta)) {
		// What is done is left to the browser to keep.
		parts.push(new Blob([piece]));
		if (piece.length > CHUNK) await nextTask();
	}
	return new Blob(parts, { type: 'application/json' });
}
