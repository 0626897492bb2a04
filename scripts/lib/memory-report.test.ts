import { expect, it } from 'vitest';
import { describeMemory, toMemory } from './memory-report.ts';

const page = {
	parameters: 20e6,
	loading: 24e6,
	running: 30e6,
	drawing: 26e6,
	page: 8e6,
	drawnHeap: 38e6,
	looking: 28e6,
	block: 5,
	again: 4,
	wasmHeap: 40e6,
	jsHeap: 7e6
};

it('says what tensors take beyond the parameters, at the peak of loading and running', () => {
	const sizes = (memory: typeof page) => toMemory('wasm', { this: [memory], other: [] }).bytes;
	expect(sizes(page)).toMatchObject({ peak: { this: 30e6 }, beyondParameters: { this: 10e6 } });
	expect(sizes({ ...page, looking: 40e6 })).toMatchObject({ peak: { this: 40e6 }, looking: { this: 40e6 } });
	expect(sizes({ ...page, loading: 50e6 })).toMatchObject({ peak: { this: 50e6 }, beyondParameters: { this: 30e6 } });
});

it('says what tensors and the page take together to draw a photo, whatever is looked at later', () => {
	const of = (memory: Partial<typeof page>) =>
		toMemory('any', { this: [{ ...page, ...memory }], other: [] }).bytes.all?.this;
	expect([of({}), of({ drawing: 50e6 }), of({ looking: 90e6 })]).toEqual([38e6, 58e6, 38e6]);
});

it('takes medians over pages, and ratios of the pages of one turn', () => {
	const heaps = (...sizes: number[]) => sizes.map((wasmHeap) => ({ ...page, wasmHeap }));
	const memory = toMemory('wasm', { this: heaps(10, 40, 90), other: heaps(20, 50, 100) });
	expect(memory).toMatchObject({ backend: 'wasm', pages: 3 });
	expect(memory.bytes.wasmHeap).toMatchObject({ this: 40, other: 50, ratio: { median: 0.8 } });
});

it('leaves out what a page cannot tell, and a memory that the backend does not have', () => {
	const without = { ...page, wasmHeap: 0, drawnHeap: 0, jsHeap: null };
	const { bytes } = toMemory('webgl', { this: [without], other: [without] });
	expect(Object.keys(bytes)).toEqual([
		'parameters',
		'peak',
		'loading',
		'running',
		'drawing',
		'looking',
		'beyondParameters',
		'page',
		'all'
	]);
});

it('is printed in megabytes, with the other side where there is one', () => {
	const alone = describeMemory(toMemory('wasm', { this: [page], other: [] }));
	expect(alone).toContain('beyond the parameters: 10.0 MB');
	expect(alone).toContain('a tap of another block: 4.0 ms, in a run with 5.0 ms a block');
	const beside = describeMemory(toMemory('wasm', { this: [page], other: [{ ...page, wasmHeap: 80e6 }] }));
	expect(beside).toContain("WebAssembly's memory after every tap was read: this 40.0 MB, other 80.0 MB: ratio 0.500");
});
