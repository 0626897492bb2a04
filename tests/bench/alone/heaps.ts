/**
 * Notes from now on every memory of WebAssembly that anything looks into, as whoever uses one has to.
 * @returns the bytes that they have together
 */
export function watchWasm(): () => number {
	const memories = new Set<WebAssembly.Memory>();
	const { prototype } = WebAssembly.Memory;
	const buffer = Object.getOwnPropertyDescriptor(prototype, 'buffer');
	Object.defineProperty(prototype, 'buffer', {
		...buffer,
		get(this: WebAssembly.Memory): unknown {
			memories.add(this);
			return buffer?.get?.call(this);
		}
	});
	return () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}

/** What JavaScript's heap holds, garbage included, in bytes; null where the browser doesn't say (only Chromium does). */
export function jsHeap(): number | null {
	const { memory } = performance as Performance & { readonly memory?: { readonly usedJSHeapSize: number } };
	return memory?.usedJSHeapSize ?? null;
}
