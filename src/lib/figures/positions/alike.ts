import type { Grid } from '../../marks/tokens';
import { rough, tokenWords } from '../kit/words';

/** The most alike of all other positions; null where there is only one. @param map cosines, one a position, row-major */
export function mostAlike(map: Float32Array, chosen: number): number | null {
	let best: number | null = null;
	for (const [i, value] of map.entries()) if (i !== chosen && (best === null || value > (map[best] ?? 0))) best = i;
	return best;
}

/** Which others are like the chosen position: the nearest, and as far as there are any, the means of its row, its column and the rest. */
export function alikeWords(map: Float32Array, chosen: number, { rows, columns }: Grid): string {
	const nearest = mostAlike(map, chosen);
	if (nearest === null)
		return 'This model has a single patch and so a single position: there is no other to compare it with.';
	const [row, column] = [Math.floor(chosen / columns), chosen % columns];
	const mean = (keep: (r: number, c: number) => boolean): number | null => {
		const kept = map.filter((_, i) => i !== chosen && keep(Math.floor(i / columns), i % columns));
		return kept.length > 0 ? kept.reduce((sum, value) => sum + value, 0) / kept.length : null;
	};
	const groups = [
		{ name: 'the others in its row', value: mean((r) => r === row) },
		{ name: 'those in its column', value: mean((_, c) => c === column) },
		{ name: 'all the rest', value: mean((r, c) => r !== row && c !== column) }
	];
	const there = groups.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
	const means = there.map(({ name, value }, i) => `${name} ${i === 0 ? 'have ' : ''}${rough(value)}`);
	const last = means.pop() ?? '';
	return (
		`Most like it is the position of ${tokenWords(nearest + 1, { rows, columns })}: ${rough(map[nearest] ?? NaN)}. ` +
		`On average ${means.length > 0 ? `${means.join(', ')}, and ` : ''}${last}.`
	);
}
