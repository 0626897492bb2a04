import { csvFormatRows } from 'd3';

/** A text that begins so is a formula to a spreadsheet, which would carry it out: a label may come from anywhere. */
const FORMULA = /^[=+\-@\t\r]/;

export type CsvCell = string | number;

/** Lines of a table as text (RFC 4180), numbers in full; what is no number is left empty. */
export function csvLines(rows: Iterable<readonly CsvCell[]>): string {
	return `${csvFormatRows(Array.from(rows, (row) => row.map(written)))}\n`;
}

/** The lines as a file. */
export const csvFile = (text: string): Blob => new Blob([text], { type: 'text/csv' });

function written(cell: CsvCell): string {
	if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
	return FORMULA.test(cell) ? `'${cell}` : cell;
}
