/** Something wrong in the prose. The message is one sentence that names file and line, made for the author. */
export class ContentError extends Error {
	override readonly name = 'ContentError';
}

/** A place in a file, as parsed nodes carry it. */
export interface Placed {
	readonly position?: { readonly start: { readonly line: number } } | undefined;
}

/**
 * The error for a fault in the prose.
 * @param at the line, counted from 1, or the node that is at fault
 * @param sentence says what is wrong, without a full stop at its end
 */
export function fault(file: string, at: number | Placed, sentence: string): ContentError {
	const line = typeof at === 'number' ? at : (at.position?.start.line ?? 1);
	return new ContentError(`${file}, line ${line}: ${sentence}.`);
}

/** `a, b and c`, quoted, for sentences that say what there is. */
export function listed(names: Iterable<string>): string {
	const all = [...names].sort().map((name) => `'${name}'`);
	if (all.length === 0) return 'none';
	if (all.length === 1) return all[0] ?? '';
	return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
