import { reach, type Windows } from './convolution';
import { PIXELS } from './ops/wasm/modules';
import { moduleBytes } from './ops/wasm/module-bytes';
import type { PixelSource } from './pixel-source';

/** See `ops/wasm/assembly/pixels.ts`. */
type Convolve = (...args: number[]) => void;

const PIXEL_BYTES = 4;
const PAGE_BYTES = 1 << 16;

/** Compiled when a photo first comes; null where this browser has no WebAssembly, or none with SIMD. */
let compiled: WebAssembly.Module | null | undefined;

/**
 * As `convolve`, in WebAssembly, which takes a third to a half of the time, the first time too: what a page does first has
 * not been optimised yet. Null where it can't be had, or the memory for it.
 */
export function convolveInWasm(
	source: PixelSource,
	across: Windows,
	down: Windows,
	bandRows: number
): Uint8ClampedArray<ArrayBuffer> | null {
	const [width, height] = [across.starts.length, down.starts.length];
	const [top, bottom] = reach(down);
	const line = source.width * PIXEL_BYTES;
	const outLine = width * PIXEL_BYTES;

	// One after the other: the windows of both axes, a band of the source, the rows resized across, and what comes out.
	let bytes = 0;
	const place = (size: number) => (bytes += size) - size;
	const tables = [across, down].map(({ starts, counts, weights, stride }) => ({
		numbers: [starts, counts, weights].map((values) => ({ values, at: place(values.byteLength) })),
		windows: starts.length,
		stride
	}));
	const band = place(Math.min(bandRows, bottom - top) * line);
	const narrow = place((bottom - top) * outLine);
	const out = place(height * outLine);
	const started = start(bytes);
	if (!started) return null;

	const { memory, convolve } = started;
	for (const { values, at } of tables.flatMap(({ numbers }) => numbers)) {
		new Int32Array(memory.buffer, at, values.length).set(values);
	}
	const [columns = [], rows = []] = tables.map(({ numbers, windows, stride }) => [
		...numbers.map(({ at }) => at),
		windows,
		stride
	]);
	for (let y = top; y < bottom; y += bandRows) {
		const end = Math.min(bottom, y + bandRows);
		new Uint8Array(memory.buffer, band).set(source.rows(y, end));
		convolve(...columns, end - y, band, PIXEL_BYTES, line, narrow + (y - top) * outLine, PIXEL_BYTES, outLine);
	}
	// The windows count rows from the picture's first.
	convolve(...rows, width, narrow - top * outLine, outLine, PIXEL_BYTES, out, outLine, PIXEL_BYTES);
	return new Uint8ClampedArray(memory.buffer, out, height * outLine).slice();
}

function start(bytes: number): { memory: WebAssembly.Memory; convolve: Convolve } | null {
	if (compiled === null) return null;
	try {
		compiled ??= new WebAssembly.Module(moduleBytes(PIXELS));
		const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
		const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
		return { memory, convolve: exports['convolve'] as Convolve };
	} catch {
		compiled ??= null;
		return null;
	}
}
