/** A whole number as all figures write it: `150,528`. */
export const count = (value: number): string => value.toLocaleString('en-GB');

/** A share in [0, 1] as all lists of classes write it: `93.4 %`, `< 0.1 %`. */
export const percent = (share: number): string =>
	share > 0 && share < 0.001 ? '< 0.1 %' : `${(100 * share).toFixed(1)} %`;

/** What a reader chooses from among `length` things that are counted from 0 here and from 1 on the page. */
export const numbered = (length: number): { value: number; label: string }[] =>
	Array.from({ length }, (_, value) => ({ value, label: String(value + 1) }));
