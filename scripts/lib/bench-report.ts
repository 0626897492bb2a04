import type { BenchResult } from '../../tests/bench/page/main.ts';
import { median } from './median.ts';
import { describeRatio, pairedRatio, round, type PairedRatio } from './paired-ratio.ts';

/** One line of the bench's table, and of its JSON. Milliseconds. */
export interface Column {
	readonly backend: string;
	readonly threads: number;
	readonly runs: number;
	/** What onnxruntime-web ran on. */
	readonly against: string;
	readonly ours: number;
	readonly ort: number;
	/** Ours divided by onnxruntime's, of the same turns: below 1 we are faster. */
	readonly ratio: PairedRatio;
	/** transformers.js on the same file; null where it was left out. */
	readonly transformers: { readonly median: number; readonly ratio: PairedRatio; readonly first: number } | null;
	/** Ours on one thread, and the share of that that ours on several takes in the same turns; null where one is all there is. */
	readonly alone: { readonly ours: number; readonly ratio: PairedRatio } | null;
	/** Which share of a run on one thread stays on one at least, as kernels do not share all of theirs, and what that makes of 4 and 8 at best (Amdahl 1967). */
	readonly serial: { readonly share: number; readonly of4: number; readonly of8: number } | null;
	readonly firstOurs: number;
	readonly firstOrt: number;
	readonly difference: { readonly logits: number; readonly attention: number };
	readonly note: string;
}

export function toColumn(backend: string, result: BenchResult): Column {
	return {
		backend,
		threads: result.threads,
		runs: result.ours.length,
		against: result.provider,
		ours: round(median(result.ours), 1),
		ort: round(median(result.ort), 1),
		ratio: pairedRatio(result.ours, result.ort),
		transformers: transformersOf(result),
		alone: aloneOf(result),
		serial: serialOf(result),
		firstOurs: round(result.first.ours, 0),
		firstOrt: round(result.first.ort, 0),
		difference: result.difference,
		note: result.note
	};
}

function transformersOf({ ours, transformers, first }: BenchResult): Column['transformers'] {
	if (transformers.length === 0) return null;
	return {
		median: round(median(transformers), 1),
		ratio: pairedRatio(ours, transformers),
		first: round(first.transformers ?? NaN, 0)
	};
}

function aloneOf({ ours, alone }: BenchResult): Column['alone'] {
	if (alone.length === 0) return null;
	return { ours: round(median(alone), 1), ratio: pairedRatio(ours, alone) };
}

function serialOf({ inKernels }: BenchResult): Column['serial'] {
	if (inKernels.length === 0) return null;
	const share = 1 - median(inKernels);
	const atBest = (threads: number) => round(share + (1 - share) / threads, 3);
	return { share: round(share, 3), of4: atBest(4), of8: atBest(8) };
}

/** A few lines for people. */
export function describe(column: Column): string {
	const threads = column.threads > 1 ? `, ${column.threads} threads` : '';
	const { logits, attention } = column.difference;
	return [
		`${column.backend}${threads} beside onnxruntime-web on ${column.against}, ${column.runs} runs each in turn`,
		`  median  ours ${column.ours} ms, onnxruntime ${column.ort} ms: ${describeRatio(column.ratio)}`,
		...(column.transformers
			? [`  transformers.js ${column.transformers.median} ms: ${describeRatio(column.transformers.ratio)}`]
			: []),
		...(column.alone
			? [
					`  on one thread ours ${column.alone.ours} ms; ${column.threads} threads to it: ${describeRatio(column.alone.ratio)}`
				]
			: []),
		...(column.serial
			? [
					`  at least ${percent(column.serial.share)} of that stays on one thread; at best 4 threads take ${column.serial.of4}, 8 take ${column.serial.of8}`
				]
			: []),
		`  first   ours ${column.firstOurs} ms, onnxruntime ${column.firstOrt} ms${column.transformers ? `, transformers.js ${column.transformers.first} ms` : ''}`,
		`  largest difference: logits ${logits.toExponential(1)}, attention ${attention.toExponential(1)}`,
		...(column.note ? [`  ${column.note}`] : [])
	].join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
