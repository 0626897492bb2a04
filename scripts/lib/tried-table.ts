import type { Measured, Row, Tried } from './try-all.ts';

export const percent = (rate: number | null): string =>
	rate === null ? '   -  ' : `${(100 * rate).toFixed(1).padStart(5)} %`;

/** A few lines for people: a table of the trials, and one of the measures. */
export function describeTried({ rows, measures }: Tried): string {
	const width = Math.max(9, ...[...rows, ...measures].map(({ name }) => name.length));
	const line = (name: string, ...cells: string[]) => [name.padEnd(width), ...cells].join('  ').trimEnd();
	const head = [`${rows[0]?.photos ?? 0} photos`, line('', ' top-1 ', ' top-5 ', 'first class changed')];
	const trial = ({ name, top1, top5, changed }: Row) => line(name, percent(top1), percent(top5), percent(changed));
	const measured = (measure: Measured) => {
		const beside = measure.uniform === null ? '' : `attention everywhere alike: ${inUnit(measure.uniform, measure)}`;
		return line(measure.name, inUnit(measure.value, measure), beside);
	};
	return [...head, ...rows.map(trial), ...(measures.length > 0 ? ['', ...measures.map(measured)] : [])].join('\n');
}

function inUnit(value: number, { unit }: Pick<Measured, 'unit'>): string {
	if (unit === 'share') return percent(value);
	return unit === 'px' ? `${value.toFixed(1).padStart(5)} px` : `${value.toFixed(1).padStart(5)} times the median`;
}
