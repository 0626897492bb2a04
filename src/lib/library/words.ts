import type { ModelEntry } from '../models/entry';
import type { StoredModel } from '../models/store';
import { megabytes } from '../models/words';
import type { Place } from '../state/library.svelte';

/** Where a model's files are, in a few words. */
export function placeSentence(place: Place, { repo }: Pick<ModelEntry, 'repo'>, stored: StoredModel | null): string {
	if (place === 'site') return 'On this site';
	if (place === 'disk') return 'On your disk, for this visit';
	if (place === 'kept') return `Kept in this browser, ${megabytes(stored?.bytes ?? 0)}`;
	const part = stored && stored.bytes > 0 ? `; ${megabytes(stored.bytes, stored.total)} are already here` : '';
	return `On the hub, at ${repo ?? ''}${part}`;
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
