import type { Page } from 'playwright/test';
import type { Edit } from '../../src/lib/engine/edits/edit';
import type { FromWorker, Requests, ToWorker } from '../../src/lib/worker/protocol';

/** What lives in the engine's worker, and the bitmaps that the page holds and nobody has closed. */
export interface Held {
	readonly tensors: number;
	readonly bytes: number;
	readonly bitmaps: number;
}

type Kind = keyof Requests;

interface Spy {
	readonly asked: Kind[];
	ask(kind: Kind, params: object): Promise<unknown>;
	openBitmaps(): number;
	/** Ends the worker, without a word to the page, as soon as it has been asked for this. */
	breakOver(kind: Kind): void;
	/** The id of the newest run that the page was given and has not forgotten. */
	newestRun(): number;
}

declare global {
	interface Window {
		engineSpy: Spy;
	}
}

/**
 * The wire between the page and the engine's worker, tapped: nothing in the product knows of it. It counts what the page
 * asks, and asks questions of its own, in the protocol of `src/lib/worker/protocol.ts`.
 */
export class EngineWire {
	readonly #page: Page;

	private constructor(page: Page) {
		this.#page = page;
	}

	/** Call before the page is opened. */
	static async tap(page: Page): Promise<EngineWire> {
		await page.addInitScript(spyOnEngine);
		return new EngineWire(page);
	}

	/** How often the page has asked for something; everything counts without a kind. */
	async asked(kind?: Kind): Promise<number> {
		return this.#page.evaluate(
			(wanted) => window.engineSpy.asked.filter((one) => wanted === undefined || one === wanted).length,
			kind
		);
	}

	async held(): Promise<Held> {
		return this.#page.evaluate(async () => {
			const { numTensors, numBytes } = (await window.engineSpy.ask('memory', {})) as Requests['memory']['result'];
			return { tensors: numTensors, bytes: numBytes, bitmaps: window.engineSpy.openBitmaps() };
		});
	}

	/** The id of the newest run that the page was given and has not forgotten; 0 before the first. */
	async newestRun(): Promise<number> {
		return this.#page.evaluate(() => window.engineSpy.newestRun());
	}

	/** The newest run's values of some taps or parameters. */
	async read(names: readonly string[]): Promise<number[][]> {
		return this.#page.evaluate(async (names) => {
			const taps = await window.engineSpy.ask('read', { run: window.engineSpy.newestRun(), names });
			return (taps as Requests['read']['result']).map(({ data }) => [...data]);
		}, names);
	}

	/** The values of some taps of a run aside, on what the newest run saw. */
	async aside(edits: readonly Edit[], names: readonly string[]): Promise<number[][]> {
		return this.#page.evaluate(
			async ({ edits, names }) => {
				const { newestRun, ask } = window.engineSpy;
				const { run } = (await ask('run', { of: newestRun(), edits, names })) as Requests['run']['result'];
				const taps = (await ask('read', { run, names })) as Requests['read']['result'];
				await ask('forget', { runs: [run] });
				return taps.map(({ data }) => [...data]);
			},
			{ edits, names }
		);
	}

	/** The worker is ended in the middle of what the page asks of this kind next, as by a browser that is short of memory. */
	async breakOver(kind: Kind): Promise<void> {
		await this.#page.evaluate((kind) => window.engineSpy.breakOver(kind), kind);
	}

	/** The worker ends itself, which no event tells the page. */
	async end(): Promise<void> {
		const worker = this.#page.workers().find((one) => one.url().includes('engine.worker'));
		if (!worker) throw new Error('There is no engine.');
		await Promise.all([worker.waitForEvent('close'), worker.evaluate(() => self.close())]);
	}

	/** As a driver crash would, through `WEBGL_lose_context` or the destruction of the WebGPU device. */
	async loseGpu(): Promise<void> {
		await this.#page.evaluate(() => window.engineSpy.ask('loseGpu', {}));
	}
}

/** Runs in the page, before its own scripts. Announces each question of the page as an `engine-asked` event. */
function spyOnEngine(): void {
	const asked: Kind[] = [];
	const bitmaps: ImageBitmap[] = [];
	/** The engine's worker, once there is one; not one that the page has ended. */
	const engines: Worker[] = [];
	let fatal: Kind | null = null;
	let last = 0;
	/** The runs that the page has of it, but for those that it makes beside the one that it shows. */
	let remembered: number[] = [];
	/** The questions that made those. */
	const aside = new Set<number>();
	const end = Worker.prototype.terminate;
	const send = Worker.prototype.postMessage as (message: unknown, transfer?: Transferable[]) => void;

	const drop = ({ runs }: Requests['forget']['params']) => {
		remembered = remembered.filter((run) => !runs.includes(run));
	};

	window.Worker = class extends Worker {
		constructor(url: string | URL, options?: WorkerOptions) {
			super(url, options);
			if (options?.name?.startsWith('patchwork-engine')) engines.push(this);
			// Large photos are decoded in a worker, which hands the bitmap over.
			this.addEventListener('message', ({ data }: MessageEvent<object>) => {
				bitmaps.push(...Object.values(data).filter((value) => value instanceof ImageBitmap));
				if (this !== engines[0]) return;
				const { id, result } = data as { id?: number; result?: { run?: number } | null };
				if (result?.run !== undefined && !aside.has(id ?? NaN)) remembered.push(result.run);
			});
		}
		override postMessage(message: Extract<ToWorker, { params: unknown }>, transfer?: unknown): void {
			send.call(this, message, transfer as Transferable[]);
			if (!engines.includes(this)) return;
			if (message.kind === 'forget') drop(message.params);
			if (message.kind === 'run' && message.params.names) aside.add(message.id);
			asked.push(message.kind);
			if (message.kind === fatal) {
				fatal = null;
				end.call(this);
			}
			window.dispatchEvent(new CustomEvent('engine-asked', { detail: message.kind }));
		}
	};

	Worker.prototype.terminate = function () {
		if (engines.includes(this)) engines.splice(engines.indexOf(this), 1);
		end.call(this);
	};

	const decode = window.createImageBitmap as (...args: unknown[]) => Promise<ImageBitmap>;
	window.createImageBitmap = async (...args: unknown[]) => {
		const bitmap = await decode.apply(window, args);
		bitmaps.push(bitmap);
		return bitmap;
	};

	window.engineSpy = {
		asked,
		breakOver: (kind) => (fatal = kind),
		newestRun: () => remembered.at(-1) ?? 0,
		// One that was closed, or transferred to the worker, has no size any more.
		openBitmaps: () => bitmaps.filter(({ width }) => width > 0).length,
		ask: (kind, params) =>
			new Promise((resolve, reject) => {
				// The page counts upwards from 1, and drops answers to questions that it has not asked.
				const id = --last;
				const [engine] = engines;
				if (!engine) return reject(new Error('There is no engine yet.'));
				engine.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
					if (!('id' in data) || data.id !== id) return;
					if (data.kind === 'result') resolve(data.result);
					else if (data.kind === 'error') reject(new Error(data.error.message));
				});
				if (kind === 'forget') drop(params as Requests['forget']['params']);
				send.call(engine, { id, kind, params });
			})
	};
}
