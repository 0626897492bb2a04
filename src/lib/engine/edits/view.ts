import { PatchworkError } from '../../base/errors';
import type { Anatomy } from '../family';
import type { TapSpec } from '../tap';
import type { Indices, Part, Tokens } from './edit';
import type { Mask } from './planned';
import { chosenTokens, tokenAxes, type Sequence, type TokenAxis, type Tops } from './tokens';

/** @param number the edit's place in the list, from 1 */
export function refuse(number: number, why: string): PatchworkError {
	return new PatchworkError('request', `Edit ${number} cannot be carried out: ${why}.`);
}

/** Whether a number of a tap is meant, by its place along any axis. */
type Test = (at: (axis: number) => number) => boolean;

/** Axes whose places are those of the tokens, one after the other; of a pattern, those of its rows. */
const ROWS = ['token', 'patch', 'query', 'place'];

/** A tap as one edit sees it: chooses the part that is meant. Every method throws PatchworkError where there is none. */
export class View {
	readonly axes: readonly TokenAxis[];

	constructor(
		readonly anatomy: Anatomy,
		readonly spec: TapSpec,
		sequence: Sequence,
		readonly number: number,
		private readonly tops: Tops
	) {
		this.axes = tokenAxes(anatomy, spec, sequence);
	}

	/** How many numbers the tap has. */
	get size(): number {
		return this.spec.shape.reduce((a, b) => a * b, 1);
	}

	refuse(why: string): PatchworkError {
		return refuse(this.number, why);
	}

	/** @throws PatchworkError where this is a parameter */
	needsTap(why: string): void {
		if (this.spec.name.startsWith('parameters.')) throw this.refuse(`"${this.spec.name}": ${why}`);
	}

	/** 1 where the part is; null where it is all. */
	mask({ head, tokens, queries, keys, channels }: Part): Mask {
		const tests = [
			...(head === undefined ? [] : [this.#inHeads(head)]),
			...(channels === undefined ? [] : [this.#inChannels(channels)]),
			...(tokens === undefined ? [] : [this.#inTokens(tokens, 'tokens', ROWS)]),
			...(queries === undefined ? [] : [this.#inTokens(queries, 'queries', ['query'])]),
			...(keys === undefined ? [] : [this.#inTokens(keys, 'keys', ['key'])])
		];
		return tests.length === 0 ? null : this.#maskOf((at) => tests.every((test) => test(at)));
	}

	#maskOf(test: Test): Uint8Array {
		const { shape } = this.spec;
		const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
		let element = 0;
		const at = (axis: number) => Math.floor(element / (strides[axis] ?? 1)) % (shape[axis] ?? 1);
		// A loop, because `from` takes several times as long, and a pattern has many elements.
		const mask = new Uint8Array(this.size);
		for (; element < mask.length; element++) mask[element] = Number(test(at));
		return mask;
	}

	#inHeads(head: Indices): Test {
		const axis = this.headAxis();
		const wanted = new Set(this.#indices(head, this.spec.shape[axis] ?? 0, 'heads'));
		return (at) => wanted.has(at(axis));
	}

	#inChannels(channels: Indices): Test {
		const { axis, each } = this.#channelAxis();
		const wanted = new Set(this.#indices(channels, (this.spec.shape[axis] ?? 0) / each, 'channels'));
		return (at) => wanted.has(Math.floor(at(axis) / each));
	}

	#inTokens(choice: Tokens, key: string, names: readonly string[]): Test {
		const axis = this.axisOf(names);
		if (!axis) throw this.refuse(this.#lacks(`${key} to choose from`));
		const { windows, length, tokens } = axis;
		const wanted = new Set(this.present(choice, axis, key));
		return (at) => wanted.has(tokens[(windows === null ? 0 : at(windows) * length) + at(axis.axis)] ?? -1);
	}

	#indices(indices: Indices, count: number, names: string): readonly number[] {
		const list = typeof indices === 'number' ? [indices] : indices;
		const beyond = list.find((index) => index >= count);
		if (beyond === undefined) return list;
		throw this.refuse(`"${this.spec.name}" has the ${names} 0 to ${count - 1}, and no ${beyond}`);
	}

	/** The tokens of an axis that are meant. @throws PatchworkError where one is meant that is not there */
	present(choice: Tokens, { tokens }: TokenAxis, key: string): number[] {
		const { anatomy, spec } = this;
		const chosen = chosenTokens(anatomy, choice, anatomy.gridAt(spec.name), this.tops);
		const words = JSON.stringify(choice);
		if (!chosen) throw this.refuse(`"${key}": ${words} names a token that this model does not have here`);
		const there = new Set(tokens);
		// What is named by its kind stands for those that are left, and, at the patches, for the patches among them.
		const left = chosen.filter((token) => there.has(token));
		const named = Array.isArray(choice) ? choice : [choice];
		const gone = named.find((one) => typeof one === 'number' && !there.has(one));
		if (gone !== undefined || left.length === 0)
			throw this.refuse(`"${key}": ${words} names a token that "${spec.name}" does not have, or that was taken out`);
		return left;
	}

	/** The first axis of tokens that has one of these names. */
	axisOf(names: readonly string[]): TokenAxis | undefined {
		return this.axes.find(({ axis }) => names.includes(this.spec.axes[axis] ?? ''));
	}

	/** The axis of the heads. */
	headAxis(): number {
		const axis = this.spec.axes.indexOf('head');
		if (axis < 0) throw this.refuse(this.#lacks('heads'));
		return axis;
	}

	/** The axis of the tokens, outside windows. @param what cannot be done otherwise */
	tokenAxis(what: string): TokenAxis {
		const axis = this.axisOf(['token', 'patch']);
		if (axis && axis.windows === null) return axis;
		throw this.refuse(`the tokens of "${this.spec.name}" cannot be ${what}: choose a tap that has one row a token`);
	}

	/** The axes that a mean over the tokens goes over: in windows, theirs as well. */
	meanAxes(): number[] {
		const axis = this.axisOf(ROWS);
		if (!axis) throw this.refuse(this.#lacks('tokens to take the mean of'));
		return axis.windows === null ? [axis.axis] : [axis.windows, axis.axis];
	}

	/** The axis of the channels, and how many numbers of it are one channel. */
	#channelAxis(): { axis: number; each: number } {
		const { axes, name } = this.spec;
		if (name === 'pixel_values') {
			const raw = axes.indexOf('channel');
			return raw >= 0 ? { axis: raw, each: 1 } : { axis: axes.length - 1, each: this.anatomy.patchSize ** 2 };
		}
		const last = axes.length - 1;
		if (this.axes.some(({ axis }) => axis === last) || axes[last] === 'column')
			throw this.refuse(this.#lacks('channels to choose from'));
		return { axis: last, each: 1 };
	}

	#lacks(what: string): string {
		return `"${this.spec.name}" has no ${what} (its axes: ${this.spec.axes.join(', ')})`;
	}
}
