/** Stand-ins for tests of the state; nothing that is shipped imports this file. */
import { PLAIN_VIT, tokenCount, type ViTConfig } from '../engine/config';
import type { BackendReport } from '../engine/backends/names';
import { tapSpecs, type TapData } from '../engine/taps';
import { weightSpecs } from '../engine/weights';
import type { RunParams } from '../worker/client';
import type { LoadedModel, RunResult, SameInput, ViTModel } from '../worker/protocol';
import type { ModelSource } from '../models/source';
import type { Engine } from './engine';
import { wholePhoto } from '../engine/whole-photo';
import type { Session } from '../app/session.svelte';
import type { Photo } from './shown';

/** A promise with its handles outside. */
export interface Deferred<T> {
	readonly promise: Promise<T>;
	resolve(value: T): void;
	reject(reason: unknown): void;
}

export function deferred<T>(): Deferred<T> {
	let resolve!: (value: T) => void;
	let reject!: (reason: unknown) => void;
	const promise = new Promise<T>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	return { promise, resolve, reject };
}

/** Lets everything that is ready to go on do so. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export const SMALL_CONFIG: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [8, 12],
	patchSize: 4,
	channels: 3,
	depth: 2,
	heads: 2,
	dim: 4,
	mlpDim: 8,
	qkvBias: true,
	layerNormEps: 1e-6,
	classes: 3,
	positions: { grid: [2, 3], prefix: 1, resampling: 'plain' },
	preprocess: { ...wholePhoto([8, 12]), mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
};

export function model(id: string, config = SMALL_CONFIG): ViTModel {
	return { id, config, labels: ['a', 'b', 'c'], parameters: 10, bytes: 40, notice: null };
}

export const result = (run: number, ran = model('small')): RunResult => ({
	run,
	model: ran,
	edits: [],
	top: [{ index: 1, label: 'b', score: 0.5 }],
	vector: null,
	crop: { x: 0, y: 0, width: 12, height: 8 },
	seen: { width: 12, height: 8, data: new Uint8ClampedArray(12 * 8 * 4) },
	milliseconds: 5
});

/** A photo that counts how often it was closed. */
export function photo(title: string): Photo & { closed(): number } {
	let closed = 0;
	const bitmap: ImageBitmap = { width: 12, height: 8, close: () => void closed++ };
	return { bitmap, title, alt: '', sample: null, blob: new Blob(), closed: () => closed };
}

/** No test here looks at a picture. */
export const cut = async (): Promise<ImageBitmap> => photo('cut').bitmap;

/** Values that are alike for every tap of a run, and differ between runs: each is the number of the run. */
export function tap(name: string, run: number, config = SMALL_CONFIG): TapData {
	const spec = [...tapSpecs(config), ...weightSpecs(config)].find((candidate) => candidate.name === name);
	if (!spec) throw new Error(`No tap is named ${name}.`);
	const size = spec.shape.reduce((product, length) => product * length, 1);
	return { ...spec, data: new Float32Array(size).fill(run) };
}

const REPORT: BackendReport = { name: 'cpu', reason: 'A test.', probes: [], threads: 1 };

/** Answers each run when the test says so: `runs[i].resolve(result(i + 1))`. Loading is immediate. */
export class FakeEngine implements Engine {
	readonly runs: Deferred<RunResult>[] = [];
	/** What each run was asked for on. */
	readonly asked: (RunParams & { on: ImageBitmap | SameInput; signal?: AbortSignal })[] = [];
	readonly forgotten: number[] = [];
	failLoad: Error | null = null;
	disposed = false;
	/** Of the model that ran last. */
	config = SMALL_CONFIG;
	#listener: ((report: BackendReport) => void) | null = null;

	async start(): Promise<BackendReport> {
		return REPORT;
	}

	async load(source: { id: string }): Promise<LoadedModel> {
		if (this.failLoad) throw this.failLoad;
		return model(source.id);
	}

	/** The size of input that each run was asked for at; null for the model's own. */
	get sizes(): RunParams['imageSize'][] {
		return this.asked.map(({ imageSize = null }) => imageSize);
	}

	run(on: ImageBitmap | SameInput, params: RunParams & { signal?: AbortSignal } = {}): Promise<RunResult> {
		const run = deferred<RunResult>();
		this.runs.push(run);
		this.asked.push({ on, ...params });
		return run.promise;
	}

	async read(run: number, names: readonly string[]): Promise<TapData[]> {
		return names.map((name) => tap(name, run, this.config));
	}

	async forget(runs: readonly number[]): Promise<void> {
		this.forgotten.push(...runs);
	}

	onBackend(listener: (report: BackendReport) => void): () => void {
		this.#listener = listener;
		return () => (this.#listener = null);
	}

	dispose(): void {
		this.disposed = true;
	}

	fallBackTo(name: BackendReport['name']): void {
		this.#listener?.({ ...REPORT, name });
	}
}

export const TOKENS = tokenCount(SMALL_CONFIG);

/** A model of the site's own. */
export const source = (id: string): ModelSource => ({ id, from: { kind: 'site', folder: `models/${id}/` } });

/** Lets a session that was started on that engine show run 1 of a picture. Gives the picture. */
export async function showRun<T extends Photo>(session: Session, engine: FakeEngine, picture: T): Promise<T> {
	await session.useModel(source('small'), 'Loading');
	const opened = session.open('Opening', async () => picture);
	await settle();
	engine.runs[0]?.resolve(result(1));
	await opened;
	return picture;
}
