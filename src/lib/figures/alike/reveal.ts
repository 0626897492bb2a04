import { tokenNorms } from '../../analysis/token-norms';
import { sum } from '../../analysis/vectors';
import { tokenGridOf, transformerBlocks, type ModelConfig } from '../../engine/families';
import type { ModelRun, Reveal, Tap, Verdict } from '../figure';
import { rough } from '../kit/words';

/** How many parts of the depth a reader may choose among. */
const THIRDS = 3;

/** The taps of a block: what its two parts add. */
const PARTS = ['attn.out', 'mlp.out'] as const;

/** How long what each block adds to the patches is, both parts together, beside what enters it. */
function addedByBlock(config: ModelConfig, tap: Tap): number[] {
	const prefix = tokenGridOf(config).prefix.length;
	const length = (name: string) => sum(tokenNorms(tap(name)).subarray(prefix));
	return transformerBlocks(config).map(
		({ stem, input }) => sum(PARTS.map((part) => length(`${stem}.${part}`))) / length(input)
	);
}

function compared({ model: { config } }: ModelRun, tap: Tap): Verdict {
	const added = addedByBlock(config, tap);
	const [least, most] = [Math.min(...added), Math.max(...added)].map((ratio) => added.indexOf(ratio));
	const times = (block = 0) => `${rough(added[block] ?? NaN)} times`;
	return {
		choice: Math.floor((THIRDS * (most ?? 0)) / added.length),
		sentence:
			`On this photo, block ${(most ?? 0) + 1} of ${added.length} does most: what its two parts add to the patches is ` +
			`${times(most)} as long as what enters it. In block ${(least ?? 0) + 1}, which does least, it is ${times(least)}.`
	};
}

/** In which third of the depth lies the block that does most to the patches, for how long they are by then. */
export const work: Reveal<ModelRun> = {
	needs: ['blocks'],
	taps: (config) =>
		transformerBlocks(config).flatMap(({ stem, input }) => [input, ...PARTS.map((part) => `${stem}.${part}`)]),
	answer: compared
};
