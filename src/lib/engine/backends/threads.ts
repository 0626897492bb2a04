/** More threads than this gain nothing: what they share is then done before they are awake. */
const MOST_THREADS = 16;

/**
 * How many threads run where so many are asked for: no more than there are cores, because one that waits for a core keeps
 * all others waiting.
 */
export function threadsWithin(asked: number, cores: number): number {
	return Math.min(asked, MOST_THREADS, Math.max(2, cores));
}
