/** A whole number as the figure writes it: `38,809`. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');

const STEPS = [
	[1e12, /* @wc-include */ ' trillion', 'in trillions'],
	[1e9, /* @wc-include */ ' billion', 'in billions'],
	[1e6, /* @wc-include */ ' million', 'in millions']
] as const;

/** A large number in three digits: `932 million`; below a million as it is. */
export function large(value: number): string {
	const step = STEPS.find(([size]) => value >= size);
	if (!step) return whole(value);
	return `${(value / step[0]).toPrecision(3)}${step[1]}`;
}

/** How an axis up to `max` is numbered: in which unit, and a value in it, without its name. */
export function inUnits(max: number): { unit: string; write: (value: number) => string } {
	const [size, , unit] = STEPS.find(([size]) => max >= size) ?? [1, '', ''];
	return {
		unit,
		write: (value) => (value / size).toLocaleString('en-GB', { maximumSignificantDigits: 3 })
	};
}

/** A share in whole per cent, below one per cent with a digit: `34 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** A ratio: `15.9`. */
export const times = (ratio: number): string =>
	ratio.toLocaleString('en-GB', { maximumSignificantDigits: ratio < 1 ? 2 : 3 });
