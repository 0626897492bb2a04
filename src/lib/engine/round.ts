/** To the nearest integer, halves to the even one: Python's `round`, and how IEEE 754 rounds. */
export function roundHalfEven(x: number): number {
	const floor = Math.floor(x);
	if (x - floor !== 0.5) return Math.round(x);
	return floor % 2 === 0 ? floor : floor + 1;
}
