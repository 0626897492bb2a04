import { isStringArray } from '../base/json';
import type { SettingStorage } from '../models/endpoint';

const KEY = 'patchwork.numbered-models';

/** The models whose classes the reader wants to see by their numbers, and not by names that are only assumed. */
export class Numbered {
	readonly #storage: () => SettingStorage;
	#ids = $state.raw<readonly string[]>([]);

	constructor(storage: () => SettingStorage = () => localStorage) {
		this.#storage = storage;
	}

	has(id: string): boolean {
		return this.#ids.includes(id);
	}

	/** Reads what an earlier visit chose. */
	open(): void {
		try {
			const ids: unknown = JSON.parse(this.#storage().getItem(KEY) ?? '[]');
			if (isStringArray(ids)) this.#ids = ids;
		} catch {
			// A browser that keeps no settings, or something else under that name, has chosen nothing.
		}
	}

	set(id: string, on: boolean): void {
		const others = this.#ids.filter((other) => other !== id);
		this.#ids = on ? [...others, id] : others;
		try {
			this.#storage().setItem(KEY, JSON.stringify(this.#ids));
		} catch {
			// It holds for the visit.
		}
	}
}
