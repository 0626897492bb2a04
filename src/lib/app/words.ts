import type { ModelEntry } from '../models/entry';
import { titleOfKey } from '../models/own';
import { LOCAL, type StoredModel } from '../models/store';
import { megabytes, sizeOf, type Facts } from '../models/words';
import type { Photo } from '../photo/photo';
import type { Place } from './library.svelte';

/** Where a model's files are, in a few words. */
export function placeSentence(
	place: Place,
	{ repo, trained }: Pick<ModelEntry, 'repo' | 'trained'>,
	stored: StoredModel | null
): string {
	if (place === 'site') return 'On this site';
	if (place === 'disk' && trained) return 'In this tab, for this visit';
	if (place === 'disk') return 'On your disk, for this visit';
	if (place === 'kept') return `Kept in this browser, ${megabytes(stored?.bytes ?? 0)}`;
	return `On the hub, at ${repo ?? ''}${partHere(stored)}`;
}

/** A model that is here, as a menu names it. */
export function hereLabel({ title }: Pick<ModelEntry, 'title'>, place: Place): string {
	return place === 'kept' ? `${title} (kept in this browser)` : title;
}

/** A model that is not here, or not wholly, as a menu names it: with what is still to be fetched of it. */
export function awayLabel(entry: Pick<ModelEntry, 'title'> & Sized, stored: StoredModel | null): string {
	return `${entry.title} (${leftOf(entry, stored)})`;
}

type Sized = Pick<Facts, 'bytes' | 'verified' | 'own'>;

/** How much of a model is still to be fetched: all of it, or the rest. */
export function leftOf(entry: Sized, stored: StoredModel | null): string {
	const bytes = (stored?.total ?? entry.bytes) - (stored?.bytes ?? 0);
	return stored?.total != null ? megabytes(bytes) : sizeOf({ ...entry, bytes });
}

/** What is here already of a model that was cut off, in a half-sentence; empty where that is nothing. */
export function partHere(stored: StoredModel | null): string {
	return stored && stored.bytes > 0 ? `; ${megabytes(stored.bytes, stored.total)} are already here` : '';
}

/** How much of a model is kept: all of it, or as much of how much. */
export function storedSize({ bytes, total, whole }: StoredModel): string {
	return megabytes(bytes, whole ? null : total);
}

/** What a reader has to do to have a model back. */
export function costOfDeleting(
	{ local }: Pick<StoredModel, 'local'>,
	{ trained = false }: Pick<ModelEntry, 'trained'>
): string {
	if (trained) return 'To use it again you need its exported files, or have to train it once more.';
	return local ? 'To use it again you need its files once more.' : 'To use it again it has to be fetched once more.';
}

/** What to say of a model that a link names and that cannot be used at once. @param used the title of the one in its place */
export function notHere(id: string, title: string | null, used: string): string {
	const instead = `${used} is used in its place`;
	if (title === null && !id.includes('/')) return `There is no model called '${id}': ${instead}.`;
	const back = id.startsWith(LOCAL) ? 'bring its files to' : 'fetch it on';
	return `${title ?? titleOfKey(id)} is not in this browser, or no longer: ${instead}. To have it back, ${back} the page of models.`;
}

/** What a link to the reader's own photo gives away, and what not; empty where it is a sample. */
export function linkRemark(photo: Pick<Photo, 'sample' | 'address'> | null): string {
	if (photo?.sample !== null) return '';
	return photo.address === undefined
		? 'Your photo is not in it: it stays with you.'
		: 'The photo’s address is in the link.';
}

/** When something was kept, as the reader's calendar says it. */
export function dayOf(time: number): string {
	return new Date(time).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** A share of the browser's room, in percent; the smallest that is worth a digit below one. */
export function shareOf(used: number, quota: number): string {
	const percent = quota > 0 ? (100 * used) / quota : 0;
	if (percent === 0) return '0 %';
	return percent < 1 ? 'less than 1 %' : `${Math.round(percent)} %`;
}
