import type { CheckpointFiles } from '../model';
import { fileOf, SIZES, timmCheckpoint, timmConfig, timmTensors } from './checkpoint';
import { VARIANTS, variantCheckpoint } from './variants';

/** The made-up checkpoint without a head, as a backbone is published. */
export function headlessCheckpoint(): CheckpointFiles {
	const tensors = timmTensors().filter(({ name }) => !name.startsWith('head.'));
	return { ...timmCheckpoint(), weights: fileOf(tensors) };
}

/** The made-up checkpoint with another meaning of its scores. @param problem as a config's `problem_type` says it */
export function scoredCheckpoint(problem: string, classes = SIZES.classes): CheckpointFiles {
	const sizes = { ...SIZES, classes };
	return { ...timmCheckpoint(sizes), config: { ...timmConfig(sizes), problem_type: problem } };
}

/** The made-up checkpoint, its GELU approximated by tanh. */
export function approximatedCheckpoint(): CheckpointFiles {
	const config = timmConfig();
	return {
		...timmCheckpoint(),
		config: { ...config, model_args: { ...(config.model_args as object), act_layer: 'gelu_tanh' } }
	};
}

/** Checkpoints of every kind that whatever is drawn must be right for: a plain one, what differs from it, and no head. */
export const EVERY_KIND: readonly (readonly [kind: string, files: CheckpointFiles])[] = [
	['a plain ViT', timmCheckpoint()],
	['a model without a head', headlessCheckpoint()],
	['a model with several labels', scoredCheckpoint('multi_label_classification')],
	['a model with a single output', scoredCheckpoint('single_label_classification', 1)],
	['a regression', scoredCheckpoint('regression', 2)],
	...VARIANTS.map((variant) => [`a model with ${variant.name}`, variantCheckpoint(variant)] as const)
];
