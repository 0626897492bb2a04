import { PatchworkError } from '../../base/errors';
import type { Labelled, Pictures, TrainingOptions } from '../../engine/train/contract';
import { taskPictures } from '../../engine/train/pictures/tasks';
import type { GrowPictures, GrowSample, OwnPicture, OwnPictures } from './protocol';

/** On how many of the held-out pictures attention is shown: the first ones. */
export const PROBES = 4;

/** The pictures of an order, to learn from and to be tested on. @throws PatchworkError `request` for none, or too few */
export function picturesOf(pictures: GrowPictures, size: number): Pick<TrainingOptions, 'pictures' | 'heldOut'> {
	if (pictures.kind === 'own') {
		const { learn, heldOut } = pictures;
		return { pictures: ownPictures(learn, pictures), heldOut: ownPictures(heldOut, pictures) };
	}
	const { task, count, heldOut, seed } = pictures;
	return {
		pictures: taskPictures(task, { count, size, seed }),
		heldOut: taskPictures(task, { count: heldOut, size, seed, heldOut: true })
	};
}

function ownPictures(list: readonly OwnPicture[], { classes, size }: Pick<OwnPictures, 'classes' | 'size'>): Pictures {
	const at = (index: number): Labelled => {
		const picture = list[index];
		if (!picture) throw new PatchworkError('request', `There are ${list.length} pictures, and no number ${index}.`);
		return { pixels: Float32Array.from(picture.bytes, (value) => value / 127.5 - 1), label: picture.label };
	};
	return { count: list.length, size, classes, mirrors: true, shifts: true, at };
}

/** The first few pictures, for the eye. */
export function samplesOf(pictures: Pictures, most: number): GrowSample[] {
	return Array.from({ length: Math.min(most, pictures.count) }, (_, index) => {
		const { pixels, label } = pictures.at(index);
		const area = pictures.size ** 2;
		const rgba = new Uint8ClampedArray(4 * area).fill(255);
		for (let i = 0; i < 3 * area; i++)
			rgba[4 * (i % area) + Math.floor(i / area)] = Math.round(((pixels[i] ?? 0) + 1) * 127.5);
		return { rgba, size: pictures.size, label: pictures.classes[label] ?? String(label) };
	});
}
