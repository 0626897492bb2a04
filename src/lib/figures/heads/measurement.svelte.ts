import type { Attention } from '../../analysis/attention';
import { inSlices } from '../../base/slices';
import { reaches, type HeadReach } from './reaches';

/** Distance and entropy of every head of some blocks, measured in slices so that the page stays awake. */
export class Measurement {
	/** With the weights that were measured: another run's numbers are never shown for this one. */
	#found = $state.raw<{ of: Float32Array | undefined; heads: readonly HeadReach[] } | null>(null);

	/** Measures these blocks. @returns how to stop that */
	begin(blocks: readonly Attention[]): () => void {
		return inSlices(
			(pause) => reaches(blocks, pause),
			(heads) => (this.#found = { of: blocks[0]?.data, heads })
		);
	}

	/** All heads, block by block; null until these very blocks have been measured. Reactive. */
	headsOf(blocks: readonly Attention[]): readonly HeadReach[] | null {
		return this.#found && this.#found.of === blocks[0]?.data ? this.#found.heads : null;
	}
}
