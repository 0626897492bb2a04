import { mean } from 'd3';
import { carried, shortcutsOf } from '../../analysis/shortcuts';
import { tokenGridOf, type ModelConfig } from '../../engine/families';
import type { ModelRun, Reveal, Tap, Verdict } from '../figure';
import { rough } from '../kit/words';

const THIRDS = ['first', 'middle', 'last'] as const;

/** How many times as long as what is added is what goes past, in each third of the shortcuts: the mean over the patches. */
function pastByThird(config: ModelConfig, tap: Tap): number[] {
	const all = shortcutsOf(config);
	const prefix = tokenGridOf(config).prefix.length;
	return THIRDS.map((_, third) => {
		const own = all.filter((_, at) => Math.floor((THIRDS.length * at) / all.length) === third);
		return mean(own, ({ past, added }) => carried(tap(past), tap(added), prefix)) ?? NaN;
	});
}

function compared({ model: { config } }: ModelRun, tap: Tap): Verdict {
	const past = pastByThird(config, tap);
	const choice = past.indexOf(Math.min(...past));
	const said = THIRDS.map((third, i) => `${rough(past[i] ?? NaN)} in the ${third} third`).join(', ');
	return {
		choice,
		sentence:
			`On this photo, what goes past is so many times as long as what is added, as a mean over the patches: ${said}. ` +
			`The smallest of these is where most was done.`
	};
}

/** In which third of the network most is added to the patches, for how long they are by then. */
export const work: Reveal<ModelRun> = {
	taps: (config) => [...new Set(shortcutsOf(config).flatMap(({ past, added }) => [past, added]))],
	answer: compared
};
