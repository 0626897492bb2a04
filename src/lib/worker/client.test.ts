import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineClient } from './client';
import { photo } from './testing';
import type { FromWorker, ToWorker } from './protocol';

/** Stands for the engine's worker: says what it was asked, and answers when the test does. */
class StandIn {
	static last: StandIn;
	/** The names of all that were begun. */
	static names: (string | undefined)[] = [];
	readonly asked: ToWorker[] = [];
	onmessage: ((event: { data: FromWorker }) => void) | null = null;

	constructor(_url?: URL, options?: WorkerOptions) {
		StandIn.last = this;
		StandIn.names.push(options?.name);
	}

	postMessage(message: ToWorker): void {
		this.asked.push(message);
		if (message.kind === 'start') this.answer(message.id, { name: 'cpu', threads: 1, probes: [], reason: '' });
	}

	answer(id: number, result: unknown): void {
		this.onmessage?.({ data: { kind: 'result', id, result } as FromWorker });
	}

	/** Waits for a question of this kind. */
	async question(kind: ToWorker['kind']): Promise<{ id: number }> {
		return vi.waitFor(() => {
			const found = this.asked.findLast((message) => message.kind === kind);
			if (!found) throw new Error(`Nothing was asked as '${kind}'.`);
			return found;
		});
	}

	terminate(): void {
		this.onmessage = null;
	}
}

let client: EngineClient;

beforeEach(() => {
	StandIn.names = [];
	vi.stubGlobal('Worker', StandIn);
	vi.stubGlobal('createImageBitmap', async () => photo());
	client = new EngineClient({ force: 'cpu' });
});
afterEach(() => {
	client.dispose();
	vi.unstubAllGlobals();
});

const ran = (run: number) => ({ run, top: [], model: { config: { imageSize: [8, 8] } }, pixelValues: null });

describe('a run that the page has given up', () => {
	it('is forgotten where it was made all the same, for nobody else knows of it', async () => {
		const controller = new AbortController();
		const given = client.run(photo(), { signal: controller.signal });
		const { id } = await StandIn.last.question('run');
		controller.abort();
		await expect(given).rejects.toMatchObject({ code: 'cancelled' });
		StandIn.last.answer(id, ran(7));
		expect(await StandIn.last.question('forget')).toMatchObject({ params: { runs: [7] } });
	});

	it('is not when it was never the page’s, or was wanted', async () => {
		const wanted = client.run(photo());
		const { id } = await StandIn.last.question('run');
		StandIn.last.answer(id, ran(7));
		expect((await wanted).run).toBe(7);
		StandIn.last.answer(-1, ran(8));
		const read = client.read(7, ['norm']);
		await StandIn.last.question('read');
		expect(StandIn.last.asked.map(({ kind }) => kind)).toEqual(['start', 'run', 'read']);
		client.dispose();
		await expect(read).rejects.toMatchObject({ code: 'cancelled' });
	});
});

describe('a question', () => {
	it('on what an earlier run saw copies no photo', async () => {
		const copied = vi.fn();
		vi.stubGlobal('createImageBitmap', copied);
		const answer = client.run({ of: 3 }, { edits: [{ tap: 'norm', do: 'zero' }], names: ['logits'] });
		const { id } = await StandIn.last.question('run');
		StandIn.last.answer(id, ran(4));
		await answer;
		const params = { of: 3, edits: [{ tap: 'norm', do: 'zero' }], names: ['logits'] };
		expect(StandIn.last.asked.at(-1)).toMatchObject({ params });
		expect(copied).not.toHaveBeenCalled();
	});

	it('to forget is no matter where the engine is gone', async () => {
		const forgotten = client.forget([1]);
		await StandIn.last.question('forget');
		client.dispose();
		await expect(forgotten).resolves.toBeUndefined();
	});
});

describe('the measuring of backends', () => {
	const probes = () => StandIn.names.filter((name) => name?.startsWith('patchwork-probe'));

	afterEach(() => void vi.useRealTimers());

	it('waits until the page has read all that it draws at first, and asks for nothing more', async () => {
		vi.stubGlobal('crossOriginIsolated', true);
		vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
		vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) });
		vi.useFakeTimers();
		const free = new EngineClient();
		const engine = StandIn.last;
		void free.read(1, ['norm']);
		const first = await engine.question('read');
		void free.read(1, ['logits']);
		engine.answer(first.id, []);
		await vi.advanceTimersByTimeAsync(60_000);
		expect(probes()).toEqual([]);
		engine.answer((await engine.question('read')).id, []);
		await vi.advanceTimersByTimeAsync(60_000);
		expect(probes().length).toBeGreaterThan(0);
		free.dispose();
	});
});
