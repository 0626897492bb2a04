import type { Reveal } from '../figure';
import { answerOf, editsFor, compare, endName, gap, namesRead, oneScore, orderOf, same } from './experiment';

/** The seed of the shuffle that answers the prediction. */
const SEED = 1;

/** What shuffling the patches does once no position is added: two runs, in order and not. */
export const shuffle: Reveal = {
	taps: () => [],
	async answer(run) {
		const { config } = run.model;
		const names = namesRead(config);
		const before = await run.experiment(editsFor(config, 0, false), names);
		const after = await run.experiment(editsFor(config, SEED, false), names);
		const difference = compare(before.taps, after.taps, orderOf(config, SEED), config);
		if (difference.scores === null) {
			return {
				choice: same(difference) ? 0 : 2,
				sentence:
					`This model has no classifier. Without positions, shuffling changes the numbers of the ${endName(config)} by ` +
					`${gap(difference.end)} at most; the largest number is ${gap(difference.largest)}.`
			};
		}
		const stays = before.top[0]?.index === after.top[0]?.index;
		return {
			// Of numbers none comes first, so that the two other choices say nothing.
			choice: same(difference) ? 0 : config.scores === 'number' ? null : stays ? 1 : 2,
			shows: { seed: SEED, positions: false },
			sentence:
				`Without positions, in order: ${answerOf(before, config)}. Without positions, shuffled: ${answerOf(after, config)}. No ` +
				`${oneScore(config)} differs by more than ${gap(difference.scores)}${same(difference) ? ', which is rounding' : ''}. ` +
				`With its positions and in order, this model says ${answerOf(run, config)}.`
		};
	}
};
