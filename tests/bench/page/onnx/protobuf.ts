/*
 * As much of protocol buffers' wire format as an ONNX file needs
 * (https://protobuf.dev/programming-guides/encoding): numbers, floats, bytes and nested messages.
 */

const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

/** A message under construction. Large byte arrays are kept as they are until the whole is put together. */
export class Message {
	readonly #chunks: Uint8Array[] = [];
	#length = 0;

	/** @param value a whole number, not negative */
	number(field: number, value: number): this {
		return this.#tag(field, VARINT).#append(varint(value));
	}

	float(field: number, value: number): this {
		return this.#tag(field, FIXED32).#append(new Uint8Array(Float32Array.of(value).buffer));
	}

	text(field: number, value: string): this {
		return this.bytes(field, new TextEncoder().encode(value));
	}

	bytes(field: number, value: Uint8Array): this {
		return this.#tag(field, BYTES).#append(varint(value.length)).#append(value);
	}

	message(field: number, value: Message): this {
		this.#tag(field, BYTES).#append(varint(value.#length));
		for (const chunk of value.#chunks) this.#append(chunk);
		return this;
	}

	/** The encoded message. */
	encode(): Uint8Array {
		const all = new Uint8Array(this.#length);
		let at = 0;
		for (const chunk of this.#chunks) {
			all.set(chunk, at);
			at += chunk.length;
		}
		return all;
	}

	#tag(field: number, wireType: number): this {
		return this.#append(varint(field * 8 + wireType));
	}

	#append(bytes: Uint8Array): this {
		this.#chunks.push(bytes);
		this.#length += bytes.length;
		return this;
	}
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	let rest = value;
	do {
		const low = rest % 128;
		rest = Math.floor(rest / 128);
		bytes.push(rest > 0 ? low + 128 : low);
	} while (rest > 0);
	return Uint8Array.from(bytes);
}
