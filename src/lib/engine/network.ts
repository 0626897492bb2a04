import type { CommonConfig } from './config';
import type { Replaced } from './edits/parameters';
import type { Parameter } from './parameter';
import type { Steps } from './run';

/** A model on the current backend: its parameters, and how it runs. It owns its tensors. */
export interface Network<C extends CommonConfig> {
	readonly config: C;
	/** Number of parameters, as the checkpoint counts them. */
	readonly parameters: number;
	/** All parameters, under the names that the family lists for its config. */
	readonly weights: ReadonlyMap<string, Parameter>;
	/** How it runs. @param replaced parameters that are others this time; they stay the caller's */
	steps(replaced: Replaced): Steps;
	/**
	 * The same model for another size of input, by the same tensors. It owns only what it had to make anew, and can't be
	 * used after the one that it is of was disposed.
	 * @param config this one's, but for the size of the input; see `resolution.ts`
	 */
	at(config: C): Network<C>;
	dispose(): void;
}
