import * as tf from '@tensorflow/tfjs-core';
import { PatchworkError } from '../base/errors';
import { checkIsConstant } from './edits/gradient';
import { KeptTaps, QKV } from './kept';
import { RELEVANCE } from './relevance';
import { RelevanceRow, type HeadsSeen } from './relevance-row';
import type { TapData, TapSpec } from './tap';
import type { Trace } from './trace';

/** One place of a map: the token's row at a tap, of which the sum over all features is followed back. */
export interface MapPlace {
	/** The tap's name. */
	readonly from: string;
	/** Counted from 0 in the whole sequence or, row by row, in the map. */
	readonly token: number;
}

/**
 * The gradients of one number of a finished run with respect to its taps: what a way back through the steps reads of the
 * run, and the door through which every gradient passes, as every intermediate passed through the trace. It owns the
 * gradients that were asked for; the trace stays its owner's.
 */
export class Gradients {
	readonly #trace: Trace;
	readonly #asked: ReadonlySet<string>;
	readonly #kept = new KeptTaps();
	/** Where the number stands that is followed, as long as the pass has not come to it. */
	#start: MapPlace | null;
	/** Null where nobody asked for it, and on a way back from a place. */
	readonly relevance: RelevanceRow | null;

	/**
	 * @param asked the taps whose gradients stay, all others go with the pass; and {@link RELEVANCE}, if that is asked for
	 * @param start where the number stands; without it, at the end. What comes after it in the run does not count
	 */
	constructor(trace: Trace, asked: Iterable<string>, start: MapPlace | null = null) {
		this.#trace = trace;
		this.#asked = new Set(asked);
		this.#start = start;
		this.relevance = start === null && this.#asked.has(RELEVANCE) ? new RelevanceRow() : null;
	}

	/** The tap at which the pass has yet to begin; null where it has. */
	get start(): string | null {
		return this.#start?.from ?? null;
	}

	/** Asked for, and not there yet. */
	get missing(): string[] {
		return [...this.#asked].filter((name) => !this.#kept.get(name));
	}

	/** Whether all that was asked for is there, so that there is no need to go on. */
	get areThere(): boolean {
		return this.missing.length === 0;
	}

	/**
	 * Notes the gradient with respect to a tap as the run has it, and hands on that with respect to what the run's edits
	 * made it of.
	 * @throws PatchworkError `request` for an edit that a gradient cannot be followed through
	 */
	tap<T extends tf.Tensor>(name: string, gradient: T): T {
		const own = this.#start?.from === name ? this.#begin(this.#start, gradient) : gradient;
		this.#note(name, own, null);
		return this.#trace.beforeEdits(name, own, null);
	}

	/** The same for a tap whose heads the pass has side by side. @param gradient (n, d) */
	tapHeads(name: string, gradient: tf.Tensor2D): tf.Tensor2D {
		this.#note(name, gradient, 0);
		return this.#trace.beforeEdits(name, gradient, 0);
	}

	/** The same for a block's `query`, `key` and `value`. @param gradient (n, 3 d) */
	tapQkv(block: string, gradient: tf.Tensor2D): tf.Tensor2D {
		const names = QKV.map((name) => `${block}.${name}`);
		for (const [part, name] of names.entries()) this.#note(name, gradient, part);
		return names.reduce((before, name, part) => this.#trace.beforeEdits(name, before, part), gradient);
	}

	/** Says that a parameter of the embedding does not depend on any tap. @throws PatchworkError `request` where an edit made it */
	constant(name: string): void {
		checkIsConstant(this.#trace.plan?.taps.get(name)?.edits ?? [], name);
	}

	/** A tap as the pass went on with it; `query`, `key` and `value` are one tensor, (n, 3 d). @throws PatchworkError `request` */
	value<T extends tf.Tensor>(name: string): T {
		const value = this.#trace.handedOn(name);
		if (value) return value as tf.Tensor as T;
		throw new PatchworkError(
			'request',
			`This run did not keep "${name}", which its gradients need: run the photo again and keep all taps.`
		);
	}

	/** A tap as the pass made it, before any edit changed it. @param make makes it once more, where one has */
	made<T extends tf.Tensor>(name: string, make: () => T): T {
		return this.#trace.changes(name) ? make() : this.value<T>(name);
	}

	/** See {@link Trace.tokensAt}. */
	tokensAt(name: string): readonly number[] | null {
		return this.#trace.tokensAt(name);
	}

	/** What a softmax made of scores, before an edit changed it. */
	shares<T extends tf.Tensor>(block: string, softmax: (scores: T) => T): T {
		return this.made(`${block}.attn.pattern`, () => softmax(this.value<T>(`${block}.attn.scores`)));
	}

	/**
	 * Whether a step can be gone back through without its pattern and scores ever being there at once: they are large, nothing
	 * changed them, and nobody asked for their gradients. To be asked before anything of the step is read.
	 * @param block e.g. `blocks.3`
	 */
	doesWithoutPatterns(block: string): boolean {
		const names = ['scores', 'pattern'].map((tap) => `${block}.attn.${tap}`);
		return !names.some((name) => this.#asked.has(name)) && this.#trace.doesWithout(names);
	}

	/** Shows some heads of a block's pattern, or all, to whoever asked for relevance. @param block e.g. `blocks.3` */
	see(block: string, seen: HeadsSeen): void {
		this.relevance?.follow(block, seen, this.tokensAt(`${block}.attn.pattern`));
	}

	/** Says that the pass has come back through all blocks: what comes before them has no patterns. */
	endBlocks(): void {
		const row = this.relevance?.take();
		if (row) this.#kept.note(RELEVANCE, row, null);
	}

	/** Disposes a gradient that the pass no longer needs, unless it was asked for. */
	release(gradient: tf.Tensor): void {
		if (!this.#kept.holds(gradient)) gradient.dispose();
	}

	/**
	 * The gradient with respect to a tap: a copy, shaped as the tap, the caller's. Relevance is (1, tokens), 0 for a token
	 * that was taken out of the run.
	 * @throws PatchworkError `request` for one that was not asked for
	 */
	async read(name: string): Promise<TapData> {
		const kept = this.#kept.get(name);
		const spec = kept && (name === RELEVANCE ? relevanceSpec(kept.tensor) : this.#trace.listed(name));
		if (spec) return this.#kept.read(spec);
		throw new PatchworkError('request', `The gradient with respect to '${name}' was not asked for.`);
	}

	dispose(): void {
		this.#kept.dispose();
		this.relevance?.dispose();
	}

	/** 1 for every feature of the token, and 0 elsewhere. @param like (n, d) */
	#begin<T extends tf.Tensor>({ from, token }: MapPlace, like: T): T {
		this.#start = null;
		const features = like.shape.at(-1) ?? 1;
		const row = this.tokensAt(from)?.indexOf(token) ?? token;
		const values = new Float32Array(like.size).fill(1, row * features, (row + 1) * features);
		return tf.tensor(values, like.shape) as T;
	}

	#note(name: string, gradient: tf.Tensor, part: number | null): void {
		if (this.#start === null && this.#asked.has(name)) this.#kept.note(name, gradient, part);
	}
}

const relevanceSpec = ({ shape }: tf.Tensor): TapSpec => ({ name: RELEVANCE, shape, axes: ['batch', 'token'] });
