import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PatchworkError } from '../base/errors';
import type { BackendReport } from '../engine/backends/names';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import type { ModelFiles } from '../models/model-files';
import { EngineClient } from './client';
import type { EngineHost } from './host';
import type { FromWorker, ToWorker } from './protocol';
import { makeHost, modelFiles, photo, quiet, source } from './testing';

const ZEROED: Edit = { tap: 'blocks.0.mlp.out', do: 'zero' };

/** What fetching a model gives in every worker; what is not here is fetched as it should be. */
const gone = new Map<string, () => Promise<ModelFiles>>();
/** Asked of before each question is answered: whether the worker breaks down over it. */
let breaksOver: (kind: ToWorker['kind']) => boolean;

/** A worker with a real host in it, which can break down. */
class Mortal {
	static all: Mortal[] = [];
	onmessage: ((event: { data: FromWorker }) => void) | null = null;
	onerror: (() => void) | null = null;
	readonly asked: ToWorker[] = [];
	readonly #host: EngineHost;

	constructor() {
		const { host, files } = makeHost();
		for (const [id, answer] of gone) files.set(id, answer);
		this.#host = host;
		Mortal.all.push(this);
	}

	static get last(): Mortal {
		const last = Mortal.all.at(-1);
		if (!last) throw new Error('No worker was started.');
		return last;
	}

	postMessage(message: ToWorker): void {
		this.asked.push(message);
		if ('params' in message) void this.#answer(message);
	}

	terminate(): void {
		this.onmessage = null;
	}

	breakDown(): void {
		this.onmessage = null;
		this.onerror?.();
	}

	async #answer({ id, kind, params }: Extract<ToWorker, { params: unknown }>): Promise<void> {
		if (breaksOver(kind)) return this.breakDown();
		try {
			const sent = kind === 'restore' ? structuredClone(params) : params;
			this.#say({ kind: 'result', id, result: await this.#host.serve(kind, sent as never, quiet()) });
		} catch (error) {
			const { code, message } = error as PatchworkError;
			this.#say({ kind: 'error', id, error: { code, message } });
		}
	}

	#say(message: FromWorker): void {
		this.onmessage?.({ data: message });
	}
}

let client: EngineClient;
let told: BackendReport[];

beforeEach(async () => {
	await useNodeBackend('cpu');
	Mortal.all = [];
	gone.clear();
	breaksOver = () => false;
	vi.stubGlobal('Worker', Mortal);
	vi.stubGlobal('createImageBitmap', async () => photo());
	client = new EngineClient({ force: 'wasm' });
	told = [];
	client.onBackend((report) => told.push(report));
	await client.load(source('a'));
});
afterEach(() => {
	client.dispose();
	vi.unstubAllGlobals();
});

const logits = async (run: number) => (await client.read(run, ['logits']))[0]?.data;
const restarts = () => told.filter(({ restarted }) => restarted).length;

/** Breaks down over so many questions of a kind, and then no more. */
function breakOver(wanted: ToWorker['kind'], times: number): void {
	breaksOver = (kind) => kind === wanted && times-- > 0;
}

describe('a worker that breaks down', () => {
	it('in the middle of a run costs nothing: another makes the run, and it is told once', async () => {
		const { run: before } = await client.run(photo());
		const expected = await logits(before);
		breakOver('run', 1);
		const { run } = await client.run(photo());
		expect(run).toBe(before + 1);
		expect(await logits(run)).toEqual(expected);
		expect(Mortal.all).toHaveLength(2);
		expect(restarts()).toBe(1);
	});

	it('while nobody waits leaves all runs to be read under their numbers, whatever they were made of', async () => {
		const { run } = await client.run(photo(), { crop: { x: 3, y: 2, width: 9, height: 7 } });
		const zeroed = await client.run({ of: run }, { edits: [ZEROED] });
		const taken = await client.run({ of: run }, { edits: [{ tap: 'norm', do: 'replace', run: zeroed.run }] });
		const all = [run, zeroed.run, taken.run];
		const before = await Promise.all(all.map(logits));
		expect(before[1]).not.toEqual(before[0]);
		expect(before[2]).toEqual(before[1]);
		Mortal.last.breakDown();
		expect(await Promise.all(all.map(logits))).toEqual(before);
		expect(Mortal.all).toHaveLength(2);
		// Later ones start from them as before.
		const next = await client.run({ of: run });
		expect(next.run).toBe(taken.run + 1);
		expect(next.crop).toEqual({ x: 3, y: 2, width: 9, height: 7 });
		expect(await logits(next.run)).toEqual(before[0]);
	});

	it('takes with it what was let go of', async () => {
		const [{ run: dropped }, { run }] = [await client.run(photo()), await client.run(photo())];
		await client.forget([dropped]);
		Mortal.last.breakDown();
		await logits(run);
		await expect(logits(dropped)).rejects.toMatchObject({ code: 'request' });
		const restored = Mortal.last.asked.find(({ kind }) => kind === 'restore');
		expect(restored).toMatchObject({ params: { runs: [{ id: run }] } });
	});

	it('goes on with the backend that was found faster', async () => {
		const { run } = await client.run(photo());
		const faster: BackendReport = { name: 'webgl', threads: 1, probes: [], reason: 'faster' };
		Mortal.last.onmessage?.({ data: { kind: 'backend', report: faster } });
		Mortal.last.breakDown();
		await logits(run);
		expect(Mortal.last.asked.map(({ kind }) => kind)).toEqual(['start', 'use', 'load', 'restore', 'read']);
		expect(told.at(-1)).toEqual({ ...faster, restarted: true });
	});
});

describe('a question that breaks every worker', () => {
	it('is given up after three, and the next one is answered', async () => {
		const { run } = await client.run(photo());
		const expected = await logits(run);
		breakOver('run', 3);
		await expect(client.run(photo())).rejects.toThrow('broke down 3 times in a row');
		expect(Mortal.all).toHaveLength(3);
		expect(await logits(run)).toEqual(expected);
		expect(Mortal.all).toHaveLength(4);
	});

	it('is no loss for the model before, where it is one too large to load', async () => {
		const { run } = await client.run(photo());
		const expected = await logits(run);
		breaksOver = (kind) =>
			kind === 'load' && Mortal.last.asked.some((one) => one.kind === 'load' && one.params.source.id === 'huge');
		await expect(client.load(source('huge'))).rejects.toMatchObject({ code: 'backend' });
		breaksOver = () => false;
		expect(await logits(run)).toEqual(expected);
	});

	it('is given up, too, where no worker starts', async () => {
		breaksOver = () => true;
		const idle = new EngineClient({ force: 'wasm' });
		await expect(idle.start()).rejects.toThrow('broke down 3 times in a row');
		breaksOver = () => false;
		expect((await idle.start()).name).toBe('wasm');
		idle.dispose();
	});
});

describe('the model is read again', () => {
	const asked = () => Mortal.last.asked.find(({ kind }) => kind === 'load');

	it('only as the very files that were kept, where it was read from the store', async () => {
		gone.set('local/mine', async () => ({ ...modelFiles(), kept: 1234 }));
		Mortal.last.breakDown();
		await client.load({ id: 'local/mine', from: { kind: 'kept', repo: 'local/mine' } });
		const { run } = await client.run(photo());
		Mortal.last.breakDown();
		await logits(run);
		expect(asked()).toMatchObject({ params: { source: { from: { repo: 'local/mine', kept: 1234 } } } });
	});

	it('from the files that the reader picked, and not kept once more', async () => {
		await client.load({ id: 'local/mine', from: { kind: 'files', files: [], keepAs: 'local/mine' } });
		const { run } = await client.run(photo());
		Mortal.last.breakDown();
		await logits(run);
		expect(asked()).toMatchObject({ params: { source: { from: { kind: 'files', files: [] } } } });
		expect(asked()).not.toHaveProperty('params.source.from.keepAs');
	});
});

describe('where the model cannot be had again', () => {
	const AWAY = 'It is no longer in this browser.';

	it('every question about it says why, another model is loaded, and it comes back where it can', async () => {
		const { run } = await client.run(photo());
		gone.set('a', () => Promise.reject(new PatchworkError('storage', AWAY)));
		Mortal.last.breakDown();
		await expect(logits(run)).rejects.toThrow(AWAY);
		await expect(client.run(photo())).rejects.toThrow(AWAY);
		expect(restarts()).toBe(0);
		await client.load(source('b'));
		const other = await client.run(photo());
		expect(other.run).toBe(run + 1);
		await expect(logits(run)).rejects.toMatchObject({ code: 'request' });
	});
});

it('that is ended while it is started again asks nothing more', async () => {
	const { run } = await client.run(photo());
	Mortal.last.breakDown();
	const asked = logits(run);
	client.dispose();
	await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
	await expect(logits(run)).rejects.toMatchObject({ code: 'cancelled' });
	expect(Mortal.all).toHaveLength(2);
});
