import type { ViTConfig } from '../engine/vit/config';
import type { Figure } from '../figures/figure';
import type { Reference } from './chapter';

/** What prose may name. Everything else in it is a fault. */
export interface Known {
	/** The model whose sizes are quoted until the reader's own is there. */
	readonly config: ViTConfig;
	readonly parameters: number;
	/** All taps and parameters of that model. */
	readonly taps: ReadonlySet<string>;
	/** By name. */
	readonly figures: Readonly<Record<string, Figure<object>>>;
	/** Ids of the glossary. */
	readonly terms: ReadonlySet<string>;
	/** By id. */
	readonly references: ReadonlyMap<string, Reference>;
	/** Source files that code blocks may be taken from, by path. */
	readonly sources: Readonly<Record<string, string>>;
	/** Pages of the site outside the tutorial that prose may link to, such as `inspect`. */
	readonly pages: ReadonlySet<string>;
}
