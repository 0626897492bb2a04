import { decimal, fixed, grouped } from '../base/numbers';

/** A number as all figures write it, to three decimals: `150,528`. The browser's own way to write numbers takes long to be ready. */
export const count = (value: number): string => grouped(value, 3);

/** A share in [0, 1] as all lists of classes write it: `93.4 %`, `< 0.1 %`. */
export const percent = (share: number): string =>
	share > 0 && share < 0.001 ? `< ${decimal('0.1')} %` : `${fixed(100 * share, 1)} %`;

/** Two numbers and what lies between them, as they are written beside each other. */
export interface Changed {
	readonly before: string;
	readonly after: string;
	/** Signed, `+0.02`; of shares in points. */
	readonly difference: string;
}

/** With how many digits a change of shares may be written. */
const MOST_DIGITS = 3;
const DIGITS = [1, 2, MOST_DIGITS];

/**
 * Two shares in [0, 1] and the points between them, all with one digit, or with as many as the difference needs to be seen;
 * it is that of what is written, so that it adds up: `99.93 %`, `99.95 %`, `+0.02`. One that three digits do not show is
 * `≈ 0`.
 */
export function changedPercents(before: number, after: number): Changed {
	const moved = 100 * (after - before);
	const needed = DIGITS.find((digits) => moved === 0 || Math.abs(moved) >= 10 ** -digits);
	if (needed === undefined) {
		const isSame = (100 * before).toFixed(1) === (100 * after).toFixed(1);
		return written(before, after, isSame ? 1 : MOST_DIGITS, '≈ 0');
	}
	const [from = 0, to = 0] = [before, after].map((share) => Number((100 * share).toFixed(needed)));
	const difference = `${to < from ? '−' : '+'}${fixed(Math.abs(to - from), needed)}`;
	return written(before, after, needed, difference);
}

function written(before: number, after: number, digits: number, difference: string): Changed {
	const least = 10 ** -digits;
	const text = (share: number) =>
		share > 0 && 100 * share < least ? `< ${fixed(least, digits)} %` : `${fixed(100 * share, digits)} %`;
	return { before: text(before), after: text(after), difference };
}

/** Any two numbers, and what lies between them. */
export function changedNumbers(before: number, after: number): Changed {
	const moved = after - before;
	const difference = `${moved < 0 ? '−' : '+'}${plainNumber(Math.abs(moved))}`;
	return { before: plainNumber(before), after: plainNumber(after), difference };
}

/** An attention weight in [0, 1] as a percentage: three significant digits, or `< 0.01 %`. */
export function weightPercent(weight: number): string {
	if (weight > 0 && weight < 0.0001) return `< ${decimal('0.01')} %`;
	return `${decimal(String(Number((100 * weight).toPrecision(3))))} %`;
}

/** A number with its power of ten, two digits and a true minus sign: `3.4 · 10⁻⁶`. */
export function scientific(value: number): string {
	const [digits = '', exponent = '0'] = value.toExponential(1).split('e');
	const raised = [...exponent].map((sign) => ({ '-': '⁻', '+': '' })[sign] ?? '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]).join('');
	return `${decimal(digits).replace('-', '−')} · 10${raised}`;
}

/**
 * Any number, signed, for reading: four significant digits and every whole one, a true minus sign, and a power of ten
 * where it is tiny: `3.142`, `−0.0511`, `12,346`, `3.4 · 10⁻⁶`.
 */
export function plainNumber(value: number): string {
	if (value !== 0 && Math.abs(value) < 1e-4) return scientific(value);
	const digits = value === 0 ? 0 : Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
	return grouped(value, digits).replace('-', '−');
}

/** A difference that ought to be tiny, not negative, with two digits: `0`, `1.2`, `3.4 · 10⁻⁶`. */
export function tiny(value: number): string {
	if (value === 0 || !Number.isFinite(value)) return String(value);
	return value >= 0.01 ? decimal(String(Number(value.toPrecision(2)))) : scientific(value);
}

/** What a reader chooses from among `length` things that are counted from 0 here and from 1 on the page. */
export const numbered = (length: number): { value: number; label: string }[] =>
	Array.from({ length }, (_, value) => ({ value, label: String(value + 1) }));
