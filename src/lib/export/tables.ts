import type { MarkTable } from '../marks/tables.svelte';
import { csvLines } from './csv';

/** What several marks draw, one below the other as text, each under its title. */
export function tableLines(tables: Iterable<MarkTable>): string {
	const texts = Array.from(tables, ({ title, columns, rows }) => csvLines([[title], columns, ...rows()]));
	return texts.join('\n');
}
