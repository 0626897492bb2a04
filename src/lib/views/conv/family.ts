import { lastMap, type ConvConfig } from '../../engine/conv/config';
import type { ViewFamily } from '../family';
import { ConvView } from './conv-view.svelte';
import { workOf } from './work';

const NO_PANELS = { over: null, beside: null, below: null, query: null };

/** Maps of features without attention: what is drawn of it goes by what a CNN has, and says what it has not. */
export const convViewFamily: ViewFamily<ConvConfig> = {
	lengthsTap: (config) => lastMap(config).name,
	layerTaps: () => [],
	patterns: () => [],
	meanOf: (pattern) => pattern,
	viewOf: (shown, looking, settings) => new ConvView(shown, looking, settings, NO_PANELS),
	workOf,
	atOtherSizes: () => 'Its kernels keep their size, and it is the maps that change.',
	differences: () => ['it is a convolutional network, without tokens, attention or CLS'],
	axes: () => [],
	tokensInWords: () => 'there is no attention in this file, because the model has none',
	arrays: () => []
};
