import type { Attributes } from '../figure';

/**
 * Reads a step's attributes one by one, and in the end refuses those that nobody asked for. All its errors name the
 * attribute; they fail the build.
 */
export class AttributeReader {
	readonly #left: Map<string, string>;

	constructor(attributes: Attributes) {
		this.#left = new Map(Object.entries(attributes));
	}

	/** One of a few words. */
	oneOf<T extends string>(name: string, words: readonly T[], fallback: T): T {
		const text = this.#take(name);
		if (text === undefined) return fallback;
		const word = words.find((candidate) => candidate === text);
		if (word === undefined) throw new Error(`'${name}' must be one of ${words.join(', ')}, and is '${text}'.`);
		return word;
	}

	/** A whole number from 0 up. */
	whole<F extends number | null>(name: string, fallback: F): number | F {
		const text = this.#take(name);
		if (text === undefined) return fallback;
		if (!/^\d+$/.test(text)) throw new Error(`'${name}' must be a whole number, and is '${text}'.`);
		return Number(text);
	}

	/** A whole number from 0 up, or a word in place of one, which is also what stands where nothing is said. */
	wholeOr<T extends string>(name: string, word: T): number | T {
		const text = this.#take(name) ?? word;
		if (text === word) return word;
		if (!/^\d+$/.test(text)) throw new Error(`'${name}' must be ${word} or a whole number, and is '${text}'.`);
		return Number(text);
	}

	/** A block or head counted from 0, or `last`, which is larger than any: clamp it to the model's own number. */
	index(name: string, fallback: number): number {
		if (this.#left.get(name) !== 'last') return this.whole(name, fallback);
		this.#left.delete(name);
		return LAST;
	}

	/** `on` or `off`. */
	flag(name: string, fallback: boolean): boolean {
		return this.oneOf(name, ['on', 'off'], fallback ? 'on' : 'off') === 'on';
	}

	/** Any text. */
	text(name: string, fallback: string): string {
		return this.#take(name) ?? fallback;
	}

	/** @throws Error when an attribute was given that the figure does not know */
	end(): void {
		const [unknown] = this.#left.keys();
		if (unknown !== undefined) throw new Error(`'${unknown}' is not an attribute of this figure.`);
	}

	#take(name: string): string | undefined {
		const text = this.#left.get(name);
		this.#left.delete(name);
		return text;
	}
}

/** Stands for the last block or head of whichever model runs. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Brings an index into a model that has `count` of the thing. */
export { clampIndex } from '../../marks/cursor';
