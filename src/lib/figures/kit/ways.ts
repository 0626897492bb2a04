import { has, type ModelConfig } from '../../engine/families';
import type { Capability } from '../../engine/family';
import type { Figure, FigureRun, ModelRun } from '../figure';

/** What the plain ViT that the text tells of has, and what a figure is drawn from unless it says what it needs. */
export const PLAIN: readonly Capability[] = ['patterns', 'sequence', 'blocks'];

/** Whether a model has all that the text tells of: its sizes are then those in the text. */
export const isPlain = (run: ModelRun): run is FigureRun => has(run.model.config, ...PLAIN);

/** The run, in a state that needs all of {@link PLAIN}. @throws Error for another, which was not asked for what is needed */
export function asPlain(run: ModelRun): FigureRun {
	if (isPlain(run)) return run;
	throw new Error('The figure is drawn from a run that lacks what the plain ViT of the text has.');
}

/** What is read of a model for a figure, and whether it is drawn instead of as the text tells, see `Figure.instead`. */
export interface Read {
	readonly names: readonly string[];
	readonly instead: boolean;
}

/** What a figure needs in a state to be drawn as the text tells. */
export const needsOf = <S extends object>(figure: Figure<S, ModelConfig>, state: S): readonly Capability[] =>
	figure.needs?.(state) ?? PLAIN;

/** What is read of a model for a figure in a state; null where the model lacks what is needed. */
export function readOf<S extends object>(figure: Figure<S, ModelConfig>, state: S, config: ModelConfig): Read | null {
	const { instead } = figure;
	const other = instead?.needs(state);
	if (instead && other && has(config, ...other)) return { names: instead.taps(config, state), instead: true };
	return has(config, ...needsOf(figure, state)) ? { names: figure.taps(config, state), instead: false } : null;
}
