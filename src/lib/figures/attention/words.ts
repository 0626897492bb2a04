import { num } from '../kit/words';
import { firstPatch, tokenName, type Grid } from '../../marks/tokens';

export { num, tokenName };

/** `the CLS token` or `the patch in row 3, column 4`. */
export function tokenPhrase(token: number, grid: Grid): string {
	const name = tokenName(token, grid);
	return token < firstPatch(grid) ? `the ${name} token` : `the patch in ${name}`;
}

/** The first few products of a dot product, as they would be written by hand. */
export function firstProducts(a: ArrayLike<number>, b: ArrayLike<number>, count = 3): string {
	return Array.from({ length: Math.min(count, a.length) }, (_, i) => {
		const second = b[i] ?? NaN;
		return `${num(a[i] ?? NaN)} × ${second < 0 ? `(${num(second)})` : num(second)}`;
	}).join(' + ');
}
