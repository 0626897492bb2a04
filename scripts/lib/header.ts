import { open } from 'node:fs/promises';
import { PatchworkError } from '../../src/lib/errors';
import { isRecord } from '../../src/lib/models/json';

/** A header longer than this is no header: the format's own limit (https://github.com/huggingface/safetensors). */
const LONGEST = 100_000_000;

/**
 * Check that a safetensors file's tensors cover its data exactly, by reading its header alone.
 * @throws PatchworkError `checkpoint`.
 */
export async function checkSafetensors(path: string): Promise<void> {
	const file = await open(path);
	try {
		const { size } = await file.stat();
		const { buffer: prefix } = await file.read(Buffer.alloc(8), 0, 8, 0);
		const length = Number(prefix.readBigUInt64LE());
		if (size < 8 || length > Math.min(size - 8, LONGEST)) throw broken(path, 'it ends before its header does');
		const { buffer: header } = await file.read(Buffer.alloc(length), 0, length, 8);
		checkCover(path, header.toString('utf8'), size - 8 - length);
	} finally {
		await file.close();
	}
}

/** @param bytes size of the data after the header. */
function checkCover(path: string, header: string, bytes: number): void {
	const ranges = parseRanges(header);
	if (ranges === null) throw broken(path, 'its header cannot be read');
	let end = 0;
	for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
		if (from !== end || to < from) throw broken(path, 'its tensors overlap or leave gaps');
		end = to;
	}
	if (end !== bytes) throw broken(path, `its tensors end at byte ${end} of ${bytes}`);
}

/** First byte and the byte after the last of each tensor; null if the header is malformed. */
function parseRanges(header: string): [number, number][] | null {
	try {
		const entries = Object.entries(JSON.parse(header) as Record<string, unknown>);
		const tensors = entries.filter(([name]) => name !== '__metadata__');
		const ranges = tensors.map(([, tensor]) => (isRecord(tensor) ? tensor['data_offsets'] : null));
		return ranges.every(isRange) ? ranges : null;
	} catch {
		return null;
	}
}

function isRange(value: unknown): value is [number, number] {
	return Array.isArray(value) && value.length === 2 && value.every((offset) => Number.isSafeInteger(offset));
}

function broken(path: string, why: string): PatchworkError {
	return new PatchworkError('checkpoint', `${path} is not a whole safetensors file: ${why}. Fetch it again.`);
}
