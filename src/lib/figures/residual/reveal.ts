import { has, tokenGridOf, type ModelConfig } from '../../engine/families';
import type { ModelRun, Reveal, Tap, Verdict } from '../figure';
import { allBlocks } from '../kit/blocks';
import { rough } from '../kit/words';
import { meanPatchNorm } from './growth';

/** Within this share of each other the two parts count as equal. */
const EQUAL = 0.1;

/** The mean norm of what one kind of part adds to a patch, or to a token of a stage's map, summed over all blocks. */
const addedBy = (config: ModelConfig, tap: Tap, part: string) =>
	allBlocks(config).reduce(
		(sum, { stem, dim }) => sum + meanPatchNorm(tap(`${stem}.${part}`).data, dim, tokenGridOf(config).prefix.length),
		0
	);

/** @returns 0 when attention adds clearly more, 1 when both add about the same, 2 when the feed-forward parts do */
export function choiceFor(attention: number, feedForward: number): number {
	if (Math.abs(attention - feedForward) <= EQUAL * Math.max(attention, feedForward)) return 1;
	return attention > feedForward ? 0 : 2;
}

const read = (config: ModelConfig) => allBlocks(config).flatMap(({ stem }) => [`${stem}.attn.out`, `${stem}.mlp.out`]);

function compared({ model: { config } }: ModelRun, tap: Tap): Verdict {
	const attention = addedBy(config, tap, 'attn.out');
	const feedForward = addedBy(config, tap, 'mlp.out');
	const [one, mean] = has(config, 'sequence')
		? ['a patch of this photo', 'mean over the patches']
		: ['a token of this photo', 'in each block the mean over the tokens of its stage'];
	return {
		choice: choiceFor(attention, feedForward),
		sentence:
			`Of what all ${allBlocks(config).length} blocks add to ${one}, the lengths come to ${rough(attention)} from ` +
			`attention and ${rough(feedForward)} from the feed-forward parts (${mean}).`
	};
}

/** Which of a block's two parts adds more to the patches' streams. */
export const larger: Reveal<ModelRun> = { taps: read, answer: compared };
