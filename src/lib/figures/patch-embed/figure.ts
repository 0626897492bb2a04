import { norm, moments, rowAt } from '../../analysis/linear';
import { patchGrid, type CommonConfig } from '../../engine/config';
import { AttributeReader } from '../kit/attributes';
import type { Attributes, ModelRun, Reveal, Figure, Tap, Verdict } from '../figure';
import { centrePatch } from '../kit/token-choice';
import { PLAIN } from '../kit/ways';
import { counted } from '../kit/words';

export const VIEWS = ['product', 'filters', 'components', 'shapes'] as const;
export type View = (typeof VIEWS)[number];
const SCALES = ['own', 'shared'] as const;

export interface PatchEmbedState {
	readonly view: View;
	/** Counted from 0, row-major; null for the one in the middle of the photo. */
	readonly patch: number | null;
	/** The output feature, which is to say the filter; counted from 0. */
	readonly feature: number;
	/** How many products have been added up; null for all. */
	readonly step: number | null;
	/** Whether every filter is drawn on a scale of its own, or all on one. */
	readonly scale: (typeof SCALES)[number];
}

function parse(attributes: Attributes): PatchEmbedState {
	const read = new AttributeReader(attributes);
	const step = read.wholeOr('step', 'all');
	const state: PatchEmbedState = {
		view: read.oneOf('view', VIEWS, 'product'),
		patch: read.whole('patch', null),
		feature: read.whole('feature', 0),
		step: step === 'all' ? null : step,
		scale: read.oneOf('scale', SCALES, 'own')
	};
	read.end();
	return state;
}

const PROJECTION = ['parameters.patch_embed.weight', 'parameters.patch_embed.bias'];

const TAPS: Record<View, readonly string[]> = {
	product: ['patches', 'patch_embed', ...PROJECTION],
	filters: ['patch_embed', ...PROJECTION],
	components: PROJECTION,
	shapes: []
};

/** The patch that a state shows: the one in the middle unless another is chosen, and always one that is there. */
export function patchOf(config: CommonConfig, { patch }: Pick<PatchEmbedState, 'patch'>): number {
	const { rows, columns } = patchGrid(config);
	return Math.min(patch ?? centrePatch(config), rows * columns - 1);
}

/** What the three patches of the prediction have most of, in the order of the choices in the prose. */
const TRAITS = ['the most contrast', 'the brightest pixels', 'the flattest colour'] as const;

export interface Contender {
	/** Counted from 0. */
	readonly patch: number;
	/** Euclidean length of its embedding, before the position is added. */
	readonly length: number;
}

/**
 * The patch with the most contrast (the largest variance of its numbers), of the others the brightest (the largest
 * mean), and of the rest the flattest (the least variance): three different patches, or as many as there are.
 */
export function contenders(tap: Tap): Contender[] {
	const patches = tap('patches');
	const embedded = tap('patch_embed');
	const [, count = 0, width = 0] = patches.shape;
	const dim = embedded.shape[2] ?? 0;
	const looks = Array.from({ length: count }, (_, i) => ({ i, ...moments(rowAt(patches.data, width, i)) }));
	const taken: number[] = [];
	for (const rank of [(a: Look) => a.variance, (a: Look) => a.mean, (a: Look) => -a.variance]) {
		const left = looks.filter(({ i }) => !taken.includes(i));
		const [first] = left;
		if (first) taken.push(left.reduce((best, look) => (rank(look) > rank(best) ? look : best), first).i);
	}
	return taken.map((patch) => ({ patch, length: norm(rowAt(embedded.data, dim, patch)) }));
}

interface Look {
	readonly i: number;
	readonly mean: number;
	readonly variance: number;
}

function longestOf({ model }: ModelRun, tap: Tap): Verdict {
	const found = contenders(tap);
	if (found.length < TRAITS.length) {
		const sentence = `This model cuts the photo into ${counted(found.length, 'patch', 'patches')}, and three are compared here.`;
		return { choice: null, sentence };
	}
	const choice = found.reduce((best, { length }, i) => (length > (found[best]?.length ?? 0) ? i : best), 0);
	const { columns } = patchGrid(model.config);
	const named = found.map(({ patch, length }, i) => {
		const place = `row ${Math.floor(patch / columns) + 1}, column ${(patch % columns) + 1}`;
		return `${length.toFixed(2)} for the patch with ${TRAITS[i] ?? ''} (${place})`;
	});
	return {
		choice,
		shows: { patch: found[choice]?.patch },
		sentence: `On this photo the lengths are ${named.join(', ')}.`
	};
}

const COMPARED = ['patches', 'patch_embed'];
const longest: Reveal<ModelRun> = { needs: ['patches', 'projection'], taps: () => COMPARED, answer: longestOf };

export const figure: Figure<PatchEmbedState> = {
	name: 'patch-embed',
	title: 'One patch times the projection',
	parse,
	// The shapes are those of the text up to the matrix of attention.
	needs: ({ view }) => (view === 'shapes' ? PLAIN : ['patches', 'projection']),
	taps: (_, { view }) => TAPS[view],
	reveals: { longest }
};
