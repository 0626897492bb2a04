import { anatomyOf, tapSpecs, transformerBlocks, type ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import { tokenNorms } from './token-norms';
import { sum } from './vectors';

/** A place at which something is added to what goes past it. */
export interface Shortcut {
	/** What the names of its block's taps begin with. */
	readonly stem: string;
	/** What adds: the attention or the feed-forward part, or a CNN's layers. */
	readonly part: 'attention' | 'mlp' | 'layers';
	/** The tap of what goes past, and that of what is added to it. */
	readonly past: string;
	readonly added: string;
}

/** Every place where a network adds to what goes past, in order; without those where that is made anew, as by a CNN's strides. */
export function shortcutsOf(config: ModelConfig): Shortcut[] {
	const blocks = transformerBlocks(config);
	if (blocks.length > 0)
		return blocks.flatMap(({ stem, input }): Shortcut[] => [
			{ stem, part: 'attention', past: input, added: `${stem}.attn.out` },
			{ stem, part: 'mlp', past: `${stem}.residual1`, added: `${stem}.mlp.out` }
		]);
	const names = tapSpecs(config).map(({ name }) => name);
	return anatomyOf(config).blocks.map((stem): Shortcut => {
		const [first, out] = [names.findIndex((name) => name.startsWith(`${stem}.`)), names.indexOf(`${stem}.out`)];
		return { stem, part: 'layers', past: names[first - 1] ?? '', added: names[out - 1] ?? '' };
	});
}

/**
 * How many times as long as what is added is what goes past, on the mean over some rows: the ratio of norms of Raghu et
 * al. 2021, arXiv 2108.08810, figure 8.
 * @param past, added (1, n, d) of {@link shortcutsOf} @param from, to rows, counted from 0, the last left out
 */
export function carried(
	past: Pick<TapData, 'data' | 'shape'>,
	added: Pick<TapData, 'data' | 'shape'>,
	from = 0,
	to = past.shape.at(-2) ?? 0
): number {
	const length = (tap: Pick<TapData, 'data' | 'shape'>) => sum(tokenNorms(tap).subarray(from, to));
	return length(past) / length(added);
}
