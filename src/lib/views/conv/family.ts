import { lastMap, type ConvConfig } from '../../engine/conv/config';
import type { ViewFamily } from '../family';
import type { Panels } from '../model-view';
import ChannelGrid from './ChannelGrid.svelte';
import { ConvView } from './conv-view.svelte';
import FieldOver from './FieldOver.svelte';
import { activityOf, blockMaps, mapTap, type BlockMap } from './patterns';
import PlacePanel from './PlacePanel.svelte';
import { workOf } from './work';

const PANELS: Panels<ConvView> = { over: FieldOver, beside: null, below: null, query: PlacePanel, maps: ChannelGrid };

/** Maps of features without attention: channels stand where others have heads. */
export const convViewFamily: ViewFamily<ConvConfig, BlockMap> = {
	lengthsTap: (config) => lastMap(config).name,
	layerTaps: ({ stages }) => stages.flatMap((blocks, stage) => blocks.map((_, block) => mapTap(stage, block))),
	patterns: blockMaps,
	meanOf: activityOf,
	viewOf: (shown, looking, settings) => new ConvView(shown, looking, settings, PANELS),
	workOf,
	atOtherSizes: () => 'Its kernels keep their size, and it is the maps that change.',
	differences: () => ['it is a convolutional network, without tokens, attention or CLS'],
	axes: () => ['batch', 'place', 'channel'],
	tokensInWords: () => 'places of a map are counted row by row; a CNN has no tokens, heads or attention',
	arrays(layers) {
		return layers.map(({ heads: { tap, data, rows, columns, heads } }) => ({
			name: tap,
			shape: [1, rows * columns, heads],
			axes: this.axes(),
			data
		}));
	}
};
