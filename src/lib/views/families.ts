import type { ModelConfig } from '../engine/families';
import type { Shown } from '../run/shown';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { ViewFamily } from './family';
import type { Looking } from './looking';
import type { ModelView } from './model-view';
import { emptyView, sequenceFamily } from './sequence/family';
import { windowFamily } from './windows/family';

/** The families by the names that their configurations have, as in the engine's lists. */
const FAMILIES: Readonly<Record<ModelConfig['family'], ViewFamily>> = { vit: sequenceFamily, swin: windowFamily };

export function viewFamilyOf(config: ModelConfig): ViewFamily {
	return FAMILIES[config.family];
}

/** The view of a run: made once for each. While nothing is shown, what most models have keeps its place, empty. */
export function viewOf(shown: Shown | null, looking: Looking, settings: ViewSettings): ModelView {
	return shown ? viewFamilyOf(shown.model.config).viewOf(shown, looking, settings) : emptyView(looking, settings);
}
