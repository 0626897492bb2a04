import { fixed } from '../../base/numbers';
import { patchGrid } from '../../engine/config';
import { AttributeReader } from '../kit/attributes';
import type { Here, ModelRun, Reveal, Figure, Tap, Verdict } from '../figure';
import type { Grid } from '../../marks/tokens';
import { PLAIN } from '../kit/ways';
import type { TapSpec } from '../../engine/tap';
import { tokensFor } from '../../analysis/cost';
import type { ViTConfig } from '../../engine/vit/config';
import { likenessOf } from './likeness';
import { shownSize } from './sizes';

/** The photo in tiles, or what the tiles cost. */
export const VIEWS = ['tiles', 'cost'] as const;
/** What the cost is drawn against. */
const AGAINST = ['patch', 'image'] as const;

export interface State {
	view: (typeof VIEWS)[number];
	/** Side of a patch, in pixels; 0 is the model's own. */
	size: number;
	/** How far the tiles have come apart, in per cent: 0 is the photo, 100 the sequence. */
	apart: number;
	/** The token that is followed on its way; 0 is none. */
	token: number;
	against: (typeof AGAINST)[number];
}

/** Ratios between this and its inverse count as equal. */
export const EQUAL = 1.1;

/** Why there is nothing to compare where the grid is a single row, a single column or a single patch. */
function aloneIn({ rows, columns }: Grid): string {
	const missing = [...(columns === 1 ? ['to the right'] : []), ...(rows === 1 ? [/* @wc-include */ 'below'] : [])].join(
		/* @wc-include */ ' or '
	);
	return `This model cuts the photo into ${rows} × ${columns} (rows × columns), so no patch has another ${missing}.`;
}

/** Whether a patch is more like the next in the sequence or like the one below it: measured on this photo. */
function likest({ model: { config } }: ModelRun, tap: Tap): Verdict {
	const { data, shape } = tap('patches');
	const grid = patchGrid(config);
	if (grid.rows === 1 || grid.columns === 1) return { choice: null, sentence: aloneIn(grid) };
	const { right, below, any } = likenessOf(data, shape[2] ?? 0, grid);
	const ratio = below / right;
	return {
		// A photo of one colour has no differences at all.
		choice: !(ratio > EQUAL || ratio < 1 / EQUAL) ? 2 : ratio > 1 ? 0 : 1,
		sentence:
			`On this photo a patch’s numbers differ by ${fixed(right, 2)} from those of its right-hand neighbour, 1 place ` +
			`later, and by ${fixed(below, 2)} from those of the patch below it, ${grid.columns} places later; from any other ` +
			`patch by ${fixed(any, 2)} (root mean square, in the model’s normalised units). How far apart two tokens ` +
			`stand in the sequence says little about how near their patches are.`
	};
}

const alike: Reveal<ModelRun> = { needs: ['patches'], taps: () => ['patches'], answer: likest };

/** The step's tensor as it would be in patches of the size that is shown; null where that is the model's own. */
function ifCut(config: ViTConfig, { view, against, size }: State, told: TapSpec | null): Here | null {
	const side = shownSize(config, size);
	if (!told || side === config.patchSize || (view === 'cost' && against === 'image')) return null;
	const tokens = tokensFor(config.imageSize, side, config);
	const lengths: Readonly<Record<string, number>> = {
		patch: (config.imageSize[0] / side) * (config.imageSize[1] / side),
		token: tokens,
		query: tokens,
		key: tokens,
		/* @wc-ignore */ 'pixel (channel, row, column)': config.channels * side * side
	};
	const shape = told.shape.map((length, axis) => lengths[told.axes[axis] ?? ''] ?? length);
	return { ...told, shape, note: `if cut at ${side} px` };
}

/** The photo comes apart into a sequence of patches, and what each patch size costs. */
export const figure: Figure<State> = {
	name: 'patches',
	title: 'The photo as a sequence of patches',
	parse(attributes) {
		const read = new AttributeReader(attributes);
		const state: State = {
			view: read.oneOf('view', VIEWS, 'tiles'),
			size: read.whole('size', 0),
			apart: Math.min(100, read.whole('apart', 0)),
			token: read.whole('token', 0),
			against: read.oneOf('against', AGAINST, 'patch')
		};
		read.end();
		return state;
	},
	// The tiles are the pixels that came with the run, and everything else is counted from the config.
	taps: () => [],
	here: ifCut,
	needs: ({ view }) => (view === 'tiles' ? ['patches'] : PLAIN),
	reveals: { alike }
};
