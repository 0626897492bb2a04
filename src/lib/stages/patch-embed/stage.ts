import { norm, moments, rowAt } from '../../analysis/linear';
import { patchGrid, type ViTConfig } from '../../engine/config';
import type { Attributes, Reveal, Stage, Tap } from '../../lesson/stage';

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

const START: PatchEmbedState = { view: 'product', patch: null, feature: 0, step: null, scale: 'own' };

/** A count from 1 in the prose becomes an index from 0. */
function index(name: string, text: string): number {
	const number = Number(text);
	if (!Number.isInteger(number) || number < 1) {
		throw new Error(`patch-embed: ${name}="${text}" should be a whole number, counted from 1`);
	}
	return number - 1;
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
	const found = choices.find((choice) => choice === text);
	if (found === undefined) throw new Error(`patch-embed: ${name}="${text}" should be one of ${choices.join(', ')}`);
	return found;
}

const READERS: Record<string, (text: string) => Partial<PatchEmbedState>> = {
	view: (text) => ({ view: oneOf('view', text, VIEWS) }),
	patch: (text) => ({ patch: index('patch', text) }),
	feature: (text) => ({ feature: index('feature', text) }),
	step: (text) => ({ step: text === 'all' ? null : index('step', text) + 1 }),
	scale: (text) => ({ scale: oneOf('scale', text, SCALES) })
};

function parse(attributes: Attributes): PatchEmbedState {
	let state = START;
	for (const [name, text] of Object.entries(attributes)) {
		const read = READERS[name];
		if (!read) throw new Error(`patch-embed: there is no "${name}"; there are ${Object.keys(READERS).join(', ')}`);
		state = { ...state, ...read(text) };
	}
	return state;
}

const PROJECTION = ['weights.patch_embed.weight', 'weights.patch_embed.bias'];

const TAPS: Record<View, readonly string[]> = {
	product: ['patches', 'patch_embed', ...PROJECTION],
	filters: ['patch_embed', ...PROJECTION],
	components: PROJECTION,
	shapes: []
};

/** The patch that a state shows: the one in the middle unless another is chosen, and always one that is there. */
export function patchOf(config: ViTConfig, { patch }: Pick<PatchEmbedState, 'patch'>): number {
	const { rows, columns } = patchGrid(config);
	const middle = Math.floor(rows / 2) * columns + Math.floor(columns / 2);
	return Math.min(patch ?? middle, rows * columns - 1);
}

/** What the three patches of the prediction have most of, in the order of the choices in the prose. */
export const TRAITS = ['the most contrast', 'the brightest pixels', 'the flattest colour'] as const;

export interface Contender {
	/** Counted from 0. */
	readonly patch: number;
	/** Euclidean length of its embedding, before the position is added. */
	readonly length: number;
}

/**
 * The patch with the most contrast (the largest variance of its numbers), of the others the brightest (the largest
 * mean), and of the rest the flattest (the least variance): three different patches.
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
		taken.push(left.reduce((best, look) => (rank(look) > rank(best) ? look : best)).i);
	}
	return taken.map((patch) => ({ patch, length: norm(rowAt(embedded.data, dim, patch)) }));
}

interface Look {
	readonly i: number;
	readonly mean: number;
	readonly variance: number;
}

const longest: Reveal = {
	taps: () => ['patches', 'patch_embed'],
	answer: ({ model }, tap) => {
		const found = contenders(tap);
		const choice = found.reduce((best, { length }, i) => (length > (found[best]?.length ?? 0) ? i : best), 0);
		const { columns } = patchGrid(model.config);
		const named = found.map(({ patch, length }, i) => {
			const place = `row ${Math.floor(patch / columns) + 1}, column ${(patch % columns) + 1}`;
			return `${length.toFixed(2)} for the patch with ${TRAITS[i] ?? ''} (${place})`;
		});
		return { choice, sentence: `On this photo the lengths are ${named.join(', ')}.` };
	}
};

export const stage: Stage<PatchEmbedState> = {
	name: 'patch-embed',
	title: 'One patch times the projection',
	parse,
	taps: (_, { view }) => TAPS[view],
	reveals: { longest }
};
