import { LANGUAGE, type Language } from './language';

/** How a language writes numbers: what stands before decimals, and between thousands. */
const SIGNS: Readonly<Record<Language, { readonly point: string; readonly group: string }>> = {
	en: { point: '.', group: ',' },
	// A narrow space that no line is broken at: a comma and a point would be taken for the other language's.
	de: { point: ',', group: '\u202f' }
};

/** What writes numbers for reading in a language. Files, links and code have a point in every one: they are not for it. */
export function numbersIn(language: Language) {
	const { point, group } = SIGNS[language];
	/** A number that is written in English, `-1,000.25`, as code and d3 do it. */
	const decimal = (digits: string): string => digits.replace(/[.,]/g, (sign) => (sign === '.' ? point : group));
	return {
		decimal,
		/** What another writes, such as a format of d3's, in this language. */
		written:
			(write: (value: number) => string) =>
			(value: number): string =>
				decimal(write(value)),
		/** With so many decimals, as `toFixed` rounds. */
		fixed: (value: number, decimals: number): string => decimal(value.toFixed(decimals)),
		/** With so many digits that count, as `toPrecision` rounds. */
		precise: (value: number, digits: number): string => decimal(value.toPrecision(digits)),
		/** Any number with its thousands apart, and at most so many decimals: `12,345.6`. */
		grouped: (value: number, decimals = 0): string => {
			const [whole = '', rest] = String(Number(value.toFixed(decimals))).split('.');
			const apart = whole.replace(/\B(?=(\d{3})+$)/g, group);
			return rest === undefined ? apart : apart + point + rest;
		}
	};
}

/** Numbers as readers of this build write them. */
export const { decimal, written, fixed, precise, grouped } = numbersIn(LANGUAGE);
