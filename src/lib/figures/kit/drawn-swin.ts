import type { Stage, StageRun, SwinRun } from './figure';

/** The Swin in use, in a state in which a figure is drawn from that; else null. */
export function drawnSwin<S extends object>(stage: Stage<S>, { swin }: StageRun, state: S): SwinRun | null {
	return swin && stage.swinTaps?.(swin.model.config, state) ? swin : null;
}
