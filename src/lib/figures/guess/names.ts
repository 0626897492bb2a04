/** The ten questions, in the order in which they are asked. */
export const QUESTION_IDS = [
	'no-positions',
	'positions-transposed',
	'cls-zero',
	'last-block',
	'one-head',
	'uniform',
	'attended',
	'upside-down',
	'normalisation',
	'centre'
] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

/** By question: what was measured for it, as `npm run eval` calls it. */
export const MEASURED: Readonly<Record<QuestionId, string>> = {
	'no-positions': 'no-positions',
	'positions-transposed': 'positions-transposed',
	'cls-zero': 'cls-zero',
	'last-block': 'block-12-skipped',
	'one-head': 'block-3-head-1-zeroed',
	uniform: 'uniform-12',
	attended: 'attended-most',
	'upside-down': 'turn-180',
	normalisation: 'imagenet-norm',
	centre: 'centre'
};

/** What explanations lay beside it. */
const BESIDE = [
	'untouched',
	'no-positions-nor-for-cls',
	'mean-of-patches-for-cls',
	'block-1-skipped',
	'block-8-skipped',
	'block-3-head-2-zeroed',
	'attended-least',
	'random-half',
	'rollout-most',
	'turn-90',
	'flip-vertical',
	'distance',
	'outlier'
] as const;

/** All that `npm run guess` measures. */
export const NAMES: readonly string[] = [...Object.values(MEASURED), ...BESIDE];
