import { MOST_THREADS } from '../ops/wasm/job';

/**
 * How many threads run where so many are asked for: no more than there are cores, because one that waits for a core keeps
 * all others waiting.
 */
export function threadsWithin(asked: number, cores: number): number {
	return Math.min(asked, MOST_THREADS, Math.max(2, cores));
}
