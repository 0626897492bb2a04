import type { SettingStorage } from '../models/endpoint';
import { ModelStore } from '../models/store';
import { keepForOffline } from './offline';

/** Where an app keeps what the next visit finds again. */
export interface Keeping {
	/** The files of models; asked for at each use. */
	readonly store: () => Pick<ModelStore, 'list' | 'delete'>;
	/** Settings; asked for at each use, and it may throw where the browser forbids them. */
	readonly storage: () => SettingStorage;
	/** The site itself, with the model called so where that is one of its own. */
	readonly keepSite: (model: string | null) => Promise<void>;
	/** Whether the site's own models may lie on the disk for the length of a visit. */
	readonly spares: boolean;
}

/** The browser's own places. */
export const BROWSER: Keeping = {
	store: () => new ModelStore(),
	storage: () => localStorage,
	keepSite: keepForOffline,
	spares: true
};

/** Of a page that is a guest in another: nothing is kept, and nothing that was kept before is looked at. */
export const NOTHING: Keeping = {
	store: () => ({ list: async () => [], delete: async () => undefined }),
	storage: () => ({ getItem: () => null, setItem: () => undefined, removeItem: () => undefined }),
	keepSite: async () => undefined,
	spares: false
};
