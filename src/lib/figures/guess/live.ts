import { attentionOf } from '../../analysis/attention';
import { fromFirst } from '../../analysis/brightest';
import { withoutHalf } from '../../analysis/half-of-patches';
import type { PreprocessConfig } from '../../engine/config';
import type { Edit } from '../../engine/edits/edit';
import { anatomyOf, has, type ModelConfig } from '../../engine/families';
import type { Anatomy } from '../../engine/family';
import { prefixTokens, type ViTConfig } from '../../engine/vit/config';
import { IMAGENET_NORM } from '../../photo/changes/colour';
import { inputOf, pixelsOf } from '../../photo/changes/pixels';
import { turn180 } from '../../photo/changes/turn';
import { transposedOrder } from '../../tools/orders';
import type { ModelRun, Tap } from '../figure';
import { PLAIN } from '../kit/ways';
import type { QuestionId } from './names';

/** What the model in use is to do otherwise, or a sentence on why it cannot. */
export type Live = { readonly edits: readonly Edit[] } | { readonly cannot: string };

/** What an experiment is made from: the configuration, what of it edits go by, the run and its taps. */
interface Given {
	readonly config: ModelConfig;
	readonly anatomy: Anatomy;
	readonly seen: ModelRun['seen'];
	/** Null where nothing was read of it. */
	readonly tap: Tap | null;
}

/** The block whose head is switched off, and the head; counted from 0. */
export const ONE_HEAD = { block: 2, head: 0 };

/** Whether CLS ranks all patches in one pattern; the configuration is then a ViT's. */
export const ranks = (config: ModelConfig): config is ViTConfig => has(config, ...PLAIN, 'cls');

export const lastPattern = ({ depth }: ViTConfig): string => `blocks.${depth - 1}.attn.pattern`;

const cannot = (sentence: string): Live => ({ cannot: sentence });
const doing = (...edits: Edit[]): Live => ({ edits });

const NO_POSITIONS = 'The model in use adds no positions to its tokens, so there are none to change.';
const NO_CLS = 'The model in use has no CLS token.';

const hasParameter = ({ parameters }: Anatomy, wanted: string) => parameters.some(({ name }) => name === wanted);

function positions({ anatomy }: Given, edit: () => Live): Live {
	return hasParameter(anatomy, 'parameters.pos_embed') ? edit() : cannot(NO_POSITIONS);
}

function transposed({ anatomy }: Given): Live {
	const { rows, columns } = anatomy.gridAt('embeddings');
	if (rows !== columns) return cannot('The grid of the model in use is no square, so it cannot be transposed.');
	return doing({ tap: 'parameters.pos_embed', tokens: 'patches', do: 'permute', order: transposedOrder(columns) });
}

function oneHead({ anatomy }: Given): Live {
	const tap = anatomy.taps.find(({ name }) => name === `${anatomy.blocks[ONE_HEAD.block]}.attn.head_out`);
	if (!tap) return cannot('The model in use has no third block whose heads can be switched off.');
	return doing({ tap: tap.name, head: ONE_HEAD.head, do: 'zero' });
}

function uniform({ anatomy }: Given): Live {
	const tap = anatomy.taps.find(({ name }) => name === `${anatomy.blocks.at(-1)}.attn.pattern`);
	return tap ? doing({ tap: tap.name, do: 'uniform' }) : cannot('The last block of the model in use has no pattern.');
}

function attended({ anatomy, config, tap }: Given): Live {
	if (!anatomy.shortens)
		return cannot('The model in use needs the whole map of its patches, so none can be taken out of it.');
	if (!ranks(config)) return cannot(`${NO_CLS} Nothing ranks its patches.`);
	if (!tap) return cannot('This takes a run of your own.');
	return doing(withoutHalf(fromFirst(attentionOf(tap(lastPattern(config)), config)), prefixTokens(config)));
}

function upsideDown({ config, seen }: Given): Live {
	if (config.channels !== 3) return cannot('The model in use does not take the three channels of a photo.');
	return doing({ tap: 'pixel_values', do: 'set', to: [...inputOf(turn180(pixelsOf(seen)), config.preprocess)] });
}

const isSame = (a: PreprocessConfig['mean'], b: PreprocessConfig['mean']) =>
	a.every((value, i) => Math.abs(value - (b[i] ?? NaN)) < 1e-6);

/** `(p - m) / s` from `x = (p - mean) / std`: `x * std / s + (mean - m) / s`, channel by channel. */
function normalisation({ config }: Given): Live {
	const { mean, std } = config.preprocess;
	if (isSame(mean, IMAGENET_NORM.mean) && isSame(std, IMAGENET_NORM.std))
		return cannot('The model in use was trained with ImageNet’s mean and standard deviation: for it, they are right.');
	if (config.channels !== 3) return cannot('The model in use does not take the three channels of a photo.');
	const edits = IMAGENET_NORM.mean.flatMap((m, channel): Edit[] => {
		const s = IMAGENET_NORM.std[channel] ?? 1;
		const part = { tap: 'pixel_values', channels: channel } as const;
		return [
			{ ...part, do: 'scale', by: (std[channel] ?? 1) / s },
			{ ...part, do: 'add', value: ((mean[channel] ?? 0) - m) / s }
		];
	});
	return doing(...edits);
}

const LIVE: Readonly<Record<QuestionId, (given: Given) => Live>> = {
	'no-positions': (given) =>
		positions(given, () => doing({ tap: 'parameters.pos_embed', tokens: 'patches', do: 'zero' })),
	'positions-transposed': (given) => positions(given, () => transposed(given)),
	'cls-zero': ({ anatomy }) =>
		hasParameter(anatomy, 'parameters.cls_token') ? doing({ tap: 'parameters.cls_token', do: 'zero' }) : cannot(NO_CLS),
	'last-block': ({ anatomy }) => doing({ tap: anatomy.blocks.at(-1) ?? '', do: 'skip' }),
	'one-head': oneHead,
	uniform,
	attended,
	'upside-down': upsideDown,
	normalisation,
	// Nothing is changed: what is asked is read off the run.
	centre: ({ config }) => (ranks(config) ? doing() : cannot(`${NO_CLS} No map is its.`))
};

/** What the model in use does for a question. @param tap of that model's run; null where there is none */
export function liveOf(
	id: QuestionId,
	{ model: { config }, seen }: Pick<ModelRun, 'model' | 'seen'>,
	tap: Tap | null
): Live {
	if (config.scores === 'vector' && id !== 'centre')
		return cannot('The model in use has no classifier, so it names no classes that could change.');
	return LIVE[id]({ config, anatomy: anatomyOf(config), seen, tap });
}
