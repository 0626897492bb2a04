import { headInputs, patchGrid, tokenCount, type ViTConfig } from '../../engine/config';
import type { Verdict } from '../../lesson/stage';
import { count, percent } from '../../marks/numbers';
import type { Prediction } from '../../worker/protocol';
import { headInputWords, readByHeads } from '../parts/head-input';
import { counted, prefixWords } from '../parts/words';
import type { Stop } from './stage';

/** What stands at a stop, in one or two sentences with the numbers of this model. */
export function sentenceAt(stop: Stop, config: ViTConfig, block: number): string {
	const [height, width] = config.imageSize;
	const { channels, patchSize, dim, depth, classes } = config;
	const { rows, columns } = patchGrid(config);
	const tokens = tokenCount(config);
	switch (stop) {
		case 'photo':
			return `${height} rows of ${width} pixels, each with ${channels} numbers, one a colour: ${count(channels * height * width)} numbers in all. The model sees nothing else.`;
		case 'patches':
			return `${counted(rows, 'row', 'rows')} of ${counted(columns, 'square', 'squares')} of ${patchSize} × ${patchSize} pixels, written one after another: a sequence of ${counted(rows * columns, 'patch', 'patches')} of ${count(channels * patchSize ** 2)} numbers each.`;
		case 'tokens':
			return `${tokens} tokens, one for each patch${inFront(config)}, and ${dim} numbers for each. One row of this picture is one token.`;
		case 'blocks':
			return `In block ${block + 1} of ${depth} every token looks at all others and is then reworked on its own. ${tokens} tokens of ${dim} numbers go in, and as many come out.`;
		case 'class':
			if (config.distillationHead)
				return `CLS and the distillation token are all that is read, each by a head of its own: ${dim} numbers become one score for each of ${count(classes)} classes, twice, and the means of both become shares that add up to 100 %.`;
			return classes > 0
				? `${headInputWords(config)} is all that is read: its ${headInputs(config)} numbers become one score for each of ${count(classes)} classes, and the scores become shares that add up to 100 %.`
				: `This model has no head, so it names no classes. ${headInputWords(config)} is its answer: ${headInputs(config)} numbers.`;
	}
}

/** What comes before the patches, after them in the sentence; nothing where they stand alone. */
function inFront(config: ViTConfig): string {
	const words = prefixWords(config);
	return words === '' ? '' : ` and in front ${words}`;
}

/** What stands above the encoder: from what the classes are read, and how. Only for a model that has a head. */
export function readingOut(config: ViTConfig): string {
	const reads = readByHeads(config);
	const sentence = `${reads.charAt(0).toUpperCase()}${reads.slice(1)}`;
	return config.distillationHead ? `${sentence}; mean, softmax` : `${sentence}, linear, softmax`;
}

/** Why no decoder is needed, in one sentence. */
export function instead(config: ViTConfig): string {
	return config.classes > 0
		? `Nothing has to be written word by word: the answer is one class, read from ${readByHeads(config)}.`
		: 'Nothing has to be written word by word: this model has no head, and its tokens are the answer.';
}

/** Whether the likeliest class survives turning the photo upside down, with both shares. */
export function verdictUpsideDown(upright: readonly Prediction[], turned: readonly Prediction[]): Verdict {
	const [before, after] = [upright[0], turned[0]];
	if (!before || !after) return { choice: null, sentence: 'This model names no classes; choose one that does.' };
	const was = `“${before.label}” had ${percent(before.probability)}`;
	if (after.index !== before.index) {
		return {
			choice: 1,
			sentence: `Upright, ${was}. Upside down, “${after.label}” comes first with ${percent(after.probability)}.`
		};
	}
	return {
		choice: 0,
		sentence: `Upright, ${was}; upside down it still comes first, with ${percent(after.probability)}.`
	};
}
