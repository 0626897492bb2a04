import type { Scale } from '../run/url';
import { ViewSettings } from '../run/view-settings.svelte';

/** How both panels of a comparison are drawn. The scale is the reader's choice and, until there is one, the usual one. */
export class CompareSettings extends ViewSettings {
	readonly #usual: () => Scale;
	/** What the reader chose; null until then. */
	chosenScale = $state<Scale | null>(null);

	/** @param usual the scale while nobody chose one, asked for at each use */
	constructor(usual: () => Scale) {
		super();
		this.#usual = usual;
	}

	override get scale(): Scale {
		return this.chosenScale ?? this.#usual();
	}

	override set scale(scale: Scale) {
		this.chosenScale = scale;
	}
}
