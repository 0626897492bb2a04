import { tokenCount, type ModelConfig } from '../../engine/config';
import { AttributeReader } from '../../lesson/attributes';
import type { Reveal, Stage } from '../../lesson/stage';
import { whole } from './words';

/** The photo in tiles, or what the tiles cost. */
export const VIEWS = ['tiles', 'cost'] as const;
/** What the cost is drawn against. */
export const AGAINST = ['patch', 'image'] as const;

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

/**
 * How many times as many numbers one head's attention matrix holds when a patch's side is halved. The matrix that the
 * run has really made is the measure; the other one is counted.
 */
const halve: Reveal = {
	taps: () => ['blocks.0.attn.weights'],
	answer(run, tap) {
		const { config } = run.model;
		const { data } = tap('blocks.0.attn.weights');
		const entries = data.length / config.heads;
		const tokens = halvedTokens(config);
		const times = tokens ** 2 / entries;
		return {
			choice: nearest(times, FACTORS),
			sentence:
				`One head of this run has made a matrix of ${whole(tokenCount(config))} × ${whole(tokenCount(config))} = ` +
				`${whole(entries)} numbers. With patches of half the side there are ${whole(tokens)} tokens, and ` +
				`${whole(tokens ** 2)} numbers: ${times.toFixed(1)} times as many. (The second matrix is counted, not run.)`
		};
	}
};

/** The choices of the prediction `halve`, in the order of the prose. */
export const FACTORS = [2, 4, 16];

/** Tokens with patches of half the side: each patch becomes four; the rest stays. */
export function halvedTokens(config: ModelConfig): number {
	const all = tokenCount(config);
	return all + 3 * patches(config);
}

function patches({ imageSize: [height, width], patchSize }: ModelConfig): number {
	return (height / patchSize) * (width / patchSize);
}

/** The index of the candidate that differs by the smallest factor. */
function nearest(value: number, candidates: readonly number[]): number {
	const ratios = candidates.map((candidate) => Math.abs(Math.log(value / candidate)));
	return ratios.indexOf(Math.min(...ratios));
}

/** The photo comes apart into a sequence of patches, and what each patch size costs. */
export const stage: Stage<State> = {
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
	reveals: { halve }
};
