import { changedPercents, percent } from '../marks/numbers';
import type { Prediction } from '../worker/protocol';

/** What a reader can expect of a change. */
export const EXPECTATIONS = [
	{ value: 'surer', label: 'Surer' },
	{ value: 'less', label: 'Less sure' },
	{ value: 'other', label: 'Another answer' }
] as const;
export type Expectation = (typeof EXPECTATIONS)[number]['value'];

/** What came of it, in words of this run; null while the model has no first class. */
export function verdictOf(
	expected: Expectation,
	before: Prediction | undefined,
	after: Prediction | undefined
): string | null {
	if (!before || !after) return null;
	const came: Expectation = after.index !== before.index ? 'other' : after.score >= before.score ? 'surer' : 'less';
	const both = changedPercents(before.score, after.score);
	const fact =
		came === 'other'
			? `the answer is now “${after.label}” with ${percent(after.score)}, and was “${before.label}”`
			: `it is still “${before.label}”, from ${both.before} to ${both.after}`;
	return `${came === expected ? 'As you expected' : 'Not as you expected'}: ${fact}.`;
}
