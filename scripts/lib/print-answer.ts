import type { TapData } from '../../src/lib/engine/tap.ts';
import { gives, scoreText } from '../../src/lib/marks/scores.ts';
import { plainNumber } from '../../src/lib/marks/numbers.ts';
import { answerOf } from '../../src/lib/worker/answer.ts';
import type { LoadedModel } from '../../src/lib/models/loaded-model';

/** Widths of a list's first column, and numbers of a vector that a line shows. */
const WIDTH = 10;
const SHOWN = 8;

/** The lines that say what a model makes of a picture, and of which kind that is. @param tap its `answerTap` */
export function answerLines(tap: TapData, model: Pick<LoadedModel, 'config' | 'labels'>): string[] {
	const { config } = model;
	const { top, vector } = answerOf(tap, model);
	const heading = `The model gives ${gives(config)}:`;
	if (vector) {
		const some = [...vector.subarray(0, SHOWN)].map(plainNumber).join(' ');
		return [heading, `  ${some}${vector.length > SHOWN ? ` … (${vector.length} numbers)` : ''}`];
	}
	return [
		heading,
		...top.map(({ index, label, score }) => `${scoreText(score, config.scores).padStart(WIDTH)}  ${label} (${index})`)
	];
}
