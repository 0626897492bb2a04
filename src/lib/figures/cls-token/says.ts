import { format } from 'd3';
import { firstPatch, type Grid } from '../../marks/tokens';
import { tokenWords } from '../kit/words';
import { nameOfBlock, type Whereabouts } from './blocks';

const number = format('.2f');

/** Which patch CLS is most like, and which least. @param values cosines, one a patch, row-major */
export function likeWords(values: Float32Array, blocks: number, grid: Grid): string {
	if (values.length < 2) return '';
	const name = (patch: number) => tokenWords(patch + firstPatch(grid), grid);
	const at = (value: number) => name(values.indexOf(value));
	const [most, least] = [Math.max(...values), Math.min(...values)];
	const above = values.filter((value) => value > 0.5).length;
	return (
		`Here: ${nameOfBlock(blocks)}, CLS is most like ${at(most)} (${number(most)}) and least like ${at(least)} ` +
		`(${number(least)}). ${above} of ${values.length} patches have more than 0.5.`
	);
}

/** How many blocks it takes until CLS has turned away from its start, and how its length changed. */
export function pathWords(path: readonly Whereabouts[]): string {
	const [start, end] = [path[0], path.at(-1)];
	if (!start || !end || path.length < 2) return '';
	const turned = path.findIndex(({ toStart }) => toStart < 0.5);
	const when =
		turned < 0
			? 'the cosine between CLS and its start never falls below 0.5'
			: `the cosine between CLS and its start is below 0.5 ${nameOfBlock(turned)}`;
	return (
		`Here: ${when}, and ${number(end.toStart)} at the end. The length of CLS goes from ${number(start.length)} to ` +
		`${number(end.length)}, the median patch’s from ${number(start.patches)} to ${number(end.patches)}.`
	);
}
