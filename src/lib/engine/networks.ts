import { canonical } from './checkpoint/canonical';
import type { Plan } from './checkpoint/plan';
import type { StoredTensor } from './checkpoint/safetensors';
import type { TensorMaker } from './checkpoint/tensor-maker';
import { makeTensors } from './checkpoint/tensors';
import { convNetwork } from './conv/network';
import type { ModelConfig } from './families';
import type { Network } from './network';
import type { Reading } from './reader';
import { swinNetwork } from './swin/network';
import { vitNetwork } from './vit/network';

/** Makes the network that a reading of its family is of. */
interface Builder {
	build(reading: Reading<ModelConfig>, tensors: TensorMaker): Network<ModelConfig>;
}

/** Every family that runs, by the name that its configurations have. */
const BUILDERS: Readonly<Record<ModelConfig['family'], Builder>> = {
	vit: { build: vitNetwork },
	swin: { build: swinNetwork },
	conv: { build: convNetwork }
};

/** Carries out a plan: puts the weights on the current backend. @throws PatchworkError `checkpoint`; no tensor is left */
export function carryOut(plan: Plan, stored: ReadonlyMap<string, StoredTensor>): Network<ModelConfig> {
	return makeTensors(canonical(stored), (tensors) => BUILDERS[plan.config.family].build(plan, tensors));
}
