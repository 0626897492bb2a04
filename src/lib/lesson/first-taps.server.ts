import type { PredictionText, Step } from '../content/chapter';
import { chapters } from '../content/index.server';
import type { ViTConfig } from '../engine/vit/config';
import { readOf } from '../figures/kit/ways';
import { figureNamed } from './figures';

/** What is read for one place of the prose, by name. */
export interface FirstRead {
	/** The figure and the place's id. */
	readonly where: string;
	readonly names: readonly string[];
}

/**
 * What the figures of all steps and predictions read before the reader changes anything, what answers the predictions,
 * and what lies ahead of a step. Nothing for a figure that such a model cannot be drawn in.
 */
export async function firstReads(config: ViTConfig): Promise<FirstRead[]> {
	return (await chapters()).flatMap(({ steps, predictions }) => [
		...steps.map((step) => readFor(step, config)),
		...predictions.map((prediction) => readFor(prediction, config, prediction.reveal))
	]);
}

type Place = Pick<Step | PredictionText, 'id' | 'figure' | 'attributes'>;

function readFor({ id, figure, attributes }: Place, config: ViTConfig, reveal = ''): FirstRead {
	const where = `${figure}#${id}`;
	const of = figureNamed(figure);
	const state = of.parse(attributes);
	const read = readOf(of, state, config);
	if (!read) return { where, names: [] };
	const answer = of.reveals?.[reveal]?.taps(config) ?? [];
	return { where, names: [...read.names, ...answer, ...(of.ahead?.(config, state) ?? [])] };
}

/** The names of all {@link firstReads}: what a recording must have. */
export async function firstTaps(config: ViTConfig): Promise<string[]> {
	return [...new Set((await firstReads(config)).flatMap(({ names }) => names))].sort();
}
