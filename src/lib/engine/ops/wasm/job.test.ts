import { expect, it } from 'vitest';
import { CONTROL_BYTES, controlOf, COUNT, GRAIN, KERNEL, nextOf, REGIONS, startOf, takeParts, UNITS } from './job';

/** A job of so many units for so many threads, as a pool opens it. */
function opened(units: number, threads: number, grain: number) {
	const control = controlOf(new SharedArrayBuffer(CONTROL_BYTES));
	const put = (place: number, value: number) => Atomics.store(control.states, place, value);
	put(KERNEL, 0);
	put(COUNT, 0);
	put(UNITS, units);
	put(GRAIN, grain);
	put(REGIONS, threads);
	for (let region = 0; region < threads; region++) put(nextOf(region), startOf(region, threads, units));
	return control;
}

it.each([
	{ units: 25, threads: 3, grain: 4 },
	{ units: 2, threads: 5, grain: 1 },
	{ units: 16, threads: 16, grain: 3 }
])('of $units units each is made once, by whichever of $threads threads comes', ({ units, threads, grain }) => {
	for (let thread = 0; thread < threads; thread++) {
		const made: number[] = [];
		const kernel = (from: number, to: number) => {
			for (let unit = from; unit < to; unit++) made.push(unit);
		};
		const control = opened(units, threads, grain);
		takeParts(control, [kernel], thread);

		expect([...made].sort((a, b) => a - b)).toEqual(Array.from({ length: units }, (_, unit) => unit));
		// Far from where the others begin, so that no two of them write side by side.
		const own = startOf(thread, threads, units);
		if (own < startOf(thread + 1, threads, units)) expect(made[0]).toBe(own);
		takeParts(control, [kernel], 0);
		expect(made).toHaveLength(units);
	}
});
