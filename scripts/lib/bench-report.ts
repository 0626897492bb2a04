import type { BenchResult } from '../../tests/bench/page/main.ts';
import { median } from './median.ts';
import { round } from './paired-ratio.ts';

/** One line of the bench's table, and of its JSON. Milliseconds. */
export interface Column {
	readonly backend: string;
	readonly threads: number;
	readonly runs: number;
	/** What onnxruntime-web ran on. */
	readonly against: string;
	readonly ours: number;
	readonly ort: number;
	/** Ours divided by onnxruntime's: below 1 we are faster. */
	readonly ratio: number;
	readonly firstOurs: number;
	readonly firstOrt: number;
	readonly difference: { readonly logits: number; readonly attention: number };
	readonly note: string;
}

export function toColumn(backend: string, result: BenchResult): Column {
	const ours = median(result.ours);
	const ort = median(result.ort);
	return {
		backend,
		threads: result.threads,
		runs: result.ours.length,
		against: result.provider,
		ours: round(ours, 1),
		ort: round(ort, 1),
		ratio: round(ours / ort, 3),
		firstOurs: round(result.first.ours, 0),
		firstOrt: round(result.first.ort, 0),
		difference: result.difference,
		note: result.note
	};
}

/** A few lines for people. */
export function describe(column: Column): string {
	const threads = column.threads > 1 ? `, ${column.threads} threads` : '';
	const { logits, attention } = column.difference;
	return [
		`${column.backend}${threads} beside onnxruntime-web on ${column.against}, ${column.runs} runs each in turn`,
		`  median  ours ${column.ours} ms, onnxruntime ${column.ort} ms: ratio ${column.ratio}`,
		`  first   ours ${column.firstOurs} ms, onnxruntime ${column.firstOrt} ms`,
		`  largest difference: logits ${logits.toExponential(1)}, attention ${attention.toExponential(1)}`,
		...(column.note ? [`  ${column.note}`] : [])
	].join('\n');
}
