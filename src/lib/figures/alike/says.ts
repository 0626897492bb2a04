import { mean } from 'd3';
import type { Carried } from '../../analysis/insides';
import { blockName } from '../kit/block-name';
import type { Network, SideBySide } from './insides';

/** Whether CLS goes past more than the patches do, in the first half of the shortcuts and in the second; empty without CLS. */
export function shortcutsWords({ name, shortcuts }: Network): string {
	const known = shortcuts.filter(({ cls }) => cls !== null);
	if (known.length < 2) return '';
	const half = Math.ceil(known.length / 2);
	const [first, second] = [known.slice(0, half), known.slice(half)];
	const ahead = (part: readonly Carried[]) => part.filter(({ places, cls }) => cls !== null && cls > places).length;
	const changed = 2 * ahead(first) > first.length && 2 * ahead(second) < second.length;
	return (
		`Here: in ${name}, the dot of CLS lies higher than that of the patches at ${ahead(first)} of the first ` +
		`${first.length} shortcuts and at ${ahead(second)} of the last ${second.length}. ` +
		`${changed ? 'They change places.' : 'Unlike in large ViTs, they do not clearly change places.'}`
	);
}

/** The mean of the values that are there. */
const meanOf = (values: readonly (number | undefined)[]): number => mean(values) ?? NaN;

/** What the first half of the one network is like in the other, and how near the other's last third comes to anything there. */
export function betweenWords({ first, second, cka }: SideBySide): string {
	const [rows, columns] = [first.outputs.length, second.outputs.length];
	if (rows < 2 || columns < 3) return '';
	const between = (row: number, column: number) => cka[row]?.[rows + column] ?? NaN;
	const half = Array.from({ length: Math.floor(rows / 2) }, (_, row) => row);
	const mean = Array.from({ length: columns }, (_, column) => meanOf(half.map((row) => between(row, column))));
	const best = mean.indexOf(Math.max(...mean));
	const last = Array.from({ length: columns }, (_, column) => column).slice(-Math.floor(columns / 3));
	const reached = meanOf(last.map((column) => Math.max(...first.outputs.map((_, row) => between(row, column)))));
	return (
		`Here: on average, the first half of ${first.name} is most like ${blockName(second.outputs[best] ?? '').toLowerCase()} of ` +
		`${second.name} (${(mean[best] ?? NaN).toFixed(2)}). Each block of ${second.name}’s last ` +
		`third has its likest block in ${first.name}; with it, they reach ${reached.toFixed(2)} on average.`
	);
}

/** How alike any two blocks of one network are. @param from where its outputs begin in `cka` */
export function withinWords({ name, outputs }: Network, cka: SideBySide['cka'], from: number): string {
	if (outputs.length < 3) return '';
	const at = (row: number, column: number) => cka[from + row]?.[from + column] ?? NaN;
	const pairs = outputs.flatMap((_, row) => outputs.slice(0, row).map((_, column) => ({ row, column })));
	const near = pairs.filter(({ row, column }) => row - column === 1);
	const value = ({ row, column }: { row: number; column: number }) => at(row, column);
	return (
		`Here: within ${name}, neighbours have ${meanOf(near.map(value)).toFixed(2)} on average, any two blocks ` +
		`${meanOf(pairs.map(value)).toFixed(2)}, the first and the last ${at(outputs.length - 1, 0).toFixed(2)}.`
	);
}
