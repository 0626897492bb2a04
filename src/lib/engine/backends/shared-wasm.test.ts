import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ThreadsFailed } from '../ops/wasm/threads-failed';
import { startSharedWasm } from './shared-wasm';

const { resolve } = createRequire(import.meta.url);
const binary = () => readFileSync(resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'));

/** As where a browser refuses so many memories, one after the other. @returns those that were had */
function refusing(times: number): WebAssembly.Memory[] {
	const had: WebAssembly.Memory[] = [];
	const instantiate = WebAssembly.instantiate as (
		...given: unknown[]
	) => Promise<WebAssembly.WebAssemblyInstantiatedSource>;
	let left = times;
	vi.spyOn(WebAssembly, 'instantiate').mockImplementation((async (...given: unknown[]) => {
		if (left-- > 0) throw new RangeError('could not allocate memory');
		const made = await instantiate(...given);
		had.push(made.instance.exports['memory'] as WebAssembly.Memory);
		return made;
	}) as never);
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	return had;
}

afterEach(() => void vi.restoreAllMocks());

describe('shared memory', () => {
	it.each([
		[0, 65_536],
		[1, 16_384],
		[2, 8192]
	])('is as large as the browser gives: refused %i times, it may grow to %i pages', async (times, pages) => {
		const had = refusing(times);
		await startSharedWasm(binary());
		const [memory] = had;
		const before = (memory?.buffer.byteLength ?? NaN) / 2 ** 16;
		expect(() => memory?.grow(pages - before + 1)).toThrow(RangeError);
		expect(memory?.grow(pages - before)).toBe(before);
	});

	it('is an error where the browser gives none', async () => {
		refusing(3);
		await expect(startSharedWasm(binary())).rejects.toThrow('could not allocate memory');
	});

	it('says so when it is full, and takes no address that is none', async () => {
		refusing(2);
		const wasm = await startSharedWasm(binary());
		expect(wasm._malloc(2 ** 20)).toBeGreaterThan(0);
		expect(() => wasm._malloc(600 * 2 ** 20)).toThrow(ThreadsFailed);
		expect(wasm._malloc(2 ** 20)).toBeGreaterThan(0);
	});
});
