import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../base/progress';
import { makeFolder, someBytes } from '../../../tests/hub/folders';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { download, type DownloadOptions } from './download';
import { fileUrl } from './hub';
import { MemorySink } from './memory';

const weights = someBytes(200_000);
const folder = makeFolder({ 'model.safetensors': weights });
let hub: LocalHub;

beforeEach(async () => void (hub = await startHub({ 'a/b': folder.path })));
afterEach(() => hub.close());
afterAll(() => folder.remove());

/** Fetch the file with whatever the hub is told to do wrong: whether every byte is right. */
async function fetchWeights(sink = new MemorySink(), options: DownloadOptions = {}, bytes: number | null = 200_000) {
	const url = fileUrl(hub.endpoint, 'a/b', 'model.safetensors');
	await download({ name: 'model.safetensors', url, bytes, sha256: null }, sink, { pause: 1, ...options });
	// Comparing 200,000 numbers one by one is slow.
	return Buffer.from(sink.toBuffer()).equals(weights);
}

/** Ranges that the content network was asked for. */
function ranges() {
	return hub.seen.filter(({ path }) => path.includes('/resolve/')).map(({ range }) => range);
}

function sinkWith(bytes: Uint8Array<ArrayBuffer>) {
	const sink = new MemorySink();
	sink.write(bytes);
	return sink;
}

describe('download', () => {
	it('brings every byte and counts them', async () => {
		const progress: Progress[] = [];
		expect(await fetchWeights(new MemorySink(), { onProgress: (p) => progress.push(p) })).toBe(true);
		expect(progress[0]).toEqual({ loaded: 0, total: 200_000 });
		expect(progress.at(-1)).toEqual({ loaded: 200_000, total: 200_000 });
		expect(progress.map((p) => p.loaded)).toEqual(progress.map((p) => p.loaded).toSorted((a, b) => a - b));
	});

	it('takes the size from the server where nobody else says it', async () => {
		expect(await fetchWeights(new MemorySink(), {}, null)).toBe(true);
	});

	it('goes on where a connection broke, as often as new bytes come', async () => {
		hub.faults.cutAfter = 30_000;
		expect(await fetchWeights(new MemorySink(), { attempts: 2 })).toBe(true);
		expect(new Set(ranges()).size).toBeGreaterThan(5);
		expect(ranges().at(-1)).toMatch(/^bytes=\d+-$/);
	});

	it('tries again where a connection broke before a byte of it was read', async () => {
		const broken = new ReadableStream({ start: (body) => body.error(new TypeError('network error')) });
		const answers = [async () => new Response(broken)];
		const fetch: typeof globalThis.fetch = (...request) => (answers.pop() ?? globalThis.fetch)(...request);
		expect(await fetchWeights(new MemorySink(), { fetch })).toBe(true);
	});

	it('gives up when nothing new comes, and says how far it got', async () => {
		const sink = sinkWith(weights.slice(0, 1000));
		hub.faults.cutAfter = 0;
		const failure = expect(fetchWeights(sink, { attempts: 3 })).rejects;
		await failure.toMatchObject({ code: 'network', reason: 'offline' });
		expect(sink.length).toBe(1000);
		expect(ranges().filter((range) => range === 'bytes=1000-')).toHaveLength(6);
	});

	describe('by a clock that the test turns', () => {
		beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
		afterEach(() => void vi.useRealTimers());

		it('counts a silent connection as a broken one', async () => {
			hub.faults.stall = true;
			const onProgress = ({ loaded, waiting }: Progress) => {
				if (loaded === 0 || (!hub.faults.stall && !waiting)) return;
				hub.faults.stall = false;
				// The silence, and then the pause: both longer than what is waited for.
				setImmediate(() => vi.advanceTimersByTime(1000));
			};
			expect(await fetchWeights(new MemorySink(), { stall: 1000, onProgress })).toBe(true);
			expect([...new Set(ranges())]).toEqual([null, expect.stringMatching(/^bytes=\d+-$/)]);
		});

		it('hears the head of an answer, too: what comes late after it is not cut off', async () => {
			const fetch: typeof globalThis.fetch = async (_, { signal } = {}) => {
				const late = async (body: ReadableStreamDefaultController) => {
					vi.advanceTimersByTime(700);
					if (signal?.aborted) return body.error(signal.reason);
					body.enqueue(new Uint8Array(weights));
					body.close();
				};
				vi.advanceTimersByTime(700);
				return new Response(new ReadableStream({ pull: late }, { highWaterMark: 0 }));
			};
			expect(await fetchWeights(new MemorySink(), { stall: 1000, attempts: 1, fetch })).toBe(true);
		});
	});

	it('resumes from what an earlier run left, with If-Range where it may', async () => {
		let etag: string | null = null;
		await fetchWeights(new MemorySink(), { onEtag: (value) => void (etag = value) });
		expect(await fetchWeights(sinkWith(weights.slice(0, 5000)), { etag, ifRange: true })).toBe(true);
		expect(hub.seen.at(-1)).toMatchObject({ range: 'bytes=5000-', ifRange: etag });
	});

	it('sends no If-Range from a page', async () => {
		await fetchWeights(sinkWith(weights.slice(0, 5000)), { etag: '"x"', ifRange: false });
		expect(hub.seen.every(({ ifRange }) => ifRange === null)).toBe(true);
	});

	it.each([true, false])('starts over when the file has changed meanwhile (If-Range: %s)', async (ifRange) => {
		const sink = sinkWith(someBytes(5000).fill(7));
		expect(await fetchWeights(sink, { etag: '"older"', ifRange })).toBe(true);
	});

	it('starts over where the server does not do ranges', async () => {
		hub.faults.noRange = true;
		expect(await fetchWeights(sinkWith(someBytes(5000).fill(7)))).toBe(true);
	});

	it('starts over from a part that is longer than the file', async () => {
		expect(await fetchWeights(sinkWith(someBytes(300_000)))).toBe(true);
		expect(await fetchWeights(sinkWith(someBytes(300_000)), {}, null)).toBe(true);
	});

	it('asks for nothing when the whole file is there', async () => {
		await fetchWeights(sinkWith(weights));
		expect(hub.seen).toEqual([]);
	});

	it('refuses a file that is shorter than announced', async () => {
		hub.faults.truncated = 70_000;
		const failure = expect(fetchWeights()).rejects;
		await failure.toMatchObject({ reason: 'incomplete', message: expect.stringContaining('70000 of 200000 bytes') });
	});

	it('refuses a file that is longer than announced', async () => {
		await expect(fetchWeights(new MemorySink(), {}, 150_000)).rejects.toMatchObject({ reason: 'altered' });
	});

	it('says at once that a file is not there', async () => {
		hub.faults.status = 404;
		await expect(fetchWeights()).rejects.toMatchObject({ reason: 'not-found' });
		expect(hub.seen).toHaveLength(1);
	});

	it('says at once that nobody answers', async () => {
		await hub.close();
		await expect(fetchWeights(new MemorySink(), { pause: 60_000 })).rejects.toMatchObject({ reason: 'offline' });
	});

	it('stops when cancelled, in the middle of a file', async () => {
		hub.faults.slow = 20;
		const controller = new AbortController();
		const onProgress = ({ loaded }: Progress) => loaded > 0 && controller.abort();
		const failure = expect(fetchWeights(new MemorySink(), { signal: controller.signal, onProgress })).rejects;
		await failure.toMatchObject({ code: 'cancelled' });
	});

	it('stops when cancelled between two attempts', async () => {
		hub.faults.cutAfter = 30_000;
		const controller = new AbortController();
		const stop = () => controller.abort();
		const fetching = fetchWeights(new MemorySink(), { signal: controller.signal, pause: 60_000 });
		setTimeout(stop, 300);
		await expect(fetching).rejects.toMatchObject({ code: 'cancelled' });
	});
});
