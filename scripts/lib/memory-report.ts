import type { EngineMemory } from '../../tests/bench/alone/main.ts';
import type { MemoryRuns } from '../../tests/bench/memory.ts';
import { median } from './median.ts';
import { describeRatio, pairedRatio, type PairedRatio } from './paired-ratio.ts';

const peak = ({ loading, running, drawing, looking }: EngineMemory) => Math.max(loading, running, drawing, looking);

/** What tensors hold at most, and the page with them, to run and draw a photo. */
const all = ({ loading, running, drawing, page }: EngineMemory) => Math.max(loading, running, drawing) + page;

/** What is said of each page, in bytes; null where the page can't tell. */
const SIZES = {
	parameters: ({ parameters }: EngineMemory) => parameters,
	peak,
	loading: ({ loading }: EngineMemory) => loading,
	running: ({ running }: EngineMemory) => running,
	drawing: ({ drawing }: EngineMemory) => drawing,
	looking: ({ looking }: EngineMemory) => looking,
	beyondParameters: (memory: EngineMemory) => peak(memory) - memory.parameters,
	page: ({ page }: EngineMemory) => page,
	drawnHeap: ({ drawnHeap }: EngineMemory) => drawnHeap,
	all,
	wasmHeap: ({ wasmHeap }: EngineMemory) => wasmHeap,
	jsHeap: ({ jsHeap }: EngineMemory) => jsHeap
};

type Size = keyof typeof SIZES;

const TITLES: Readonly<Record<Size, string>> = {
	parameters: 'tensors after loading (the parameters)',
	peak: 'tensors at their peak',
	loading: '  while loading',
	running: '  while running',
	drawing: '  while what the page draws is read',
	looking: '  while every tap is read',
	beyondParameters: 'tensors at their peak beyond the parameters',
	page: 'what the page holds to draw',
	drawnHeap: "WebAssembly's memory once that was read",
	all: 'to run and draw a photo, tensors and page together',
	wasmHeap: "WebAssembly's memory after every tap was read",
	jsHeap: "JavaScript's heap at its largest, garbage included"
};

/** One size of one engine, or of two; bytes, the medians over fresh pages. */
export interface MeasuredSize {
	readonly this: number;
	readonly other?: number;
	readonly ratio?: PairedRatio;
}

/** The memory that one backend takes, for the JSON. */
export interface Memory {
	readonly backend: string;
	/** Fresh pages of each engine. */
	readonly pages: number;
	/** All but those that the page can't tell, or that are nothing there. */
	readonly bytes: Readonly<Partial<Record<Size, MeasuredSize>>>;
	/** Milliseconds, the medians over pages of this engine: see {@link EngineMemory}. */
	readonly times: Readonly<Record<'block' | 'again', number>>;
}

export function toMemory(backend: string, runs: MemoryRuns): Memory {
	const sizes = (Object.keys(SIZES) as Size[]).map((size) => [size, measured(runs, SIZES[size])] as const);
	const bytes = Object.fromEntries(sizes.filter(([, found]) => found !== null));
	const times = {
		block: median(runs.this.map(({ block }) => block)),
		again: median(runs.this.map(({ again }) => again))
	};
	return { backend, pages: runs.this.length, bytes, times };
}

function measured(runs: MemoryRuns, size: (memory: EngineMemory) => number | null): MeasuredSize | null {
	const [ours, theirs] = [runs.this, runs.other].map((side) => side.map((memory) => size(memory) ?? 0));
	if (!ours?.some(Boolean)) return null;
	if (!theirs?.length) return { this: median(ours) };
	return { this: median(ours), other: median(theirs), ratio: pairedRatio(ours, theirs) };
}

/** A few lines for people. */
export function describeMemory({ backend, pages, bytes, times }: Memory): string {
	const lines = Object.entries(bytes).map(([size, found]) => `  ${TITLES[size as Size]}: ${describeSize(found)}`);
	const again = `  a tap of another block: ${times.again.toFixed(1)} ms, in a run with ${times.block.toFixed(1)} ms a block`;
	return [`${backend}, memory of a load, a run and a look at all of it in ${pages} fresh pages`, ...lines, again].join(
		'\n'
	);
}

function describeSize({ this: ours, other, ratio }: MeasuredSize): string {
	if (other === undefined || !ratio) return megabytes(ours);
	return `this ${megabytes(ours)}, other ${megabytes(other)}: ${describeRatio(ratio)}`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
