import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import type { Teacher } from '../../engine/train/contract';
import type { OwnPictures } from '../../worker/grow/protocol';
import type { KeptGrowth } from './growth.svelte';
import type { Setup } from './setup';

/** All that the page goes on with: what was chosen, what was learned from, and what was learned. */
export interface KeptPair {
	readonly setup: Setup;
	readonly own: OwnPictures | null;
	/** Of a ViT that is taught. */
	readonly teacher: Teacher | null;
	readonly vit: KeptGrowth | null;
	readonly cnn: KeptGrowth | null;
	/** The run before this one, which can be gone back to. */
	readonly before?: Before | null;
}

/** A run that made way for another. */
export interface Before {
	readonly pair: KeptPair;
	/** What it was, in a few words. */
	readonly label: string;
	/** Its curves among those that this one is compared with, by their id; null where it has none. */
	readonly past: number | null;
}

const KEY = 'pair';
let made: UseStore | null = null;
const store = () => (made ??= createStore('patchwork-grow', 'kept'));

/** @throws whatever the browser says when there is no room, or no storage */
export const keepPair = (pair: KeptPair): Promise<void> => set(KEY, pair, store());

/** What was kept; null where nothing was, or where the browser keeps nothing. */
export async function loadPair(): Promise<KeptPair | null> {
	try {
		return (await get<KeptPair>(KEY, store())) ?? null;
	} catch {
		return null;
	}
}

export async function forgetPair(): Promise<void> {
	try {
		await del(KEY, store());
	} catch {
		// Nothing is kept where nothing can be.
	}
}
