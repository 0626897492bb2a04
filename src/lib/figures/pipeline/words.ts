import { fixed } from '../../base/numbers';
import { cosine } from '../../analysis/cosine';
import { pictureVectorTap } from '../../analysis/picture-vector';
import { tapSpecs } from '../../engine/families';
import { headInputs, tokenCount, type ViTConfig } from '../../engine/vit/config';
import { patchGrid } from '../../engine/config';
import type { Scores } from '../../engine/scores';
import type { Verdict } from '../figure';
import { count } from '../../marks/numbers';
import { scoreText, type Kind } from '../../marks/scores';
import type { ModelAnswer } from '../../worker/protocol';
import { headInputWords, readByHeads } from '../kit/head-input';
import { counted, prefixWords } from '../kit/words';
import type { Stop } from './stops';

/** What stands at a stop, in one or two sentences with the numbers of this model. */
export function sentenceAt(stop: Stop, config: ViTConfig, block: number): string {
	const [height, width] = config.imageSize;
	const { channels, patchSize, dim, depth } = config;
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
			return sentenceAtEnd(config);
	}
}

/** How many numbers stand for the picture. */
const answerSize = (config: ViTConfig) =>
	tapSpecs(config)
		.find(({ name }) => name === pictureVectorTap(config))
		?.shape.at(-1) ?? 0;

function sentenceAtEnd(config: ViTConfig): string {
	const { classes, dim, distillationHead, scores } = config;
	if (scores === 'vector')
		return `This model has no classifier, so it names no classes. ${headInputWords(config)} is its answer: ${answerSize(config)} numbers.`;
	const outputs =
		scores === 'number'
			? counted(classes, 'number', 'numbers')
			: classes === 1
				? 'a score for its only class'
				: `one score for each of ${count(classes)} classes`;
	return distillationHead
		? `CLS and the distillation token are all that is read, each by a classifier of its own: ${dim} numbers become ${outputs}, twice, and the ${classes === 1 ? /* @wc-include */ 'mean' : /* @wc-include */ 'means'} of both ${BECOME[scores](classes)}.`
		: `${headInputWords(config)} is all that is read: its ${headInputs(config)} numbers become ${outputs}, and ${classes === 1 ? /* @wc-include */ 'that' : scores === 'number' ? /* @wc-include */ 'these' : 'the scores'} ${BECOME[scores](classes)}.`;
}

/** What becomes of the scores. */
const BECOME: Record<Exclude<Scores, 'vector'>, (classes: number) => string> = {
	softmax: () => 'become shares that add up to 100 %',
	sigmoid: (classes) =>
		classes === 1
			? 'becomes a probability, from 0 to 100 %'
			: 'become a probability for each class by itself; these need not add up to 100 %',
	number: (classes) =>
		classes === 1 ? 'is the answer as it is: a number, not a class' : 'are the answer as they are: numbers, not classes'
};

/** What the last layer does to the scores, in a word; empty where they stay as they are. */
export function activation({ scores }: Kind): string {
	return scores === 'softmax' ? /* @wc-include */ 'softmax' : scores === 'sigmoid' ? /* @wc-include */ 'sigmoid' : '';
}

/** The classifier in a line: what it computes, and what becomes of that. Only for a model that has one. */
export function headLine(config: ViTConfig): string {
	const { classes, distillationHead, scores } = config;
	const noun =
		scores === 'number'
			? [/* @wc-include */ 'number', /* @wc-include */ 'numbers']
			: [/* @wc-include */ 'class', /* @wc-include */ 'classes'];
	const sums = `one weighted sum for ${classes === 1 ? `its only ${noun[0]}` : `each of ${count(classes)} ${noun[1]}`}`;
	const then = activation(config) && `, then ${activation(config)}`;
	const by = scores === 'sigmoid' && classes > 1 ? ' of each by itself' : '';
	return distillationHead
		? `The classifier, ${sums}; the distillation token’s own classifier, as many; the mean of both${then}${by}`
		: `The classifier: ${sums}${then}${by}`;
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
	const last = activation(config) && `, ${activation(config)}`;
	return config.distillationHead ? `${sentence}; mean${last}` : `${sentence}, linear${last}`;
}

/** Why no decoder is needed, in one sentence. */
export function instead(config: ViTConfig): string {
	return `Nothing has to be written word by word: ${answerIs(config)}.`;
}

function answerIs(config: ViTConfig): string {
	const { classes, scores } = config;
	if (scores === 'vector') return 'this model has no classifier, and its tokens are the answer';
	const from = `read from ${readByHeads(config)}`;
	if (scores === 'softmax') return `the answer is one class, ${from}`;
	if (scores === 'sigmoid')
		return `the answer is ${classes === 1 ? 'one probability' : 'a probability for each class'}, ${from}`;
	return `the answer is ${counted(classes, 'number', 'numbers')}, ${from}`;
}

/**
 * Whether the first class survives turning the photo upside down, with what it had both times. Where no class can come
 * first, what became of the answer instead.
 */
export function verdictUpsideDown(upright: ModelAnswer, turned: ModelAnswer, { scores, classes }: Kind): Verdict {
	const [before, after] = [upright.top[0], turned.top[0]];
	if (upright.vector && turned.vector) {
		return {
			choice: null,
			sentence: `This model names no classes, so none can come first. The vectors that it ends in, upright and upside down, have a cosine of ${fixed(cosine(upright.vector, turned.vector), 3)}; 1 would be the same direction.`
		};
	}
	if (!before || !after) return { choice: null, sentence: 'This model names no classes; choose one that does.' };
	const [was, is] = [scoreText(before.score, scores), scoreText(after.score, scores)];
	if (scores === 'number' || classes === 1) {
		const what =
			scores === 'number' ? 'This model gives numbers, and no class comes first' : 'This model has one class only';
		return { choice: null, sentence: `${what}: “${before.label}” was ${was} upright, and is ${is} upside down.` };
	}
	const had = `“${before.label}” had ${was}`;
	const own = scores === 'sigmoid' ? ' Each class is scored by itself.' : '';
	if (after.index !== before.index)
		return { choice: 1, sentence: `Upright, ${had}. Upside down, “${after.label}” comes first with ${is}.${own}` };
	return { choice: 0, sentence: `Upright, ${had}; upside down it still comes first, with ${is}.${own}` };
}
