import type { Scale } from '../run/url';
import { ViewSettings } from '../run/view-settings.svelte';

/** How both panels of a comparison are drawn. The scale is the reader's choice and, until there is one, the usual one. */
export class CompareSettings extends ViewSettings {
	readonly #usual: () => Scale;
	readonly #canShare: () => boolean;
	/** What the reader chose; null until then. */
	chosenScale = $state<Scale | null>(null);

	/**
	 * @param usual the scale while nobody chose one, asked for at each use
	 * @param canShare whether there is a scale that both panels could share, likewise: else each has its own, whatever was chosen
	 */
	constructor(usual: () => Scale, canShare: () => boolean) {
		super();
		this.#usual = usual;
		this.#canShare = canShare;
	}

	override get scale(): Scale {
		return this.#canShare() ? (this.chosenScale ?? this.#usual()) : 'head';
	}

	override set scale(scale: Scale) {
		this.chosenScale = scale;
	}
}
