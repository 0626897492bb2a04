import type { Figure, FigureRun, SwinRun } from '../figure';

/** The Swin in use, in a state in which a figure is drawn from that; else null. */
export function drawnSwin<S extends object>(figure: Figure<S>, { swin }: FigureRun, state: S): SwinRun | null {
	return swin && figure.swinTaps?.(swin.model.config, state) ? swin : null;
}
