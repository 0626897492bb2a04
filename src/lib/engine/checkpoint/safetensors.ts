import { PatchworkError } from '../../base/errors';
import { isRecord } from '../../base/json';
import { memorySource, type ByteSource } from './bytes';
import { halvesToFloats } from './half';

/** The number formats that we read. */
const BYTES = { F32: 4, F16: 2, BF16: 2 } as const;
type DType = keyof typeof BYTES;

/** One tensor of a file: where it is, not yet what it holds. */
export interface StoredTensor {
	readonly name: string;
	readonly dtype: string;
	readonly shape: readonly number[];
	/** The raw bytes, read from the file whenever they are asked for, so that only one tensor's need be in memory. */
	readonly bytes: Uint8Array;
}

/** Headers of real checkpoints are some tens of kilobytes; the format's own limit is 100 MB. */
const MAX_HEADER = 100_000_000;

/** Names of tensors are said to the reader where something is the matter with one. */
const LONGEST_NAME = 300;

/** Whether we read numbers of this format. Not every name that an object answers to is one of ours: 'constructor' is none. */
export function isReadable(dtype: string): dtype is DType {
	return Object.hasOwn(BYTES, dtype);
}

function bad(what: string): PatchworkError {
	return new PatchworkError('checkpoint', `The weights file ${what}. Download it again, or choose another model.`);
}

/**
 * Reads the table of a safetensors file (https://github.com/huggingface/safetensors): 8 bytes of little-endian header
 * length, a JSON header, then the tensors' bytes, which must cover the rest exactly, without holes or overlaps.
 * @throws PatchworkError `checkpoint`, saying what is wrong, for any file that is not so
 */
export function readSafetensors(file: ArrayBuffer | ByteSource): Map<string, StoredTensor> {
	const source = file instanceof ArrayBuffer ? memorySource(file) : file;
	const dataStart = headerEnd(source);
	const header = parseHeader(source.read(8, dataStart));
	const dataLength = source.size - dataStart;
	const spans: { name: string; start: number; end: number }[] = [];
	const tensors = new Map<string, StoredTensor>();
	for (const [name, entry] of Object.entries(header)) {
		if (name === '__metadata__') continue;
		const { dtype, shape, start, end } = parseEntry(name, entry);
		if (end > dataLength) {
			throw bad(`is truncated: '${name}' should end at byte ${end} of the data, which has ${dataLength}`);
		}
		spans.push({ name, start, end });
		tensors.set(name, {
			name,
			dtype,
			shape,
			get bytes() {
				return source.read(dataStart + start, dataStart + end);
			}
		});
	}
	checkCover(spans, dataLength);
	return tensors;
}

/**
 * The tensors of a checkpoint: of one file, or of the several that large ones are cut into on the hub.
 * @throws PatchworkError `checkpoint`, also where two files hold a tensor of the same name
 */
export function readWeights(files: ArrayBuffer | readonly ByteSource[]): Map<string, StoredTensor> {
	if (files instanceof ArrayBuffer) return readSafetensors(files);
	const all = new Map<string, StoredTensor>();
	for (const file of files) {
		for (const [name, tensor] of readSafetensors(file)) {
			if (all.has(name)) throw bad(`holds '${name}' twice, in two of its parts`);
			all.set(name, tensor);
		}
	}
	return all;
}

/**
 * Where a file's header ends and its data begins, in bytes from the file's start.
 * @throws PatchworkError `checkpoint` where no header can be there
 */
export function headerEnd(source: ByteSource): number {
	if (source.size < 8) throw bad(`is only ${source.size} bytes long and has no header`);
	const { buffer, byteOffset } = source.read(0, 8);
	const headerLength = Number(new DataView(buffer, byteOffset, 8).getBigUint64(0, true));
	if (headerLength <= MAX_HEADER && 8 + headerLength <= source.size) return 8 + headerLength;
	throw bad(
		`says its header is ${headerLength} bytes long, but the file has ${source.size} (truncated, or not safetensors)`
	);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch (error) {
		throw new PatchworkError('checkpoint', bad('has a header that is not valid JSON').message, { cause: error });
	}
	if (!isRecord(header)) throw bad('has a header that is not a JSON object');
	return header;
}

function parseEntry(name: string, entry: unknown): { dtype: string; shape: number[]; start: number; end: number } {
	if (name.length > LONGEST_NAME) throw bad(`names a tensor with ${name.length} characters`);
	if (!isRecord(entry)) throw bad(`describes '${name}' by something that is not an object`);
	const { dtype, shape, data_offsets: offsets } = entry;
	if (typeof dtype !== 'string') throw bad(`names no number format for '${name}'`);
	if (!isSizes(shape)) throw bad(`gives '${name}' a shape that is not a list of sizes`);
	if (!isSizes(offsets) || offsets.length !== 2) throw bad(`gives '${name}' no valid byte range`);
	const [start = 0, end = 0] = offsets;
	if (end < start) throw bad(`gives '${name}' a byte range that ends before it starts`);
	const size = isReadable(dtype) ? BYTES[dtype] : undefined;
	const count = shape.reduce((product, side) => product * side, 1);
	if (size !== undefined && end - start !== count * size) {
		throw bad(
			`gives '${name}' ${end - start} bytes, but ${dtype} of shape [${shape.join(', ')}] takes ${count * size}`
		);
	}
	return { dtype, shape, start, end };
}

function checkCover(spans: { name: string; start: number; end: number }[], length: number): void {
	let covered = 0;
	let before = '';
	for (const { name, start, end } of spans.sort((a, b) => a.start - b.start || a.end - b.end)) {
		if (start < covered) throw bad(`lets '${name}' overlap '${before}'`);
		if (start > covered) throw bad(`has ${start - covered} bytes before '${name}' that belong to no tensor`);
		covered = end;
		before = name;
	}
	if (covered < length) throw bad(`has ${length - covered} bytes at its end that belong to no tensor`);
}

function isSizes(value: unknown): value is number[] {
	return Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

/**
 * The values of a stored tensor as float32: F32 as they are, F16 and BF16 widened exactly.
 * @throws PatchworkError `checkpoint` for another format
 */
export function toFloat32({ name, dtype, bytes }: StoredTensor): Float32Array {
	switch (dtype) {
		case 'F32':
			return new Float32Array(ownBuffer(bytes));
		case 'F16':
			return halvesToFloats(halvesOf({ bytes }));
		case 'BF16':
			return bfloatsToFloats(new Uint16Array(ownBuffer(bytes)));
		default:
			throw bad(`stores '${name}' as '${dtype.slice(0, 20)}', and we read F32, F16 and BF16`);
	}
}

/**
 * The values of an F16 tensor as they are stored, the bits of binary16 numbers: in the file's own memory, where they lie so
 * that they can be read there.
 */
export function halvesOf({ bytes }: Pick<StoredTensor, 'bytes'>): Uint16Array {
	const { buffer, byteOffset, length } = bytes;
	return byteOffset % 2 === 0 ? new Uint16Array(buffer, byteOffset, length / 2) : new Uint16Array(ownBuffer(bytes));
}

/** The bytes in a buffer without others: in a whole file, tensors need not start at a multiple of four bytes. */
function ownBuffer(bytes: Uint8Array): ArrayBufferLike {
	return bytes.length === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

/** bfloat16 is the upper half of a float32. */
function bfloatsToFloats(halves: Uint16Array): Float32Array {
	const bits = new Uint32Array(halves.length);
	for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] ?? 0) << 16;
	return new Float32Array(bits.buffer);
}

/** An array to write into a safetensors file: float32, or the bits of binary16 numbers. */
export interface TensorToWrite<Data extends Float32Array | Uint16Array = Float32Array> {
	readonly name: string;
	readonly shape: readonly number[];
	readonly data: Data;
}

/** A safetensors file holding the given tensors, in their order. */
export function writeSafetensors(
	tensors: readonly TensorToWrite<Float32Array | Uint16Array>[],
	metadata: Record<string, string> = {}
): Uint8Array {
	const parts = tensors.map(({ name, shape, data }) => {
		const dtype = data instanceof Uint16Array ? 'F16' : 'F32';
		return { name, shape, dtype, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
	});
	const head = safetensorsHead(
		parts.map(({ bytes, ...entry }) => ({ ...entry, length: bytes.length })),
		metadata
	);
	const file = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.length, head.length));
	file.set(head);
	let at = head.length;
	for (const { bytes } of parts) {
		file.set(bytes, at);
		at += bytes.length;
	}
	return file;
}

/**
 * The beginning of a safetensors file, up to where the tensors' bytes stand one after the other.
 * @param tensors in the order of their bytes @param tensors.length of these, in bytes
 */
export function safetensorsHead(
	tensors: readonly (Pick<StoredTensor, 'name' | 'dtype' | 'shape'> & { readonly length: number })[],
	metadata: Record<string, string>
): Uint8Array<ArrayBuffer> {
	const header: Record<string, unknown> = { __metadata__: metadata };
	let offset = 0;
	for (const { name, dtype, shape, length } of tensors) {
		header[name] = { dtype, shape, data_offsets: [offset, (offset += length)] };
	}
	const json = new TextEncoder().encode(JSON.stringify(header));
	// The data starts at a multiple of 8 bytes, as the format asks of writers: the header is padded with spaces.
	const padded = Math.ceil(json.length / 8) * 8;
	const head = new Uint8Array(8 + padded).fill(0x20, 8);
	new DataView(head.buffer).setBigUint64(0, BigInt(padded), true);
	head.set(json, 8);
	return head;
}
