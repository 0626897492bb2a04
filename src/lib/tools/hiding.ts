import type { Anatomy } from '../engine/family';
import type { Edit, RunName } from '../engine/edits/edit';
import { others, squaresOf, tokensOf, type BrushGrid } from './brush';

/**
 * What hiding a patch means. `grey`: its pixels are the zero of the model's input. `mean`: they are those of the mean of
 * all patches of the photo. `gone`: its token is taken out of the sequence, after its position was added, and no other
 * token changes its own. `swapped`: they are those of the same place in another photo.
 */
export const HIDINGS = ['grey', 'mean', 'gone', 'swapped'] as const;
export type Hiding = (typeof HIDINGS)[number];

/** What decides whether a model can follow: how its patches are cut, and whether its tokens can be fewer. */
type Hideable = Pick<Anatomy, 'imageSize' | 'patchSize' | 'shortens'>;

/** Why a model cannot have patches hidden in this way; null where it can. True for any family. */
export function refusalOf(hiding: Hiding, { imageSize, patchSize, shortens }: Hideable): string | null {
	if (hiding === 'gone') return shortens ? null : 'No token can be removed: this model needs the whole map of them.';
	const whole = imageSize.every((side) => side % patchSize === 0);
	return whole ? null : 'The last patches of this model reach beyond the photo, so their pixels can’t be changed.';
}

/** What is hidden, and how. */
export interface Hidden {
	readonly hiding: Hiding;
	readonly squares: ReadonlySet<number>;
	/** The run that the pixels are from, where they are another photo's. */
	readonly run: RunName | null;
}

export const NOTHING: Hidden = { hiding: 'grey', squares: new Set(), run: null };

/** The edit that hides squares; null where none is. */
export function hidingEdit({ hiding, squares, run }: Hidden, grid: BrushGrid): Edit | null {
	if (squares.size === 0) return null;
	const hidden = { tap: 'pixel_values', tokens: tokensOf(squares, grid) };
	switch (hiding) {
		case 'grey':
			return { ...hidden, do: 'zero' };
		case 'mean':
			return { ...hidden, do: 'mean', over: 'tokens', of: { tokens: 'patches' } };
		case 'swapped':
			return run === null ? null : { ...hidden, do: 'replace', run };
		case 'gone': {
			const before = Array.from({ length: grid.before }, (_, token) => token);
			return { tap: 'embeddings', do: 'keep', tokens: [...before, ...tokensOf(others(squares, grid), grid, true)] };
		}
	}
}

/** What an edit hides, if that is what it does. */
export function hiddenBy(edit: Edit, grid: BrushGrid): Hidden | null {
	if (edit.tap === 'embeddings' && edit.do === 'keep') return goneBy(edit, grid);
	const { tap, tokens, head, queries, keys, channels } = edit;
	if (tap !== 'pixel_values' || tokens === undefined) return null;
	if ([head, queries, keys, channels].some((part) => part !== undefined)) return null;
	const hiding = hidingOf(edit);
	const squares = hiding && squaresOf(tokens, grid);
	return hiding && squares ? { hiding, squares, run: edit.do === 'replace' ? edit.run : null } : null;
}

function hidingOf(edit: Edit): Hiding | null {
	if (edit.do === 'zero') return 'grey';
	if (edit.do === 'replace') return 'swapped';
	if (edit.do !== 'mean' || edit.over !== 'tokens') return null;
	const { tap, head, tokens } = edit.of ?? {};
	return tap === undefined && head === undefined && tokens === 'patches' ? 'mean' : null;
}

function goneBy({ tokens }: Edit & { do: 'keep' }, grid: BrushGrid): Hidden | null {
	const list = Array.isArray(tokens) ? tokens : [];
	const { before } = grid;
	if (list.slice(0, before).some((token, i) => token !== i)) return null;
	const left = squaresOf(list.slice(before), grid);
	return left && { hiding: 'gone', squares: others(left, grid), run: null };
}

/** What the first edit of a list hides that does so; nothing, in grey, where none does. */
export function hiddenIn(edits: readonly Edit[], grid: BrushGrid): Hidden {
	for (const edit of edits) {
		const hidden = hiddenBy(edit, grid);
		if (hidden) return hidden;
	}
	return NOTHING;
}

/** A list in which that edit is another, in its place; the first of the list where there was none. */
export function withHidden(edits: readonly Edit[], hidden: Hidden, grid: BrushGrid): Edit[] {
	const at = edits.findIndex((edit) => hiddenBy(edit, grid) !== null);
	const edit = hidingEdit(hidden, grid);
	const [before, after] = at < 0 ? [[], edits] : [edits.slice(0, at), edits.slice(at + 1)];
	return [...before, ...(edit ? [edit] : []), ...after];
}
