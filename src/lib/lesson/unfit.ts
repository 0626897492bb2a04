import { isViT, type ModelConfig } from '../engine/families';
import type { LoadedModel } from '../models/loaded-model';

/** A model in use that a figure is not drawn from, and why, as a clause after its name. */
export interface Unfit {
	readonly model: LoadedModel;
	readonly why: string;
}

/** Why a figure is not drawn from the run of such a model; null where it is. @param needsCls whether it is about CLS */
export function whyUnfit(config: ModelConfig, needsCls: boolean): string | null {
	// Figures that are drawn from a Swin all the same say so themselves, see `swinTaps`.
	if (!isViT(config)) return 'attends in windows, which this figure is not made for';
	return needsCls && !config.cls ? 'has no CLS token, which this figure is about' : null;
}
