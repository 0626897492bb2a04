import type { ByteSource } from '../engine/checkpoint/bytes';
import { headerEnd, readSafetensors } from '../engine/checkpoint/safetensors';
import type { TensorEntry } from '../engine/checkpoint/table';

/** A file whose beginning can be read. */
export interface Readable {
	readonly name: string;
	readonly bytes: number;
	/** The first so many bytes, or all of them if there are fewer. */
	start(length: number): Promise<ArrayBuffer>;
}

/** What the table of a checkpoint says, and nothing of what its tensors hold. */
export type WeightsTable = ReadonlyMap<string, TensorEntry>;

/**
 * The names, formats and shapes of all tensors, from the tables at the start of their files.
 * @throws PatchworkError `checkpoint` for a file that is not safetensors
 */
export async function readTable(parts: readonly Readable[]): Promise<WeightsTable> {
	const table = new Map<string, TensorEntry>();
	for (const part of parts) {
		for (const [name, { dtype, shape }] of readSafetensors(await headerOf(part)))
			table.set(name, { name, dtype, shape });
	}
	return table;
}

/** Most tables are shorter than this many bytes, so that one request is enough. */
const GUESS = 64 * 1024;

async function headerOf(part: Readable): Promise<ByteSource> {
	const source = startOf(part, await part.start(GUESS));
	const end = headerEnd(source);
	return end <= GUESS ? source : startOf(part, await part.start(end));
}

/** A file of which only the beginning is here: the table is in it, and no tensor is asked for. */
function startOf({ bytes }: Readable, start: ArrayBuffer): ByteSource {
	return { size: bytes, read: (from, to) => new Uint8Array(start, from, to - from) };
}
