/** SHA-256 (FIPS 180-4), fed piece by piece: the browser's own takes a file only as a whole, all of it in memory. */
export class Sha256 {
	readonly #state = new Int32Array(INITIAL);
	/** A block's sixteen words, expanded to sixty-four. */
	readonly #words = new Int32Array(64);
	readonly #rest = new Uint8Array(64);
	#held = 0;
	#length = 0;

	update(data: Uint8Array): this {
		this.#length += data.length;
		let at = 0;
		if (this.#held > 0) {
			at = Math.min(64 - this.#held, data.length);
			this.#rest.set(data.subarray(0, at), this.#held);
			this.#held += at;
			if (this.#held < 64) return this;
			this.#block(this.#rest, 0);
		}
		for (; at + 64 <= data.length; at += 64) this.#block(data, at);
		this.#rest.set(data.subarray(at));
		this.#held = data.length - at;
		return this;
	}

	/** The digest of all that was fed, in hexadecimal. Feed nothing after it. */
	hex(): string {
		const bits = BigInt(this.#length) * 8n;
		const padding = new Uint8Array((this.#held < 56 ? 56 : 120) - this.#held + 8);
		padding[0] = 0x80;
		new DataView(padding.buffer).setBigUint64(padding.length - 8, bits);
		this.update(padding);
		return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
	}

	#block(data: Uint8Array, at: number): void {
		const w = this.#words;
		const view = new DataView(data.buffer, data.byteOffset + at, 64);
		for (let i = 0; i < 16; i++) w[i] = view.getInt32(4 * i);
		for (let i = 16; i < 64; i++) {
			const x = w[i - 15] ?? 0;
			const y = w[i - 2] ?? 0;
			const low = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
			const high = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
			w[i] = (w[i - 16] ?? 0) + low + (w[i - 7] ?? 0) + high;
		}
		this.#rounds(w);
	}

	/** Plain variables rather than an array that is shifted: this is a hundred million steps for a large checkpoint. */
	#rounds(w: Int32Array): void {
		const state = this.#state;
		let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
		for (let i = 0; i < 64; i++) {
			const choice = (e & f) ^ (~e & g);
			const majority = (a & b) ^ (a & c) ^ (b & c);
			const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
			const one = (h + mixed + choice + (ROUND[i] ?? 0) + (w[i] ?? 0)) | 0;
			const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority;
			h = g;
			g = f;
			f = e;
			e = (d + one) | 0;
			d = c;
			c = b;
			b = a;
			a = (one + two) | 0;
		}
		const sums = [a, b, c, d, e, f, g, h];
		for (let i = 0; i < 8; i++) state[i] = (state[i] ?? 0) + (sums[i] ?? 0);
	}
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const PRIMES = firstPrimes(64);
/** The first 32 bits of the fractional parts of the square roots of the first 8 primes... */
const INITIAL = PRIMES.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)));
/** ...and of the cube roots of the first 64. */
const ROUND = Int32Array.from(PRIMES, (prime) => fractionBits(Math.cbrt(prime)));

function fractionBits(root: number): number {
	return ((root % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
	const primes: number[] = [];
	for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
	return primes;
}
