import { pictureVector, pictureVectorTap } from '../analysis/picture-vector';
import type { ModelConfig } from '../engine/families';
import { lastTap } from '../engine/scores';
import type { TapData } from '../engine/tap';
import type { ModelAnswer, Prediction } from './protocol';
import type { LoadedModel } from '../models/loaded-model';
import { outputNames, topClasses } from './top-classes';

/** The tap that {@link answerOf} reads: what the head says, or what stands for the picture where there is no head. */
export function answerTap(config: ModelConfig): string {
	return config.scores === 'vector' ? pictureVectorTap(config) : lastTap(config);
}

type Described = Pick<LoadedModel, 'config' | 'labels'>;

/** What a model says of a picture, from its {@link answerTap}. */
export function answerOf(tap: TapData, model: Described): ModelAnswer {
	if (model.config.scores === 'vector') return { top: [], vector: pictureVector(tap, model.config) };
	return { top: topOf(model, tap.data), vector: null };
}

/** The first of the model's outputs, under its own names. @param scores one an output */
export function topOf({ config, labels }: Described, scores: Float32Array): Prediction[] {
	return topClasses(scores, config.scores, outputNames(labels, config));
}
