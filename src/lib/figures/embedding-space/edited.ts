import { cosine } from '../../analysis/cosine';
import type { Embedded, Neighbour, Space } from '../../embeddings/neighbours';
import { tapsOf } from '../../embeddings/vectors';
import { pictureVector } from '../../analysis/picture-vector';
import { seenPicture } from '../../run/pictures';
import type { Picture } from '../../run/shown';
import { asSeen, changedPixels, seeing } from '../breaks/live';
import { movedBy } from '../breaks/names';
import { exact } from '../kit/words';
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
 * How far the edits of a photo are from it, beside the nearest other one; null until all are there. An edit may change
 * nothing, as one that takes the colour of a grey photo away: it counts all the same.
 * @param nearest others than the photo, most alike first
 */
export function editsSentence(
	photo: Embedded,
	edits: readonly Embedded[],
	nearest: readonly Neighbour[],
	space: Space
): string | null {
	const other = nearest.find((one) => !isEdit(one));
	if (edits.length < EDITS.length || !other) return null;
	const cosines = edits.map((edit) => cosine(photo[space], edit[space]));
	const nearer = cosines.filter((one) => one > other.cosine).length;
	return [
		`The ${edits.length} edits keep a cosine of ${exact(Math.min(...cosines))} to ${exact(Math.max(...cosines))} to the photo;`,
		`the nearest other photo is “${other.title}” with ${exact(other.cosine)}.`,
		nearer === edits.length ? 'All of them are nearer than that.' : `Nearer than that: ${nearer} of them.`
	].join(' ');
}
