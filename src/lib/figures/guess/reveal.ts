import { answerText, gives } from '../../marks/scores';
import { anatomyOf } from '../../engine/families';
import type { ModelRun, Reveal } from '../figure';
import { compared } from '../kit/compared';
import { liveOf } from './live';

/** Which of the choices came true: the same class and no less sure of it, the same but less sure, or another one. */
function choiceOf(before: ModelRun['top'], after: ModelRun['top']): 0 | 1 | 2 {
	const [was, is] = [before[0], after[0]];
	if (was?.index !== is?.index) return 2;
	return (is?.score ?? 0) >= (was?.score ?? 0) ? 0 : 1;
}

/** What the model in use says of the reader's photo when its last block is skipped. */
export const lastBlock: Reveal<ModelRun> = {
	taps: () => [],
	async answer(run) {
		if (run.recorded)
			return { choice: null, sentence: 'A recording cannot be run once more, with all blocks or without one.' };
		const { config } = run.model;
		if (config.scores === 'vector' || config.scores === 'number' || config.classes === 1)
			return { choice: null, sentence: `This model gives ${gives(config)}, so no class can come first.` };
		const live = liveOf('last-block', run, null);
		if ('cannot' in live) return { choice: null, sentence: live.cannot };
		const after = await run.experiment(live.edits);
		const sentence = `All ${anatomyOf(config).blocks.length} blocks: ${answerText(run, config.scores)}. Without the last: ${answerText(after, config.scores)}.`;
		return { choice: choiceOf(run.top, after.top), sentence: `${sentence} ${compared(run, after, config.scores)}` };
	}
};
