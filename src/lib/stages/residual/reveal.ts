import { prefixTokens, type ViTConfig } from '../../engine/config';
import type { Reveal, Tap } from '../../lesson/stage';
import { rough } from '../parts/words';
import { meanPatchNorm } from './growth';

/** Within this share of each other the two parts count as equal. */
const EQUAL = 0.1;

const blocksOf = ({ depth }: ViTConfig) => Array.from({ length: depth }, (_, i) => `blocks.${i}`);

/** The mean norm of what one kind of part adds to a patch, summed over all blocks. */
const addedBy = (config: ViTConfig, tap: Tap, part: string) =>
	blocksOf(config).reduce(
		(sum, block) => sum + meanPatchNorm(tap(`${block}.${part}`).data, config.dim, prefixTokens(config)),
		0
	);

/** @returns 0 when attention adds clearly more, 1 when both add about the same, 2 when the feed-forward parts do */
export function choiceFor(attention: number, feedForward: number): number {
	if (Math.abs(attention - feedForward) <= EQUAL * Math.max(attention, feedForward)) return 1;
	return attention > feedForward ? 0 : 2;
}

/** Which of a block's two parts adds more to the patches' streams. */
export const larger: Reveal = {
	taps: (config) => blocksOf(config).flatMap((block) => [`${block}.attn.out`, `${block}.mlp.out`]),
	answer({ model: { config } }, tap) {
		const attention = addedBy(config, tap, 'attn.out');
		const feedForward = addedBy(config, tap, 'mlp.out');
		return {
			choice: choiceFor(attention, feedForward),
			sentence:
				`Over all ${config.depth} blocks, attention adds norms of ${rough(attention)} to a patch of this photo, ` +
				`the feed-forward parts ${rough(feedForward)} (mean over the patches).`
		};
	}
};
