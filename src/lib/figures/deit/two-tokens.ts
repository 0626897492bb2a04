import { attentionOf, meanOverHeads, patchPart, rowOf } from '../../analysis/attention';
import { scoresOfLogits } from '../../analysis/logit-lens';
import { cosine } from '../../analysis/cosine';
import { rowAt } from '../../analysis/linear';
import { DISTILLATION, type ViTConfig } from '../../engine/vit/config';
import type { TapData } from '../../engine/tap';
import type { FigureRun, Tap } from '../figure';
import { outputNames } from '../../worker/top-classes';
import { allBlocks } from '../cls-token/blocks';
import { likeliest } from './distil';

const lastWeights = ({ depth }: ViTConfig) => `blocks.${depth - 1}.attn.pattern`;

/** What a model with a distillation token is shown by, beside what every model is; nothing of one without. */
export function tapsOfTwo(config: ViTConfig): string[] {
	if (!config.distilled) return [];
	const heads = config.distillationHead ? ['logits.cls', 'logits.distillation'] : [];
	return [...allBlocks(config), lastWeights(config), ...heads];
}

/** Cosine of CLS to the distillation token, before the first block and after each, in [-1, 1]. */
export function cosinesOfTwo(taps: readonly TapData[]): number[] {
	return taps.map(({ data, shape }) => {
		const width = shape[2] ?? 0;
		return cosine(rowAt(data, width, 0), rowAt(data, width, DISTILLATION));
	});
}

/** What a token attends to in the last block, as the mean over its heads: one weight a patch, row-major. */
export function patchesOfToken(config: ViTConfig, tap: Tap, token: number): Float32Array {
	const mean = meanOverHeads(attentionOf(tap(lastWeights(config)), config));
	return patchPart(rowOf(mean, 0, token), mean.prefix);
}

/** What each head says of one class, and the model, whose logits are the mean of theirs, by the model's `scores`. */
export interface Opinions {
	readonly label: string;
	readonly cls: number;
	readonly distillation: number;
	readonly both: number;
}

/**
 * Both heads on the classes that the model finds likeliest, and on the one that each head by itself puts first, which
 * need not be among those; the model's order.
 */
export function opinionsOf(tap: Tap, { top, model }: Pick<FigureRun, 'top' | 'model'>): Opinions[] {
	const [cls, distillation, both] = ['logits.cls', 'logits.distillation', 'logits'].map((name) =>
		scoresOfLogits(tap(name).data, model.config.scores)
	);
	const names = outputNames(model.labels, model.config);
	// Of plain numbers the largest is no head's first.
	const firsts = model.config.scores === 'number' ? [] : [cls, distillation].map((scores) => likeliest(scores ?? []));
	return [...new Set([...top.map(({ index }) => index), ...firsts])]
		.map((index) => ({
			label: names[index] ?? '',
			cls: cls?.[index] ?? NaN,
			distillation: distillation?.[index] ?? NaN,
			both: both?.[index] ?? NaN
		}))
		.sort((a, b) => (model.config.scores === 'number' ? 0 : b.both - a.both));
}
