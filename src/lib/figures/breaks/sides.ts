import type { Rates } from './measured';
import { rowOf } from './measured';

/** What a reader may guess: which network keeps more of its own answers. */
export const SIDES = ['cnn', 'alike', 'vit'] as const;
export type Side = (typeof SIDES)[number];

/** Two shares that lie no further apart than this count as alike: three points, some seven photos of 250. */
const ALIKE = 0.03;

/** The share of the photos on which a network still says first what it said of the untouched one. */
export const kept = ({ changed }: Rates): number => 1 - (changed ?? 0);

/** Which of the two keeps more of its own answers under a change. @throws Error for what was not measured */
export function betterAt(change: string): Side {
	const { cnn, vit } = rowOf(change);
	const gap = kept(vit) - kept(cnn);
	if (Math.abs(gap) <= ALIKE) return 'alike';
	return gap > 0 ? 'vit' : 'cnn';
}
