import { meanOverWindowHeads, type WindowAttention } from '../../analysis/window-attention';
import { blocksOf, type SwinConfig } from '../../engine/swin/config';
import type { ViewFamily } from '../family';
import type { Panels } from '../model-view';
import { weightsInWindows, windowTap } from './patterns';
import StageStrip from './StageStrip.svelte';
import WindowOver from './WindowOver.svelte';
import WindowPanel from './WindowPanel.svelte';
import { WindowView } from './window-view.svelte';
import WindowZoom from './WindowZoom.svelte';
import { workOf } from './work';

const PANELS: Panels<WindowView> = {
	over: WindowOver,
	beside: WindowZoom,
	below: StageStrip,
	query: WindowPanel,
	maps: null
};

/** Attention in windows, on maps that get coarser from stage to stage. */
export const windowFamily: ViewFamily<SwinConfig, WindowAttention> = {
	lengthsTap: () => 'embeddings',
	layerTaps: (config) => blocksOf(config).map(windowTap),
	patterns: weightsInWindows,
	meanOf: meanOverWindowHeads,
	viewOf: (shown, looking, settings) => new WindowView(shown, looking, settings, PANELS),
	workOf,
	atOtherSizes: () =>
		'Its windows keep their size, and it is their number that changes; on a map smaller than a window, the window shrinks.',
	differences: () => ['it attends in windows', 'it has no CLS'],
	inWindows: (layers) => layers,
	axes: () => ['window', 'head', 'query', 'key'],
	tokensInWords,
	arrays(layers) {
		return layers.map(({ heads }) => ({
			name: windowTap(heads),
			shape: [heads.layout.count, heads.heads, heads.layout.area, heads.layout.area],
			axes: this.axes(),
			data: heads.data
		}));
	}
};

/** A place is a token only after the shift is undone, so a file says how. */
function tokensInWords({ rules }: SwinConfig): string {
	const filled = 'filled up to whole windows';
	const rolled = 'in every second block, where it is larger than a window, rolled up and to the left by half a window';
	const [first, then] = rules === 'timm' ? [rolled, filled] : [filled, rolled];
	return `windows, and the places in them, are counted row by row in the map of the block, after it was ${first}, and then ${then}`;
}
