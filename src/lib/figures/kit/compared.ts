import type { Scores } from '../../engine/scores';
import { answerText, scoreText, type Said } from '../../marks/scores';

/** What a change did to an answer, in a sentence. */
export function compared(before: Said, after: Said, scores: Scores): string {
	const [was, is] = [before.top[0], after.top[0]];
	if (!was || !is) return 'There are no classes to compare.';
	if (scores === 'number') return `Before: ${answerText(before, scores)}. Now: ${answerText(after, scores)}.`;
	const [then, now] = [scoreText(was.score, scores), scoreText(is.score, scores)];
	if (was.label !== is.label) return `“${was.label}” is no longer first: it now says “${is.label}”, with ${now}.`;
	// Scores that differ by less than is written would look like a mistake.
	return then === now
		? `It still says “${is.label}”, with ${now} as before.`
		: `It still says “${is.label}”, with ${now} in place of ${then}.`;
}
