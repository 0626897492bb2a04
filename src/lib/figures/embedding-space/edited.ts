import type { Embedded, Neighbour } from '../../embeddings/neighbours';
import { tapsOf } from '../../embeddings/vectors';
import { pictureVector } from '../../analysis/picture-vector';
import { seenPicture } from '../../run/pictures';
import type { Picture } from '../../run/shown';
import { asSeen, changedPixels, seeing } from '../breaks/live';
import { movedBy } from '../breaks/names';
import type { ModelRun } from '../figure';

/** Small edits of a photo, that leave what it shows as it is: the changes' names, and what they are called here. */
export const EDITS: readonly (readonly [change: string, title: string])[] = [
	['mirror', 'the same, mirrored'],
	['move-8', 'the same, 8 px to the right'],
	['blur', 'the same, blurred'],
	['jpeg-10', 'the same, as a poor JPEG'],
	['grey', 'the same, without colour']
];

/** What stands before the id of an edit of the photo. */
const ID = 'edited-';

export const isEdit = ({ id }: Pick<Embedded, 'id'>): boolean => id.startsWith(ID);

/** An edit of the photo, with what stands for it and how it looks. */
export type Edited = Embedded & { readonly picture: Picture };

/**
 * Runs the model on each edit of what it saw of the photo, one after the other.
 * @param onedited is given each when it is there
 * @throws PatchworkError `request` for a model that does not take the three channels of a square photo, and as
 * `ModelRun.experiment` does
 */
export async function runEdits(run: ModelRun, signal: AbortSignal, onedited: (one: Edited) => void): Promise<void> {
	const { config } = run.model;
	for (const [change, title] of EDITS) {
		const pixels = await changedPixels(run.seen, { change, by: movedBy(change) ?? 0, seed: 1 });
		const { taps } = await run.experiment([seeing(pixels, config)], tapsOf(config), signal);
		const [end, input] = taps;
		if (!end || !input) throw new Error('The engine answered without the taps that were asked for.');
		signal.throwIfAborted();
		const picture = seenPicture(asSeen(pixels));
		onedited({ id: ID + change, title, cls: pictureVector(end, config), pixels: input.data, picture });
	}
}

/**
 * How far the edits of a photo are from it, beside the nearest other one; null until all are there.
 * @param nearest all others, most alike first
 */
export function editsSentence(nearest: readonly Neighbour[]): string | null {
	const edits = nearest.filter(isEdit);
	const other = nearest.find((one) => !isEdit(one));
	const [most, least] = [edits[0], edits.at(-1)];
	if (edits.length < EDITS.length || !most || !least || !other) return null;
	const nearer = edits.filter(({ cosine }) => cosine > other.cosine).length;
	return [
		`The ${edits.length} edits keep a cosine of ${least.cosine.toFixed(3)} to ${most.cosine.toFixed(3)} to the photo;`,
		`the nearest other photo is “${other.title}” with ${other.cosine.toFixed(3)}.`,
		nearer === edits.length ? 'All of them are nearer than that.' : `Nearer than that: ${nearer} of them.`
	].join(' ');
}
