/*
 * A WebAssembly module says whether the memory that it has, or is lent, may be looked at by several threads. The code is
 * the same either way (WebAssembly threads proposal, "Shared Linear Memory": plain loads and stores are allowed), so the
 * builds that run on one thread become those that run on many by a change of what they declare.
 */

const [IMPORTS, MEMORIES] = [2, 5];
const IS_MEMORY = 2;
/** Of a memory's limits: that a largest size follows the smallest, and that the memory is shared. */
const [HAS_LARGEST, IS_SHARED] = [1, 2];
/** Pages of 64 KiB in 4 GiB, which is all that an address of 32 bits reaches. */
export const MOST_PAGES = 65_536;
const HEADER_BYTES = 8;

/**
 * The same module with every memory that it imports or declares shared.
 * @param mostPages the largest size that one may have, of 64 KiB each; a module that says less keeps to that
 * @throws Error for a module that imports anything of a kind not known here
 */
export function withSharedMemory(module: Uint8Array, mostPages = MOST_PAGES): Uint8Array<ArrayBuffer> {
	const reader = new Reader(module);

	const parts = [module.subarray(0, HEADER_BYTES)];
	reader.at = HEADER_BYTES;
	while (reader.at < module.length) {
		const start = reader.at;
		const id = reader.byte();
		const end = reader.number() + reader.at;
		if (id === IMPORTS || id === MEMORIES) {
			const body = id === IMPORTS ? imports(reader, mostPages) : memories(reader, mostPages);
			parts.push(Uint8Array.from([id, ...leb(body.length), ...body]));
		} else parts.push(module.subarray(start, end));
		reader.at = end;
	}
	return joined(parts);
}

/** Reads a module's bytes one after the other. */
class Reader {
	at = 0;
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	byte(): number {
		const byte = this.#bytes[this.at++];
		if (byte === undefined) throw new Error('A WebAssembly module ends too early.');
		return byte;
	}

	/** An unsigned LEB128. */
	number(): number {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = this.byte();
			value += (byte & 127) * 2 ** shift;
			if (byte < 128) return value;
		}
	}

	/** What lies between `start` and here. */
	since(start: number): Uint8Array {
		return this.#bytes.subarray(start, this.at);
	}

	/** Past a name, which begins with its length. */
	skipName(): void {
		const length = this.number();
		this.at += length;
	}
}

function imports(reader: Reader, mostPages: number): number[] {
	const count = reader.number();
	const body = leb(count);
	for (let i = 0; i < count; i++) {
		const start = reader.at;
		reader.skipName();
		reader.skipName();
		const kind = reader.byte();
		if (kind !== IS_MEMORY) skipDescription(reader, kind);
		body.push(...reader.since(start));
		if (kind === IS_MEMORY) body.push(...sharedLimits(reader, mostPages));
	}
	return body;
}

/** Past the type of a function or a global, or the limits of a table. */
function skipDescription(reader: Reader, kind: number): void {
	const [FUNCTION, TABLE, GLOBAL] = [0, 1, 3];
	if (kind === FUNCTION) reader.number();
	else if (kind === GLOBAL) reader.at += 2;
	else if (kind === TABLE) {
		reader.byte();
		const flags = reader.byte();
		reader.number();
		if (flags & HAS_LARGEST) reader.number();
	} else throw new Error(`A WebAssembly module imports something of kind ${kind}.`);
}

function memories(reader: Reader, mostPages: number): number[] {
	const count = reader.number();
	const body = leb(count);
	for (let i = 0; i < count; i++) body.push(...sharedLimits(reader, mostPages));
	return body;
}

function sharedLimits(reader: Reader, mostPages: number): number[] {
	const flags = reader.byte();
	const least = reader.number();
	const largest = Math.min(flags & HAS_LARGEST ? reader.number() : MOST_PAGES, mostPages);
	return [HAS_LARGEST | IS_SHARED, ...leb(least), ...leb(largest)];
}

/** A whole number as an unsigned LEB128. */
function leb(value: number): number[] {
	const bytes: number[] = [];
	for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
	return [...bytes, value];
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
