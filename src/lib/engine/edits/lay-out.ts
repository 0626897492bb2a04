import type { EditTo, Part, Source } from './edit';
import type { Mask, MeanOf, Numbers, Planned } from './planned';
import type { View } from './view';

/*
 * What an edit does, laid out over the tap that it sees. Every function throws PatchworkError where the tap has no such
 * part, or what is asked for does not fit it.
 */

/** The numbers of a `set` or an `add`. */
export function numbersOver(view: View, part: Part, given: number | readonly number[]): Numbers {
	if (typeof given === 'number') return given;
	const { size, spec } = view;
	const mask = view.mask(part);
	const chosen = mask ? mask.reduce((sum, one) => sum + one, 0) : size;
	const perRow = numbersPerRow(mask, spec.shape.at(-1) ?? 1);
	if (given.length !== chosen && given.length !== perRow && given.length !== 1) {
		const rows = perRow === null ? '' : `or ${perRow} for each of its rows, `;
		throw view.refuse(
			`it gives ${given.length} numbers, and the part of "${spec.name}" takes ${chosen}, ${rows}or one`
		);
	}
	const values = new Float32Array(size);
	let next = 0;
	for (let i = 0; i < size; i++) {
		if (!mask || mask[i] === 1) values[i] = given[next++ % given.length] ?? 0;
	}
	return values;
}

/** A pattern whose chosen keys share each chosen query alike. */
export function uniform(view: View, { keys: chosen, ...rows }: Part): Planned {
	const keys = view.axisOf(['key']);
	if (!keys || view.spec.name.endsWith('.scores'))
		throw view.refuse(`"${view.spec.name}" is no pattern, so it cannot be uniform`);
	const wanted = view.mask(chosen === undefined ? {} : { keys: chosen });
	const values = new Float32Array(view.size);
	for (let row = 0; row < values.length; row += keys.length) {
		const count = wanted ? wanted.subarray(row, row + keys.length).reduce((sum, one) => sum + one, 0) : keys.length;
		for (let i = row; i < row + keys.length; i++) values[i] = !wanted || wanted[i] === 1 ? 1 / count : 0;
	}
	return { kind: 'values', mask: view.mask(rows), values };
}

/** Tokens in another order. */
export function permuted(view: View, { tokens = 'all', order }: EditTo<'permute'>): Planned {
	const axis = view.tokenAxis('reordered');
	const places = view.present(tokens, axis, 'tokens').map((token) => axis.tokens.indexOf(token));
	const known = new Set(order);
	if (order.length !== places.length || known.size !== places.length || order.some((i) => i >= places.length))
		throw view.refuse(`its order must name each of the ${places.length} chosen tokens once, counted from 0`);
	const taken = Array.from({ length: axis.length }, (_, i) => i);
	for (const [i, from] of order.entries()) taken[places[i] ?? 0] = places[from] ?? 0;
	return { kind: 'take', axis: axis.axis, places: taken };
}

/** Some tokens without the others. */
export function keeping(view: View, edit: EditTo<'keep'>): Planned {
	const axis = view.tokenAxis('taken out');
	return { kind: 'take', axis: axis.axis, places: keptTokens(view, edit).map((token) => axis.tokens.indexOf(token)) };
}

/** The tokens that stay, in their new order. */
export function keptTokens(view: View, { tokens }: EditTo<'keep'>): number[] {
	const { anatomy, spec } = view;
	if (!anatomy.shortens)
		throw view.refuse('this model needs the whole map of its tokens, so none of them can be taken out');
	if (spec.name !== 'embeddings' && !anatomy.blocks.some((block) => spec.name === `${block}.out`)) {
		throw view.refuse(
			`tokens can be taken out of the residual stream only, after the embedding or a block ("embeddings", "blocks.0.out"), not of "${spec.name}"`
		);
	}
	const kept = view.present(tokens ?? 'all', view.tokenAxis('taken out'), 'tokens');
	const before = anatomy.prefix.length;
	if (kept.length < before || kept.slice(0, before).some((token, i) => token !== i))
		throw view.refuse(`the ${before} tokens before the patches must stay, and come first`);
	if (kept.length === before) throw view.refuse('at least one patch has to stay');
	return kept;
}

/** The mean of a part over an axis. */
export function meanOver(view: View, part: Source, over: 'tokens' | 'heads'): Omit<MeanOf, 'tap'> {
	const { shape } = view.spec;
	const axes = over === 'heads' ? [view.headAxis()] : view.meanAxes();
	// What fills windows up is no token.
	const mask = view.mask(over === 'tokens' && axes.length > 1 ? { tokens: 'all', ...part } : part);
	const averaged = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
	return { shape, mask, axes, count: mask ? countPerCell(mask, shape, axes) : averaged };
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
