import type { Scores } from '../engine/scores';
import { changedNumbers, changedPercents, count, percent, plainNumber, type Changed } from './numbers';

/** An output with what the model gives it; see `Scores` for what that means. */
export interface Scored {
	readonly label: string;
	readonly score: number;
}

/** What a model says of a picture: the first of its outputs, or the vector that it ends in without a head. */
export interface Said {
	readonly top: readonly Scored[];
	readonly vector: ArrayLike<number> | null;
}

/** What a model's scores are, and of how many outputs. */
export interface Kind {
	readonly scores: Scores;
	/** Outputs of the head; 0 without one. */
	readonly classes: number;
}

/** A score as every list and sentence writes it: a share or a probability in percent, any other number as it is. */
export const scoreText = (score: number, scores: Scores): string =>
	scores === 'number' ? plainNumber(score) : percent(score);

/** A score before and after a change, as every list and sentence writes both. */
export const changedScore = (before: number, after: number, scores: Scores): Changed =>
	scores === 'number' ? changedNumbers(before, after) : changedPercents(before, after);

/** What the scores of a file are, for those who have nothing but the file. */
export const MEANINGS: Record<Scores, string> = {
	softmax: 'shares of one whole, in [0, 1]: those of all classes together are 1',
	sigmoid: 'a probability for each class by itself, in [0, 1]: they need not sum to 1',
	number: 'plain numbers of a regression, in the order of the outputs: neither classes nor probabilities',
	vector: 'none: the model has no classifier, and ends in a vector that stands for the picture'
};

/** What a model gives, as the object of a sentence. */
export function gives({ scores, classes }: Kind): string {
	switch (scores) {
		case 'softmax':
			return `a share of the whole for each of ${count(classes)} classes`;
		case 'sigmoid':
			return classes === 1
				? 'a probability, of its only class by itself'
				: `a probability for each of ${count(classes)} classes by itself`;
		case 'number':
			return classes === 1 ? 'a number, not a class' : `${count(classes)} numbers, not classes`;
		case 'vector':
			return 'no class, but a vector that stands for the picture';
	}
}

/** What stands above a list of a model's outputs. @param who the model, in the middle of a sentence */
export function answerTitle({ scores, classes }: Kind, who: string): string {
	switch (scores) {
		case 'softmax':
			return `What ${who} says it is`;
		case 'sigmoid':
			return classes === 1 ? `How probable ${who} finds it` : `What ${who} says of each class`;
		case 'number':
			return classes === 1 ? `The number that ${who} gives` : `The numbers that ${who} gives`;
		case 'vector':
			return `What ${who} ends in`;
	}
}

/** What stands below such a list, of anything but shares: how its scores are to be read. @param shown how many are listed */
export function listNote({ scores, classes }: Kind, shown: number): string {
	const many = classes > shown;
	if (scores === 'number') {
		const what =
			classes === 1 ? 'A number, not a class.' : 'Numbers, not classes, in the order of the model’s outputs.';
		return many ? `${what} The first ${shown} of ${count(classes)} are shown.` : what;
	}
	if (classes === 1) return 'A probability by itself, from 0 to 100 %: the model has no other output.';
	const what = 'Each class by itself: these need not add up to 100 %.';
	return many ? `${what} The ${shown} most probable of ${count(classes)} are shown.` : what;
}

/** Outputs of a regression that a sentence names. */
const NAMED = 3;

/** What a model says, as it stands in a sentence or a caption: `ant, 65.3 %`. Empty where it says nothing yet. */
export function answerText({ top, vector }: Said, scores: Scores): string {
	if (vector) return `no class, but ${count(vector.length)} numbers`;
	const [first] = top;
	if (!first) return '';
	if (scores === 'number') {
		const named = top.slice(0, NAMED).map(({ label, score }) => `${label} ${plainNumber(score)}`);
		return [...named, ...(top.length > NAMED ? ['…'] : [])].join(', ');
	}
	return `${first.label}, ${percent(first.score)}${scores === 'sigmoid' ? ' by itself' : ''}`;
}

/** The same as it is spoken: in whole percent. */
export function spokenAnswer({ top, vector }: Said, scores: Scores): string {
	const [first] = top;
	if (!first || vector || scores === 'number') return answerText({ top, vector }, scores);
	return `${first.label}, ${(100 * first.score).toFixed(0)} percent${scores === 'sigmoid' ? ' by itself' : ''}`;
}
