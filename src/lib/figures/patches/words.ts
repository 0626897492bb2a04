import { decimal, fixed, grouped, precise } from '../../base/numbers';

/** A whole number as the figure writes it: `38,809`. */
export const whole = (value: number): string => grouped(Math.round(value));

const STEPS = [
	[1e12, /* @wc-include */ ' trillion', 'in trillions'],
	[1e9, /* @wc-include */ ' billion', 'in billions'],
	[1e6, /* @wc-include */ ' million', 'in millions']
] as const;

/** A large number in three digits: `932 million`; below a million as it is. */
export function large(value: number): string {
	const step = STEPS.find(([size]) => value >= size);
	if (!step) return whole(value);
	return `${precise(value / step[0], 3)}${step[1]}`;
}

/** How an axis up to `max` is numbered: in which unit, and a value in it, without its name. */
export function inUnits(max: number): { unit: string; write: (value: number) => string } {
	const [size, , unit] = STEPS.find(([size]) => max >= size) ?? [1, '', ''];
	return {
		unit,
		write: (value) => significant(value / size, 3)
	};
}

/** A share in whole per cent, below one per cent with a digit: `34 %`. */
export const percent = (share: number): string => `${fixed(100 * share, share < 0.1 ? 1 : 0)} %`;

/** A ratio: `15.9`. */
export const times = (ratio: number): string => significant(ratio, ratio < 1 ? 2 : 3);

/** With so many digits that count, without zeros at its end. */
function significant(value: number, digits: number): string {
	const rounded = Number(value.toPrecision(digits));
	return Math.abs(rounded) < 1000 ? decimal(String(rounded)) : grouped(rounded);
}
