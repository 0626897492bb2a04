import { csvFormat } from 'd3';
import type { Effects } from './sweep.svelte';
import { BLOCK_PARTS } from './sweeps';

/** What a file of effects says beside them. */
export interface AboutEffects {
	readonly effects: Effects;
	/** The class that was followed; null of a model without classes. */
	readonly label: string | null;
	/** Height and width of the model's input, where that was not its own. */
	readonly imageSize: readonly [number, number] | null;
}

/** What the number of an effect is, for those who have nothing but the file. */
const meaning = ({ label }: AboutEffects): string =>
	label === null
		? '1 less the cosine of the vector that stands for the photo with the untouched one'
		: `by how much the logit of "${label}" falls`;

/** The place of an effect in its sweep, counted from 0 as in every file. */
function placeOf({ over, columns }: Effects['sweep'], i: number): Record<string, number | string> {
	const [row, column] = [Math.floor(i / columns), i % columns];
	if (over === 'squares') return { row, column };
	return over === 'heads' ? { block: row, head: column } : { block: row, part: BLOCK_PARTS[column] ?? '' };
}

function rowsOf({ effects: { sweep, drops, scores } }: AboutEffects) {
	return [...drops].flatMap((drop, i) =>
		sweep.edits[i] === null ? [] : [{ ...placeOf(sweep, i), drop, ...(scores && { score: scores[i] }) }]
	);
}

/** One line a place, with a first line of names. */
export function effectsCsv(about: AboutEffects): string {
	return `${csvFormat(rowsOf(about))}\n`;
}

/** The same with what it is of, and the edit that was made at each place. */
export function effectsJson(about: AboutEffects): string {
	const { effects, label, imageSize } = about;
	const { sweep, base, index } = effects;
	const edits = sweep.edits.filter((edit) => edit !== null);
	const head = {
		photo: base.photo.title,
		model: base.model.id,
		...(imageSize && { imageSize }),
		sweep: sweep.title,
		drop: meaning(about),
		...(label !== null && { class: { index, label } })
	};
	return `${JSON.stringify({ ...head, effects: rowsOf(about).map((row, i) => ({ ...row, edit: edits[i] })) }, null, 1)}\n`;
}
