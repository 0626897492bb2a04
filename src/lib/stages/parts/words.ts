import { format } from 'd3';
import { placeOf, type Grid } from '../../marks/tokens';

const three = format('.3f');
const two = format('.2f');
const significant = format('.3r');

/** Three decimals, so that sums can be followed by eye; with a true minus sign. */
export const exact = (value: number): string => unsigned(three(value));

/** Two decimals, for reading. */
export const rough = (value: number): string => unsigned(two(value));

/** Two significant digits, whatever the size, as Python writes them: for differences that ought to be tiny. */
export const tiny = (value: number): string => (value === 0 ? '0' : format('.1e')(value));

/** A probability whose logarithm is to be followed: three digits, however small it is. */
export const probability = (value: number): string => (value < 0.1 ? significant(value) : three(value));

/** Zero has no sign to speak of. */
const unsigned = (text: string) => (/^−0\.0*$/.test(text) ? text.slice(1) : text);

/** A number that is added to something: in brackets where it is negative. */
export const added = (text: string): string => (text.startsWith('−') ? `(${text})` : text);

/** A token in the middle of a sentence: `CLS` or `the patch in row 3, column 7`. */
export function tokenWords(token: number, grid: Grid): string {
	const place = placeOf(token, grid);
	return place ? `the patch in row ${place.row + 1}, column ${place.column + 1}` : 'CLS';
}

/** The same at the start of one. */
export function tokenWordsFirst(token: number, grid: Grid): string {
	const words = tokenWords(token, grid);
	return words.charAt(0).toUpperCase() + words.slice(1);
}
