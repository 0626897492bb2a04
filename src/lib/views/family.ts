import type { WindowAttention } from '../analysis/window-attention';
import type { ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import type { Layer, Pattern, Shown } from '../run/shown';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { Looking } from './looking';
import type { ModelView } from './model-view';

/** What one run asks of the device. */
export interface RunWork {
	/** Of a run; where the blocks have different numbers, the most. */
	readonly tokens: number;
	/** Multiply-adds of the whole run. */
	readonly work: number;
	/** Those of them that are scores and weighted sums. */
	readonly attention: number;
}

/** One array of an export, under the name that the engine gives it. */
export interface NamedArray {
	readonly name: string;
	readonly shape: readonly number[];
	readonly axes: readonly string[];
	readonly data: Float32Array;
}

/**
 * What is drawn of a kind of network: how its runs are read, and how they are looked at. Each family is a folder, and
 * `families.ts` lists them, as it does in the engine.
 */
export interface ViewFamily<C extends ModelConfig = ModelConfig, P extends Pattern = Pattern> {
	/** The tap whose rows' lengths are drawn over the patches: a row a patch, after the tokens before them. */
	lengthsTap(config: C): string;
	/**
	 * The taps that the layers are made of, one a block and perhaps one behind the last, whether a run has them or not; none
	 * without attention.
	 */
	layerTaps(config: C): readonly string[];
	/** @param taps those of {@link layerTaps}; of a block that the run has passed by there is none, and all weights are 0 */
	patterns(taps: readonly (TapData | undefined)[], config: C): P[];
	/**
	 * What stands for the patterns of a run that is too large for the page to hold all of: as many, of nothing. Only a family
	 * whose view reads what is looked at has it.
	 */
	unread?(config: C): (P & { readonly tokens: number })[];
	/** The mean over the heads, as a pattern of one head. */
	meanOf(pattern: P): P;
	viewOf(shown: Shown<C, P>, looking: Looking, settings: ViewSettings): ModelView;
	/** What a run costs at the size of input that the config says. */
	workOf(config: C): RunWork;
	/** What becomes of such a model at another size of input: a sentence. */
	atOtherSizes(config: C): string;
	/**
	 * What such a model does otherwise than the plain ViT that the chapters tell of, beside what becomes of its scores: each
	 * a clause that can follow `here`; none for a plain one.
	 */
	differences(config: C): readonly string[];
	/** The attention of every block, where it is in windows. */
	inWindows?(layers: readonly Layer<P>[]): readonly Layer<WindowAttention>[];
	/** One name an axis of each exported array, in the shape's order. */
	axes(): readonly string[];
	/** What each index along these axes is, in words. */
	tokensInWords(config: C): string;
	/** The attention of every block, after the softmax. */
	arrays(layers: readonly Layer<P>[], config: C): NamedArray[];
}
