import { attentionOf, meanOverHeads, unread, type Attention } from '../../analysis/attention';
import { blockCost, runCost } from '../../analysis/cost';
import { poolsByAttention, prefixNames, type ViTConfig } from '../../engine/vit/config';
import type { ViewSettings } from '../../run/view-settings.svelte';
import type { ViewFamily } from '../family';
import type { Looking } from '../looking';
import type { Panels } from '../model-view';
import { differences } from './differs';
import { patternOf, PASSED_BY } from './patterns';
import { POOLING, poolingOf, rowsOf } from './pooling';
import QueryPanel from './QueryPanel.svelte';
import { SequenceView } from './sequence-view.svelte';

const PANELS: Panels<SequenceView> = { over: null, beside: null, below: null, query: QueryPanel, maps: null };

/** One sequence of tokens through all blocks. */
export const sequenceFamily: ViewFamily<ViTConfig, Attention> = {
	lengthsTap: () => 'embeddings',
	layerTaps: (config) => [
		...Array.from({ length: config.depth }, (_, block) => patternOf(block)),
		...(poolsByAttention(config) ? [POOLING] : [])
	],
	patterns: (taps, config) =>
		taps.map((tap = PASSED_BY) => (tap.name === POOLING ? poolingOf(tap, config) : attentionOf(tap, config))),
	unread(config) {
		return this.layerTaps(config).map(() => unread(config));
	},
	meanOf: meanOverHeads,
	viewOf: (shown, looking, settings) => new SequenceView(shown, looking, settings, PANELS),
	workOf(config) {
		const { tokens, multiplyAdds } = runCost(config);
		return { tokens, work: multiplyAdds, attention: config.depth * blockCost(tokens, config).attention };
	},
	atOtherSizes: ({ rotary }) =>
		rotary
			? 'The model turns queries and keys by where their patches are, whatever the grid; for another the angles are others.'
			: 'The model has learned positions for one grid; for another they are interpolated.',
	differences,
	axes: () => ['batch', 'head', 'query', 'key'],
	tokensInWords: (config) => inWords(prefixNames(config)),
	arrays(layers, config) {
		return layers.map(({ heads: pattern }, block) => {
			const { data, heads, tokens } = pattern;
			const own = { name: patternOf(block), shape: [1, heads, tokens, tokens], axes: this.axes(), data };
			if (block < config.depth) return own;
			const axes = ['batch', 'head', /* @wc-ignore */ 'learned query', 'key'];
			return { name: POOLING, shape: [1, heads, 1, tokens], axes, data: rowsOf(pattern) };
		});
	}
};

/** While nothing is shown. */
export const emptyView = (looking: Looking, settings: ViewSettings): SequenceView =>
	new SequenceView(null, looking, settings, PANELS);

/** `0 is CLS; the patches follow from 1, row by row`, or `all are patches, row by row` of a model that has nothing else. */
function inWords(prefix: readonly string[]): string {
	if (prefix.length === 0) return 'all are patches, row by row';
	const named = prefix.map((name, token) => `${token} is ${name}`).join(', ');
	return `${named}; the patches follow from ${prefix.length}, row by row`;
}
