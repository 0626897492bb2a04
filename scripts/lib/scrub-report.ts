import type { ScrubTimes } from '../../tests/bench/scrub.ts';
import { median } from './median.ts';
import { describeRatio, pairedRatio, round, type PairedRatio } from './paired-ratio.ts';

/** How evenly the film is drawn, for the JSON. Milliseconds a frame, the medians over turns. */
export interface Scrub {
	readonly turns: number;
	/** Frames a turn, of each page. */
	readonly frames: number;
	readonly film: Frames;
	readonly empty: Frames;
	/** Of the film's frames to the empty page's, with what they may be. */
	readonly ratios: Readonly<Record<keyof Frames, PairedRatio & { readonly most: number }>>;
}

interface Frames {
	readonly median: number;
	readonly p95: number;
}

const MOST: Frames = { median: 1.5, p95: 3 };

/** The smallest value that at least 95 of 100 do not exceed; NaN of none. */
export function p95(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? NaN;
}

export function toScrub({ film, empty }: ScrubTimes): Scrub {
	const framesOf = (turns: ScrubTimes['film']) => ({
		median: round(median(turns.map(median)), 2),
		p95: round(median(turns.map(p95)), 2)
	});
	const ratio = (of: typeof median) => pairedRatio(film.map(of), empty.map(of));
	return {
		turns: film.length,
		frames: film[0]?.length ?? 0,
		film: framesOf(film),
		empty: framesOf(empty),
		ratios: { median: { ...ratio(median), most: MOST.median }, p95: { ...ratio(p95), most: MOST.p95 } }
	};
}

/** A few lines for people. */
export function describeScrub({ turns, frames, film, empty, ratios }: Scrub): string {
	const line = (name: string, key: keyof Frames) =>
		`  ${name}  film ${film[key]} ms, empty page ${empty[key]} ms: ${describeRatio(ratios[key])}; at most ${ratios[key].most}`;
	return [
		`the film drawn back and forth beside an empty page, ${turns} turns of ${frames} frames each`,
		line('median frame   ', 'median'),
		line('95th percentile', 'p95')
	].join('\n');
}
