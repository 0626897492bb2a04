/** A mark on a scale: where, as a share of its length, and what is written there. */
export interface Tick {
	readonly at: number;
	readonly text: string;
}

/** What is left free between two labels, in characters. */
const GAP = 1.5;

/**
 * Those of some ticks, which are in order, whose labels keep clear of one another and of the two at the ends.
 * @param ends what is written at the ends of the scale, within its length
 * @param room the length of the scale, in characters
 */
export function clearTicks(ticks: readonly Tick[], ends: readonly [string, string], room: number): Tick[] {
	let taken = ends[0].length;
	return ticks.filter(({ at, text }) => {
		const [start, end] = [at * room - text.length / 2, at * room + text.length / 2];
		if (start < taken + GAP || end > room - ends[1].length - GAP) return false;
		taken = end;
		return true;
	});
}
