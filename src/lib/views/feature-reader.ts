import { inSentence } from '../base/language';
import { rowAt } from '../analysis/linear';
import { lastFew } from '../base/memo';
import type { FeaturesOf } from '../run/url';
import type { FeaturePlace } from './feature-place';
import { readingOf, type Features } from './features';
import type { Making } from './making.svelte';
import type { OverlayEntry, OverlayHost } from './overlays';

const NO_FEATURES = 'This model has no blocks that read and write tokens, so its patches have no features to draw.';

/** The features of a view's run, read where they are looked at. */
export class FeatureReader {
	readonly #host: OverlayHost;
	readonly #readings = lastFew<Making<Features>>(4);

	constructor(host: OverlayHost) {
		this.#host = host;
	}

	/** Where features stand: of the setting's choice, or another; null where the model has none, or nothing is shown. */
	place(of: FeaturesOf = this.#host.settings.features): (FeaturePlace & { readonly reading: Making<Features> }) | null {
		const place = this.#host.featurePlace(of);
		const { config } = this.#host.shown?.model ?? {};
		if (!place || !config) return null;
		return { ...place, reading: this.#readings(place.tap, () => readingOf(this.#host.workshop, config, place)) };
	}

	/** `after the last layer norm`, or `after block 7`. */
	where(of: FeaturesOf = this.#host.settings.features): string {
		const place = this.place(of);
		if (!place) return '';
		const block = place.isBlock && place.block !== null ? inSentence(this.#host.blockName(place.block)) : null;
		return `after ${block ?? this.#host.lastNamed}`;
	}

	/** Of one token of the grid on which they stand. */
	of(token: number): Float32Array | null {
		const features = this.place()?.reading.value;
		const row = features && rowAt(features.rows, features.dim, token);
		return row && row.length > 0 ? row : null;
	}
}

/** What lies on the places of some features. */
export const made = (reader: FeatureReader, of?: FeaturesOf): Pick<Required<OverlayEntry>, 'made' | 'block'> => ({
	made: () => [reader.place(of)?.reading].filter((making) => making !== undefined),
	block: () => reader.place(of)?.block ?? null
});

/** Why there are no features to draw; empty where there are, and while nothing is shown. */
export const whyNone = (host: OverlayHost, reader: FeatureReader, of?: FeaturesOf): string =>
	host.shown && !reader.place(of) ? NO_FEATURES : '';
