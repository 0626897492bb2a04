import type { Plan } from './checkpoint/plan';
import type { StoredTensor } from './checkpoint/safetensors';
import { canonical } from './checkpoint/table';
import { makeTensors } from './checkpoint/tensors';
import type { CommonConfig, ModelConfig } from './config';
import type { Replaced } from './edits/parameters';
import type { Steps } from './run';
import { swinNetwork } from './swin/family';
import { vitNetwork } from './vit-family';
import type { Parameter } from './weights';

/** A model on the current backend: its parameters, and how it runs. It owns its tensors. */
export interface Network {
	readonly config: ModelConfig;
	/** Number of parameters, as the checkpoint counts them. */
	readonly parameters: number;
	/** All parameters, under the names that {@link weightSpecs} lists for its config. */
	readonly weights: ReadonlyMap<string, Parameter>;
	/** How it runs. @param replaced parameters that are others this time; they stay the caller's */
	steps(replaced: Replaced): Steps;
	/**
	 * The same model for another size of input, by the same tensors. It owns only what it had to make anew, and can't be
	 * used after the one that it is of was disposed.
	 * @param imageSize in pixels; patches fill it
	 */
	at(imageSize: CommonConfig['imageSize']): Network;
	dispose(): void;
}

/** Carries out a plan: puts the weights on the current backend. @throws PatchworkError `checkpoint`; no tensor is left */
export function carryOut(plan: Plan, stored: ReadonlyMap<string, StoredTensor>): Network {
	return makeTensors(canonical(stored), (tensors) =>
		plan.family === 'vit' ? vitNetwork(plan, tensors) : swinNetwork(plan, tensors)
	);
}
