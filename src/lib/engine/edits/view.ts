import { PatchworkError } from '../../base/errors';
import { isViT, prefixTokens, type ModelConfig } from '../config';
import type { TapSpec } from '../taps';
import type { EditTo, Indices, Part, Source, Tokens } from './edit';
import type { Mask, MeanOf, Numbers, Planned } from './planned';
import { chosenTokens, gridAt, tokenAxes, type Sequence, type TokenAxis, type Tops } from './tokens';

/** @param number the edit's place in the list, from 1 */
export function refuse(number: number, why: string): PatchworkError {
	return new PatchworkError('request', `Edit ${number} cannot be carried out: ${why}.`);
}

/** A tap as one edit sees it. */
export class View {
	readonly #axes: readonly TokenAxis[];

	constructor(
		private readonly config: ModelConfig,
		readonly spec: TapSpec,
		sequence: Sequence,
		readonly number: number,
		private readonly tops: Tops
	) {
		this.#axes = tokenAxes(config, spec, sequence);
	}

	refuse(why: string): PatchworkError {
		return refuse(this.number, why);
	}

	/** @throws PatchworkError where this is a parameter */
	needsTap(why: string): void {
		if (this.spec.name.startsWith('weights.')) throw this.refuse(`"${this.spec.name}": ${why}`);
	}

	/** 1 where the part is; null where it is all. */
	mask({ head, tokens, queries, keys, channels }: Part): Mask {
		const tests: ((at: (axis: number) => number) => boolean)[] = [];
		const add = (axis: number, places: readonly number[]) => {
			const wanted = new Set(places);
			tests.push((at) => wanted.has(at(axis)));
		};
		if (head !== undefined) add(this.#headAxis(), this.#indices(head, this.#headAxis(), 'head'));
		if (channels !== undefined) this.#addChannels(channels, tests);
		for (const [axis, chosen] of this.#chosen({ tokens, queries, keys })) {
			const { windows, length, tokens: there } = axis;
			const wanted = new Set(chosen);
			tests.push((at) => wanted.has(there[(windows === null ? 0 : at(windows) * length) + at(axis.axis)] ?? -1));
		}
		if (tests.length === 0) return null;
		return this.#maskOf((at) => tests.every((test) => test(at)));
	}

	#maskOf(test: (at: (axis: number) => number) => boolean): Uint8Array {
		const { shape } = this.spec;
		const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
		const size = shape.reduce((a, b) => a * b, 1);
		let element = 0;
		const at = (axis: number) => Math.floor(element / (strides[axis] ?? 1)) % (shape[axis] ?? 1);
		return Uint8Array.from({ length: size }, (_, i) => {
			element = i;
			return Number(test(at));
		});
	}

	/** The tokens that are meant on each axis that has some. */
	#chosen({
		tokens,
		queries,
		keys
	}: {
		tokens?: Tokens | undefined;
		queries?: Tokens | undefined;
		keys?: Tokens | undefined;
	}): [TokenAxis, number[]][] {
		const asked: [Tokens | undefined, string, readonly string[]][] = [
			[tokens, 'tokens', ['token', 'patch', 'query', 'place']],
			[queries, 'queries', ['query']],
			[keys, 'keys', ['key']]
		];
		return asked.flatMap(([choice, key, names]): [TokenAxis, number[]][] => {
			if (choice === undefined) return [];
			const axis = this.#axes.find(({ axis }) => names.includes(this.spec.axes[axis] ?? ''));
			if (!axis)
				throw this.refuse(`"${this.spec.name}" has no ${key} to choose from (its axes: ${this.spec.axes.join(', ')})`);
			return [[axis, this.#present(choice, axis, key)]];
		});
	}

	/** @throws PatchworkError where a token is meant that is not there */
	#present(choice: Tokens, { tokens }: TokenAxis, key: string): number[] {
		const chosen = chosenTokens(this.config, choice, gridAt(this.config, this.spec), this.tops);
		const words = JSON.stringify(choice);
		if (!chosen) throw this.refuse(`"${key}": ${words} names a token that this model does not have here`);
		const there = new Set(tokens);
		// What is named by its kind stands for those that are left, and, at the patches, for the patches among them.
		const left = chosen.filter((token) => there.has(token));
		const named = Array.isArray(choice) ? choice : [choice];
		const numbers = named.filter((one) => typeof one === 'number');
		const gone = numbers.find((token) => !there.has(token));
		if (gone !== undefined || left.length === 0) {
			throw this.refuse(
				`"${key}": ${words} names a token that "${this.spec.name}" does not have, or that was taken out`
			);
		}
		return left;
	}

	#headAxis(): number {
		const axis = this.spec.axes.indexOf('head');
		if (axis < 0) throw this.refuse(`"${this.spec.name}" has no heads (its axes: ${this.spec.axes.join(', ')})`);
		return axis;
	}

	#indices(indices: Indices, axis: number, name: string): readonly number[] {
		const list = typeof indices === 'number' ? [indices] : indices;
		const count = this.spec.shape[axis] ?? 0;
		const beyond = list.find((index) => index >= count);
		if (beyond === undefined) return list;
		throw this.refuse(`"${this.spec.name}" has the ${name}s 0 to ${count - 1}, and no ${beyond}`);
	}

	/** The axis of the channels, and how many numbers of it are one channel. */
	#channelAxis(): { axis: number; each: number } {
		const { axes, name } = this.spec;
		if (name === 'pixel_values') {
			const raw = axes.indexOf('channel');
			return raw >= 0 ? { axis: raw, each: 1 } : { axis: axes.length - 1, each: this.config.patchSize ** 2 };
		}
		const last = axes.length - 1;
		if (this.#axes.some(({ axis }) => axis === last) || axes[last] === 'column') {
			throw this.refuse(`"${name}" has no channels to choose from (its axes: ${axes.join(', ')})`);
		}
		return { axis: last, each: 1 };
	}

	#addChannels(channels: Indices, tests: ((at: (axis: number) => number) => boolean)[]): void {
		const { axis, each } = this.#channelAxis();
		const list = typeof channels === 'number' ? [channels] : channels;
		const count = (this.spec.shape[axis] ?? 0) / each;
		const beyond = list.find((index) => index >= count);
		if (beyond !== undefined)
			throw this.refuse(`"${this.spec.name}" has the channels 0 to ${count - 1}, and no ${beyond}`);
		const wanted = new Set(list);
		tests.push((at) => wanted.has(Math.floor(at(axis) / each)));
	}

	/** The numbers of a `set` or an `add`, laid out over the tap. */
	numbers(part: Part, given: number | readonly number[]): Numbers {
		if (typeof given === 'number') return given;
		const { shape } = this.spec;
		const size = shape.reduce((a, b) => a * b, 1);
		const mask = this.mask(part);
		const chosen = mask ? mask.reduce((sum, one) => sum + one, 0) : size;
		const perRow = numbersPerRow(mask, shape.at(-1) ?? 1);
		if (given.length !== chosen && given.length !== perRow && given.length !== 1) {
			throw this.refuse(
				`it gives ${given.length} numbers, and the part of "${this.spec.name}" takes ${chosen}, ${perRow === null ? '' : `or ${perRow} for each of its rows, `}or one`
			);
		}
		const values = new Float32Array(size);
		let next = 0;
		for (let i = 0; i < size; i++) {
			if (!mask || mask[i] === 1) values[i] = given[next++ % given.length] ?? 0;
		}
		return values;
	}

	/** @throws PatchworkError where this is no pattern */
	uniform(part: Part): Planned {
		const keys = this.#axes.find(({ axis }) => this.spec.axes[axis] === 'key');
		if (!keys || this.spec.name.endsWith('.scores'))
			throw this.refuse(`"${this.spec.name}" is no pattern, so it cannot be uniform`);
		const { keys: chosenKeys, ...rows } = part;
		const wanted = this.mask(chosenKeys === undefined ? {} : { keys: chosenKeys });
		const size = this.spec.shape.reduce((a, b) => a * b, 1);
		const values = new Float32Array(size);
		for (let row = 0; row < size; row += keys.length) {
			const count = wanted ? wanted.subarray(row, row + keys.length).reduce((sum, one) => sum + one, 0) : keys.length;
			for (let i = row; i < row + keys.length; i++) values[i] = !wanted || wanted[i] === 1 ? 1 / count : 0;
		}
		return { kind: 'values', mask: this.mask(rows), values };
	}

	/** The axis of the tokens, outside windows. */
	#tokenAxis(what: string): TokenAxis {
		const axis = this.#axes.find(({ axis }) => ['token', 'patch'].includes(this.spec.axes[axis] ?? ''));
		if (axis && axis.windows === null) return axis;
		throw this.refuse(`the tokens of "${this.spec.name}" cannot be ${what}: choose a tap that has one row a token`);
	}

	permuted({ tokens = 'all', order }: EditTo<'permute'>): Planned {
		const axis = this.#tokenAxis('reordered');
		const places = this.#present(tokens, axis, 'tokens').map((token) => axis.tokens.indexOf(token));
		const known = new Set(order);
		if (order.length !== places.length || known.size !== places.length || order.some((i) => i >= places.length)) {
			throw this.refuse(`its order must name each of the ${places.length} chosen tokens once, counted from 0`);
		}
		const taken = Array.from({ length: axis.length }, (_, i) => i);
		for (const [i, from] of order.entries()) taken[places[i] ?? 0] = places[from] ?? 0;
		return { kind: 'take', axis: axis.axis, places: taken };
	}

	keeping(edit: EditTo<'keep'>): Planned {
		const axis = this.#tokenAxis('taken out');
		return { kind: 'take', axis: axis.axis, places: this.kept(edit).map((token) => axis.tokens.indexOf(token)) };
	}

	/** The tokens that stay. */
	kept({ tokens }: EditTo<'keep'>): number[] {
		const { config, spec } = this;
		if (!isViT(config)) throw this.refuse('windows need the whole map, so no token of this model can be taken out');
		if (spec.name !== 'embeddings' && !/^blocks\.\d+\.out$/.test(spec.name)) {
			throw this.refuse(
				`tokens can be taken out of the residual stream only, after the embedding or a block ("embeddings", "blocks.0.out"), not of "${spec.name}"`
			);
		}
		const kept = this.#present(tokens ?? 'all', this.#tokenAxis('taken out'), 'tokens');
		const prefix = prefixTokens(config);
		if (kept.slice(0, prefix).some((token, i) => token !== i) || kept.length < prefix) {
			throw this.refuse(`the ${prefix} tokens before the patches must stay, and come first`);
		}
		if (kept.length === prefix) throw this.refuse('at least one patch has to stay');
		return kept;
	}

	/** The mean of a part over an axis. */
	meanOf(part: Source, over: 'tokens' | 'heads'): Omit<MeanOf, 'tap'> {
		const { shape } = this.spec;
		const axes = over === 'heads' ? [this.#headAxis()] : this.#tokenMeanAxes();
		// What fills windows up is no token.
		const mask = this.mask(over === 'tokens' && axes.length > 1 ? { tokens: 'all', ...part } : part);
		const averaged = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
		return { shape, mask, axes, count: mask ? countPerCell(mask, shape, axes) : averaged };
	}

	#tokenMeanAxes(): number[] {
		const axis = this.#axes.find(({ axis }) =>
			['token', 'patch', 'query', 'place'].includes(this.spec.axes[axis] ?? '')
		);
		if (!axis)
			throw this.refuse(
				`"${this.spec.name}" has no tokens to take the mean of (its axes: ${this.spec.axes.join(', ')})`
			);
		return axis.windows === null ? [axis.axis] : [axis.windows, axis.axis];
	}
}

/** How many numbers of the last axis are chosen wherever some are; null where that differs from row to row. */
function numbersPerRow(mask: Mask, length: number): number | null {
	if (!mask) return length;
	const counts = new Set<number>();
	for (let row = 0; row < mask.length; row += length) {
		counts.add(mask.subarray(row, row + length).reduce((sum, one) => sum + one, 0));
	}
	counts.delete(0);
	const [first] = counts;
	return counts.size === 1 ? (first ?? null) : null;
}

/** How many chosen numbers each mean is of: the same in all cells, but for those that have none at all. */
function countPerCell(mask: Uint8Array, shape: readonly number[], axes: readonly number[]): number {
	const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
	const counts = new Map<number, number>();
	for (const [i, one] of mask.entries()) {
		if (one === 0) continue;
		const cell = axes.reduce((at, axis) => {
			const stride = strides[axis] ?? 1;
			return at - (Math.floor(i / stride) % (shape[axis] ?? 1)) * stride;
		}, i);
		counts.set(cell, (counts.get(cell) ?? 0) + 1);
	}
	for (const count of counts.values()) return count;
	return 1;
}
