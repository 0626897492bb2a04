import type { ModelConfig } from '../../engine/families';
import { percent } from '../../marks/numbers';
import type { ModelRun, Reveal, Tap, Verdict } from '../figure';
import { blockAt } from '../kit/blocks';
import { namesOf, partOf } from './part';

/** The block that the prose asks about, counted from 0; the last where the model has fewer. */
const BLOCK = 8;

/** Up to which share of the hidden values each choice but the last is right. */
const LIMITS = [0.25, 0.5];

/** @returns 0 for fewer than a quarter, 1 for fewer than a half, 2 for more */
export const choiceFor = (share: number): number => LIMITS.filter((limit) => share >= limit).length;

/** Above zero, for a GELU and for SiLU, is whatever was above zero before it. */
function counted({ model: { config } }: ModelRun, tap: Tap): Verdict {
	const { hidden } = namesOf(partOf(config, BLOCK));
	const values = tap(hidden).data;
	const share = values.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / values.length;
	return {
		choice: choiceFor(share),
		sentence: `In ${blockAt(config, BLOCK).name} it is ${percent(share)}; of the rest, the bend leaves little or nothing.`
	};
}

/** How many hidden values the bend lets through. */
export const on: Reveal<ModelRun> = {
	taps: (config: ModelConfig) => [namesOf(partOf(config, BLOCK)).hidden],
	answer: counted
};
