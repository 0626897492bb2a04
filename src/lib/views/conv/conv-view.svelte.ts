import type { ConvConfig } from '../../engine/conv/config';
import type { Pattern } from '../../run/shown';
import { BaseView } from '../base-view.svelte';
import type { Figures, MapGroup } from '../model-view';
import { PATCHES } from '../overlays';
import { capital, tokenName } from '../words';

const NOTHING = new Float32Array();

/**
 * What a CNN looks like: maps of features, and no attention. There is never a pattern, so nothing that would be asked of
 * one is.
 */
export class ConvView extends BaseView<ConvConfig> {
	protected override overMap(): Float32Array {
		return NOTHING;
	}

	protected override smallMapOf(): Float32Array {
		return NOTHING;
	}

	protected override statsOf({ heads }: Pattern): Figures {
		throw new Error(`A CNN has no pattern of ${heads} heads to measure.`);
	}

	protected override rowStatsOf(pattern: Pattern): Figures {
		return this.statsOf(pattern);
	}

	protected readonly columns = [];
	protected override cells(): string[] {
		return [];
	}

	protected override get lengths() {
		return { name: 'Length of the last map’s vectors', title: 'How long each place’s vector is in the last map' };
	}

	protected override get squares() {
		const title = 'The photo, cut where the places of the last map lie';
		return { ...PATCHES, name: 'The places of the last map', title: () => title };
	}

	override get stopNames() {
		return { patches: 'Places', embeddings: 'Last map' };
	}

	protected readonly normsNote =
		'Length (Euclidean norm) of the vector of all channels at each place of the last map, from the least to the most.';
	protected readonly scaleSentence = '';
	readonly groups: readonly MapGroup[] = [];
	readonly line = null;
	readonly reach = null;
	readonly dark = '';
	readonly look = '';
	readonly ownScale = '';

	protected override sayWeight(token: number): string {
		return capital(tokenName(token, this.grid));
	}
}
