import type { BackendName, BackendReport } from '../engine/backends/names';
import type { CheckpointFiles } from '../engine/model';
import type { RunningBackend } from '../engine/backends/start';
import type { PixelSource } from '../engine/pixel-source';
import { timmCheckpoint } from '../engine/testing/checkpoint';
import { Gate } from '../base/gate';
import type { FetchModelOptions, ModelFiles } from '../models/model-files';
import type { ModelSource } from '../models/source';
import { heldWeights } from '../models/weights';
import { EngineHost } from './host';
import type { RunChanges, RunResult } from './protocol';
import { Runs } from './runs';
import type { RequestContext, Surroundings } from './surroundings';

export const source = (id: string): ModelSource => ({ id, from: { kind: 'site', folder: `https://here/${id}/` } });
export const quiet = (signal = new AbortController().signal): RequestContext => ({
	signal,
	gate: new Gate(),
	onProgress: () => undefined
});

/** A grey photo with a gradient, and how often it was closed. */
export function photo(): ImageBitmap & { closed: number } {
	return {
		width: 30,
		height: 24,
		closed: 0,
		close() {
			this.closed++;
		}
	};
}

/** The made-up pixels of a bitmap: they depend on its size only. */
export const pixelsOf = ({ width, height }: ImageBitmap): PixelSource => ({
	width,
	height,
	rows: (y0, y1) => Uint8ClampedArray.from({ length: (y1 - y0) * width * 4 }, (_, i) => (i * 7 + y0) % 256)
});

/** A made-up checkpoint as it comes from wherever models come from. */
export function modelFiles(checkpoint: CheckpointFiles = timmCheckpoint(), labels: string[] | null = null): ModelFiles {
	return { ...checkpoint, weights: heldWeights([checkpoint.weights]), labels, notKept: null };
}

/**
 * A host whose backends are all tfjs's plain one under other names, and can be made to fail.
 * @param budget of its runs, in bytes
 */
export function makeHost(budget?: number) {
	const log = {
		started: [] as BackendName[],
		/** Of each that was started. */
		threads: [] as number[],
		stopped: [] as BackendName[],
		fetched: [] as string[],
		/** How often the files of the first model were given up that nobody had taken. */
		givenUp: 0,
		/** What is to be told of the model that is fetched. */
		foresee: undefined as FetchModelOptions['foresee'],
		reports: [] as BackendReport[]
	};
	const broken = new Set<BackendName>();
	const files = new Map<string, () => Promise<ModelFiles>>();
	const good = async () => modelFiles();
	/** The sample that a visit begins with. */
	let firstPhoto: Surroundings['firstPhoto'] = () => null;
	let lose: ((why: string) => void) | null = null;

	const surroundings: Surroundings = {
		startBackend: async (name, threads = 1): Promise<RunningBackend> => {
			if (broken.has(name)) throw new Error(`${name} is absent`);
			log.started.push(name);
			log.threads.push(threads);
			const lost = new Promise<string>((resolve) => (lose = resolve));
			return { name, threads, lost, lose: () => lose?.('test'), stop: () => log.stopped.push(name) };
		},
		probe: async (name, threads) => ({ name, threads, milliseconds: 1, note: '' }),
		fetchModel: async ({ id }, { signal, onProgress, foresee }) => {
			log.fetched.push(id);
			log.foresee = foresee;
			const fetched = await (files.get(id) ?? good)();
			onProgress?.({ loaded: 1, total: 1 });
			signal?.throwIfAborted();
			return fetched;
		},
		firstModel: async () => ({ source: source('first'), index: {}, fetch, giveUp: () => void log.givenUp++ }),
		firstPhoto: () => firstPhoto(),
		pixelsOf: (bitmap) => Promise.resolve(pixelsOf(bitmap)),
		onBackend: (report) => log.reports.push(report)
	};
	const host = new EngineHost(surroundings, new Runs(budget));
	const beginWith = (photo: Surroundings['firstPhoto']) => void (firstPhoto = photo);
	return { host, log, broken, files, beginWith, lose: (why: string) => lose?.(why) };
}

export async function ready(force: BackendName | null = null, budget?: number) {
	const made = makeHost(budget);
	await made.host.serve('start', { force }, quiet());
	await made.host.serve('load', { source: source('a') }, quiet());
	return made;
}

export const run = (host: EngineHost, context = quiet(), bitmap: ImageBitmap = photo()) =>
	host.serve('run', { photo: bitmap, crop: null, imageSize: null }, context);

/** A run on what an earlier one saw. */
export const runOf = (host: EngineHost, of: number, changes: RunChanges = {}, context = quiet()): Promise<RunResult> =>
	host.serve('run', { of, ...changes }, context);

export const read = (host: EngineHost, run: number, names: readonly string[]) =>
	host.serve('read', { run, names }, quiet());

export const gradients = (host: EngineHost, run: number, names: readonly string[], context = quiet(), classIndex = 0) =>
	host.serve('gradients', { run, classIndex, names }, context);

export const forget = (host: EngineHost, ...runs: number[]) => host.serve('forget', { runs }, quiet());

/** Runs, and lets go of a run before: what a page does that shows one at a time. */
export async function runNext(host: EngineHost, before: number, context = quiet()): Promise<RunResult> {
	const result = await run(host, context);
	await forget(host, before);
	return result;
}
