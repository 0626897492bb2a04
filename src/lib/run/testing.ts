/** Stand-ins for tests of the state; nothing that is shipped imports this file. */
import { deferred, type Deferred } from '../base/testing';
import type { BackendReport } from '../engine/backends/names';
import type { MapPlace } from '../engine/gradients';
import { tapSpecs, parameterSpecs } from '../engine/families';
import type { HeadsTask, TrainedHeads } from '../engine/head/softmax-heads';
import { partSpec } from '../engine/part';
import { RELEVANCE } from '../engine/relevance';
import type { TapData, TapSpec } from '../engine/tap';
import type { RunParams } from '../worker/client';
import type { RunResult, SameInput } from '../worker/protocol';
import type { LoadedModel, ViTModel } from '../models/loaded-model';
import type { HeadedFiles } from '../models/new-head';
import type { ModelSource } from '../models/source';
import type { Engine } from './engine';
import { SMALL_CONFIG } from '../engine/testing/small';
import { tokenCount } from '../engine/vit/config';
import type { Photo } from '../photo/photo';

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
	const spec = [...tapSpecs(config), ...parameterSpecs(config)].find((candidate) => candidate.name === name);
	if (!spec) throw new Error(`No tap is named ${name}.`);
	return { ...spec, data: new Float32Array(sizeOf(spec)).fill(run) };
}

const sizeOf = ({ shape }: TapSpec) => shape.reduce((product, length) => product * length, 1);

type ReadOptions = NonNullable<Parameters<Engine['read']>[2]>;

const REPORT: BackendReport = { name: 'cpu', reason: 'A test.', probes: [], threads: 1 };

/** Answers each run when the test says so: `runs[i].resolve(result(i + 1))`. Loading is immediate. */
export class FakeEngine implements Engine {
	readonly runs: Deferred<RunResult>[] = [];
	/** What each run was asked for on. */
	readonly asked: (RunParams & { on: ImageBitmap | SameInput; signal?: AbortSignal })[] = [];
	readonly forgotten: number[] = [];
	failLoad: Error | null = null;
	disposed = false;
	/** Comes when the test says so. */
	readonly rest = deferred<null>();
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

	async read(run: number, names: readonly string[], { part = null }: ReadOptions = {}): Promise<TapData[]> {
		const taps = names.map((name) => tap(name, run, this.config));
		return taps.map((whole) => ({
			...partSpec(whole, part),
			data: whole.data.slice(0, sizeOf(partSpec(whole, part)))
		}));
	}

	async gradients(run: number, _of: number | MapPlace, names: readonly string[]): Promise<TapData[]> {
		const tokens = tokenCount(this.config);
		const relevance = { name: RELEVANCE, shape: [1, tokens], axes: ['batch', 'token'] };
		return names.map((name) =>
			name === RELEVANCE ? { ...relevance, data: new Float32Array(tokens).fill(run) } : tap(name, run, this.config)
		);
	}

	/** Finds every photo to be of its own class, by a head of zeros. */
	async trainHeads({ labels, classes, width, learns }: HeadsTask): Promise<TrainedHeads> {
		const one = labels.flatMap((label) => Array.from({ length: classes }, (_, k) => Number(k === label)));
		return {
			weight: new Float32Array(classes * width),
			bias: new Float32Array(classes),
			probabilities: Float32Array.from(learns.flatMap(() => one)),
			steps: 20,
			settled: true
		};
	}

	async withHead(): Promise<HeadedFiles> {
		return { files: [], library: 'timm' };
	}

	async forget(runs: readonly number[]): Promise<void> {
		this.forgotten.push(...runs);
	}

	onBackend(listener: (report: BackendReport) => void): () => void {
		this.#listener = listener;
		return () => (this.#listener = null);
	}

	async atRest(): Promise<void> {
		await this.rest.promise;
	}

	dispose(): void {
		this.disposed = true;
	}

	fallBackTo(name: BackendReport['name']): void {
		this.#listener?.({ ...REPORT, name });
	}
}

/** A model of the site's own. */
export const source = (id: string): ModelSource => ({ id, from: { kind: 'site', folder: `models/${id}/` } });
