import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { kernelBytes } from './module';
import { withSharedMemory } from './shared-memory';

const { resolve } = createRequire(import.meta.url);
const tfjs = () => readFileSync(resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'));

describe('a module whose memory is shared', () => {
	it('takes a shared memory where it is lent one, and no other', async () => {
		const module = await WebAssembly.compile(withSharedMemory(kernelBytes('simd')));
		const lend = (shared: boolean) => {
			const memory = new WebAssembly.Memory({ initial: 1, maximum: 10, shared });
			return WebAssembly.instantiate(module, { env: { memory } });
		};
		expect((await lend(true)).exports['gemm']).toBeTypeOf('function');
		await expect(lend(false)).rejects.toThrow(WebAssembly.LinkError);
	});

	it('has it where it makes its own, as large and with room for as much', async () => {
		const module = await WebAssembly.compile(withSharedMemory(tfjs()));
		const nothing = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0]));
		const imports = { env: nothing, wasi_snapshot_preview1: nothing };
		const { memory } = (await WebAssembly.instantiate(module, imports)).exports as { memory: WebAssembly.Memory };
		expect(memory.buffer).toBeInstanceOf(SharedArrayBuffer);
		expect(memory.buffer.byteLength).toBe(256 * 2 ** 16);
		expect(memory.grow(1)).toBe(256);
	});

	it('is the same in all else', () => {
		const [before, after] = [tfjs(), withSharedMemory(tfjs())];
		// One byte says that the memory is shared; the largest size stood there already.
		expect(after.length).toBe(before.length);
		expect(before.filter((byte, i) => byte !== after[i])).toHaveLength(1);
	});

	it.each([
		['bytes that end too early', [0, 97, 115, 109, 1, 0, 0, 0, 2, 5, 1]],
		['an import of an unknown kind', [0, 97, 115, 109, 1, 0, 0, 0, 2, 4, 1, 0, 0, 9]]
	])('is refused for %s', (_, bytes) => {
		expect(() => withSharedMemory(Uint8Array.from(bytes))).toThrow(/^A WebAssembly module /);
	});
});
