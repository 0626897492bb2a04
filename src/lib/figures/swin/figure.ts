import type { SwinConfig } from '../../engine/swin/config';
import { tokenGrid } from '../../engine/vit/config';
import { AttributeReader, clampIndex } from '../kit/attributes';
import type { Attributes, Figure, Reveal, Way } from '../figure';
import { meanShareInside } from './attention';
import { titleOf } from '../kit/title';
import { mergeOf } from './merged';
import { shownWindow, windowsOf } from './windows';

/** The parts of Swin's mechanism. */
export const VIEWS = ['windows', 'shift', 'reach', 'merge', 'cost'] as const;

/** Where the windows that are drawn come from. */
export const SOURCES = ['model', 'mechanism'] as const;

export interface State {
	view: (typeof VIEWS)[number];
	/** What is drawn where the model in use attends in windows: its own attention, or the mechanism on a plain ViT's patches. */
	source: (typeof SOURCES)[number];
	/** Into how many squares a side the photo is cut where the shift is drawn; 0 is the model's own patches. */
	cut: number;
	/** Side of a window, in patches; 0 is the paper's where the grid offers it. */
	window: number;
	/** The query patch as a token; one that is no patch stands for a patch at the corner of a window, near the middle. */
	token: number;
	block: number;
	/** Counted from 0, or {@link MEAN}. */
	head: number;
	/** How far the grid has been rolled, in per cent of the shift. */
	rolled: number;
	/** How many blocks a patch has had to hear from others. */
	blocks: number;
	/** How often the patches have been merged. */
	merged: number;
}

/** Stands for the mean over all heads. */
export const MEAN = -1;

/** Shares closer together than this count as equal: 5 percentage points. */
export const EQUAL = 0.05;

/** Whether attention stays in its windows more in the first block or in the last: measured on this run. */
const stays: Reveal = {
	taps: ({ depth }) => [...new Set([weightsOf(0), weightsOf(depth - 1)])],
	answer({ model: { config } }, tap) {
		const grid = tokenGrid(config);
		const window = shownWindow(grid, 0);
		const windows = windowsOf(grid, window);
		const share = (block: number) => meanShareInside(tap(weightsOf(block)), config, windows);
		const [first, last] = [share(0), share(config.depth - 1)];
		const even = windows.window ** 2 / (grid.rows * grid.columns);
		const percent = (value: number) => `${(100 * value).toFixed(0)} %`;
		return {
			choice: Math.abs(first - last) < EQUAL ? 2 : first > last ? 0 : 1,
			sentence:
				`With windows of ${window} × ${window} patches, on average over all heads and patches, ${percent(first)} of what a ` +
				`patch gives to patches stays inside its window in block 1, and ${percent(last)} in block ${config.depth}. ` +
				`Attention spread evenly over the photo would leave about ${percent(Math.min(1, even))} there.`
		};
	},
	instead: {
		taps: () => [],
		answer: ({ model }) => ({
			choice: 2,
			sentence:
				`In ${titleOf(model)}, which is in use, all of it stays there, in every block: it is a Swin, and a patch gives ` +
				`nothing to what is outside its window. The question is of interest for a plain ViT, which is free to look anywhere.`
		})
	}
};

const weightsOf = (block: number) => `blocks.${block}.attn.pattern`;

/** `mean`, which is the default, or a head counted from 0. */
function readHead(read: AttributeReader, { head }: Attributes): number {
	if (head !== 'mean') return read.index('head', MEAN);
	read.text('head', '');
	return MEAN;
}

/** A model that attends in windows shows them itself. */
const itself: Way<State, SwinConfig> = {
	needs: ({ source }) => (source === 'model' ? ['windows'] : null),
	taps: (config, { view, merged }) => (view === 'merge' ? (mergeOf(config, merged)?.taps ?? []) : [])
};

/** The mechanism of Swin on this model's patch grid: windows, the shift, the mask, merging, and the cost. */
export const figure: Figure<State> = {
	name: 'swin',
	title: 'Swin’s windows on this photo’s patches',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			view: read.oneOf('view', VIEWS, 'windows'),
			source: read.oneOf('source', SOURCES, 'model'),
			cut: read.whole('cut', 0),
			window: read.whole('window', 0),
			token: read.whole('token', 0),
			block: read.index('block', 0),
			head: readHead(read, attributes),
			rolled: Math.min(100, read.whole('rolled', 100)),
			blocks: read.whole('blocks', 2),
			merged: read.whole('merged', 1)
		};
		read.end();
		return state;
	},
	taps({ depth }, { view, block }) {
		switch (view) {
			case 'windows':
				return [weightsOf(clampIndex(block, depth))];
			case 'merge':
				return ['embeddings'];
			default:
				return [];
		}
	},
	instead: itself,
	reveals: { stays }
};
