import { has, tapSpecs, type ModelConfig } from '../engine/families';
import type { Capability } from '../engine/family';
import { bytesOf } from '../engine/lean';
import type { LoadedModel } from '../models/loaded-model';
import { drawnBound } from '../worker/budget';

/** A model in use that a figure is not drawn from, and why, as a clause after its name. */
export interface Unfit {
	readonly model: LoadedModel;
	readonly why: string;
}

/** What is said of a model that lacks something which a figure needs: true of any, whatever it has in its place. */
const LACKS: Readonly<Record<Capability, string>> = {
	patterns: 'has no attention between all of its tokens, which this figure is about',
	sequence: 'does not keep one sequence of tokens through all of its blocks, which this figure is about',
	blocks: 'is not made of blocks with attention and a feed-forward part, which this figure is about',
	windows: 'does not attend in windows, which this figure is about',
	cls: 'has no CLS token, which this figure is about',
	positions: 'adds no learned positions to its tokens, which this figure is about',
	patches: 'does not cut the photo into whole patches, which this figure is about',
	maps: 'is not made of maps of features, which this figure is about',
	projection: 'does not make its embeddings by one product for each patch, which this figure is about'
};

/** Why a figure is not drawn from the run of such a model; null where it is. @param needs what the figure needs */
export function whyUnfit(config: ModelConfig, needs: readonly Capability[]): string | null {
	const lacking = needs.find((capability) => !has(config, capability));
	if (lacking === undefined) return null;
	// What it has instead says more than what it has not.
	const inWindows = lacking === 'patterns' && has(config, 'windows');
	return inWindows ? 'attends in windows, which this figure is not made for' : LACKS[lacking];
}

/**
 * Why a figure is not drawn from a run of such a model at the size that it ran at: it reads more than the page has room for;
 * null where it does not.
 * @param names of the taps that it reads
 */
export function whyTooMuch(config: ModelConfig, names: readonly string[]): string | null {
	const read = new Set(names);
	const bytes = tapSpecs(config).reduce((sum, spec) => sum + (read.has(spec.name) ? bytesOf(spec) : 0), 0);
	return bytes <= drawnBound() ? null : TOO_MUCH;
}

const TOO_MUCH = 'makes more at this size of input than the page has the memory to read for this figure';
