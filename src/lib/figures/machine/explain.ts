import type { ViTConfig } from '../../engine/vit/config';
import type { FigureRun, Tap } from '../figure';
import { tapOf, valueAt, within, type Cell } from './cells';
import { ofAnswer } from './from-answer';
import { ofAttention } from './from-attention';
import { ofPhoto } from './from-photo';
import { ofStream } from './from-stream';
import type { Origin } from './making';
import type { Naming } from './names';
import type { Explained } from './sums';

const ORIGINS = { ...ofAnswer, ...ofStream, ...ofAttention, ...ofPhoto };

function originOf({ of }: Cell): Origin {
	const origin = ORIGINS[of];
	if (!origin) throw new Error(`Nothing says where '${of}' comes from.`);
	return origin;
}

/** The taps and parameters that {@link explain} reads; the number's own tap is the last. */
export function explainedTaps(config: ViTConfig, cell: Cell): string[] {
	const own = tapOf(config, cell);
	return [...new Set(originOf(cell).taps(config, cell))].filter((name) => name !== own).concat(own);
}

/** Where one number of a run comes from, every part of it being of that run. @param cell one that the model has */
export function explain(naming: Naming, tap: Tap, seen: FigureRun['seen'], cell: Cell): Explained {
	const { config } = naming;
	const value = valueAt(tap(tapOf(config, cell)), cell);
	const { terms, ...made } = originOf(cell).explain({ ...naming, cell, tap, seen, value });
	// What is walked to is brought within the model: what leaves no block are the embeddings.
	const walkable = terms.map((term) => ({
		...term,
		factors: term.factors.map((factor) => ({ ...factor, cell: factor.cell && within(config, factor.cell) }))
	}));
	return { value, ...made, terms: walkable };
}
