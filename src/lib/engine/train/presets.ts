import { PatchworkError } from '../../base/errors';
import { cnnBeside } from './beside';
import type { CnnPlan, NetworkPlan, Recipe, ViTPlan } from './contract';

/* What a page and the command start with. */

/** Learns four shapes of 32 px within two minutes; the CNN beside it has as many parameters, within 5 %. */
export const SMALL_VIT: Omit<ViTPlan, 'classes'> = {
	kind: 'vit',
	size: 32,
	patch: 4,
	dim: 64,
	depth: 2,
	heads: 4,
	mlpRatio: 2,
	positions: true,
	pooling: 'cls',
	residuals: true,
	norms: true,
	dropout: 0,
	distilled: false
};

export const SMALL_CNN: Omit<CnnPlan, 'classes'> = { kind: 'cnn', size: 32, widths: [16, 32, 64] };

export const RECIPE: Recipe = {
	seed: 1,
	batch: 32,
	steps: 400,
	rate: 3e-3,
	warmUp: 30,
	weightDecay: 0.01,
	mirror: false,
	shift: 0
};

/** How many steps lie between two tests of a network that grows, and how many held-out pictures a test takes at most. */
export const TESTS = { every: 25, pictures: 400 } as const;

/** Of the size that the source's notebook trains on photos of 37 breeds: 324 patches and CLS. */
export const SOURCE_VIT: ViTPlan = {
	...SMALL_VIT,
	...{ size: 144, patch: 8, dim: 128, depth: 4, heads: 4, mlpRatio: 4, classes: 37 }
};

/** Channels of the CNN beside it, which has as many parameters. */
export const SOURCE_WIDTHS = [54, 108, 216] as const;

/** Sides of the pictures that the small networks take, in pixels. */
export const SIDES = [32, 48, 64] as const;
export type Side = (typeof SIDES)[number];

/** Patches in a row of the small ViT. */
const ACROSS = SMALL_VIT.size / SMALL_VIT.patch;

/**
 * The small ViT for pictures of a side. It cuts each into 8 x 8 patches, whatever their size: a larger picture then leaves
 * attention, positions and all maps as they are, and only what one patch covers grows. Patches of one size would make the
 * tokens four times as many from 32 to 64 px, and with them a step six times the work.
 * @throws PatchworkError `request` for a side that is none of {@link SIDES}
 */
export function smallViT(side: number): Omit<ViTPlan, 'classes'> {
	if (SIDES.some((one) => one === side)) return { ...SMALL_VIT, size: side, patch: side / ACROSS };
	const sides = `${SIDES.slice(0, -1).join(', ')} or ${SIDES.at(-1)}`;
	throw new PatchworkError(
		'request',
		`Small networks take pictures of ${sides} px, not of ${side} px; choose one of these.`
	);
}

interface Small {
	/** Whether a ViT has a distillation token. */
	readonly distilled?: boolean;
	/** One of {@link SIDES}. */
	readonly size?: number;
}

/** The small network of a kind. @throws PatchworkError `request` for a size that is none of {@link SIDES} */
export function smallPlan(
	kind: NetworkPlan['kind'],
	classes: number,
	{ distilled = false, size = SMALL_VIT.size }: Small = {}
): NetworkPlan {
	const vit = { ...smallViT(size), classes };
	return kind === 'cnn' ? cnnBeside(vit, SMALL_CNN.widths) : { ...vit, distilled };
}
