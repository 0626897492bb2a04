import { bytesOfRun } from '../engine/resolution';
import type { ModelConfig } from '../engine/families';
import { viewFamilyOf } from './families';
import type { RunWork } from './family';

/** What reading a photo at some size asks of the device. */
export interface ReadingCost extends RunWork {
	/** Memory that the run's intermediates take until the next, in bytes. */
	readonly bytes: number;
}

/** What a run costs at the size of input that the config says. */
export function readingCost(config: ModelConfig): ReadingCost {
	return { ...viewFamilyOf(config).workOf(config), bytes: bytesOfRun(config) };
}

const count = (value: number): string => value.toLocaleString('en');

/** `4.9 times`, with as many digits as matter. */
function times(ratio: number): string {
	return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} times`;
}

/** How long something takes, in milliseconds, or seconds where it is long. */
function duration(milliseconds: number): string {
	return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * What it would cost to read at another size, in place of the size of now.
 * @param milliseconds that a run took now
 */
export function costSentences(now: ReadingCost, next: ReadingCost, milliseconds: number): readonly string[] {
	const ratio = next.work / now.work;
	const share = (part: 'work' | 'attention') => times(next[part] / now[part]);
	return [
		`${count(next.tokens)} tokens in place of ${count(now.tokens)}: ${share('work')} the work, and ${share('attention')} that of the attention alone.`,
		`About ${duration(milliseconds * ratio)} a run, and ${count(Math.round(next.bytes / 1e6))} MB for what it leaves to look at.`
	];
}
