import { describe, expect, it } from 'vitest';
import type { Operation } from '../../engine/einops/check';
import { plan } from '../../engine/einops/plan';
import { elementsOf, placeIn, rowLength } from './elements';
import { directionsOf, layoutOf, placesOf, scaleOf } from './layout';
import { stepsOf, type StepKind } from './steps';

function laid(operation: Operation, pattern: string, shape: number[], sizes: Record<string, number>, kind: StepKind) {
	const made = plan(operation, { op: operation, pattern, shape, sizes });
	const step = stepsOf(made, 'mean').find((each) => each.kind === kind);
	if (!step) throw new Error(`no step ${kind}`);
	const layout = layoutOf(made, step);
	return { made, layout, places: placesOf(made, layout), elements: elementsOf(made) };
}

const PATCHES = ['rearrange', 'b c (h p1) (w p2) -> b (h w) (p1 p2 c)', [1, 3, 32, 32], { p1: 8, p2: 8 }] as const;

describe('directionsOf', () => {
	it('lays a photo upright, its channels side by side', () => {
		expect(directionsOf([1, 3, 224, 224]).slice(1)).toEqual(['across', 'down', 'across']);
	});

	it('keeps the colours of a pixel side by side, and the photo upright', () => {
		expect(directionsOf([1, 224, 224, 3]).slice(1)).toEqual(['down', 'across', 'across']);
	});

	it('makes a matrix of rows', () => {
		expect(directionsOf([1, 196, 768]).slice(1)).toEqual(['down', 'across']);
		expect(directionsOf([14, 14, 768])).toEqual(['down', 'down', 'across']);
	});
});

describe('layoutOf', () => {
	it('shows the input as its planes', () => {
		const { layout, places } = laid(PATCHES[0], PATCHES[1], [...PATCHES[2]], PATCHES[3], 'input');
		// Three planes of 32, and two gaps of 4 between them.
		expect([layout.width, layout.height]).toEqual([104, 32]);
		const green = 32 * 32;
		expect([places.x[green + 33], places.y[green + 33]]).toEqual([37, 1]);
	});

	it('opens gaps between patches when it splits', () => {
		const { layout, places } = laid(PATCHES[0], PATCHES[1], [...PATCHES[2]], PATCHES[3], 'split');
		expect(layout.height).toBe(4 * 8 + 3);
		// Row 9 is the second of the second band of patches.
		expect(places.y[9 * 32]).toBe(10);
	});

	it('makes each patch a row of the output', () => {
		const { layout, places, elements } = laid(PATCHES[0], PATCHES[1], [...PATCHES[2]], PATCHES[3], 'merge');
		expect([layout.width, layout.height]).toEqual([192, 16]);
		for (let i = 0; i < elements.outputs.length; i += 101) {
			const out = elements.outputs[i] ?? 0;
			expect([places.y[i], places.x[i]]).toEqual([Math.floor(out / 192), out % 192]);
		}
	});

	it('lets no two elements of the output share a place, in any step that moves them', () => {
		for (const kind of ['input', 'split', 'transpose', 'merge'] as const) {
			const { places } = laid(PATCHES[0], PATCHES[1], [...PATCHES[2]], PATCHES[3], kind);
			const taken = new Set([...places.x].map((x, i) => `${x} ${places.y[i]}`));
			expect(taken.size, kind).toBe(3 * 32 * 32);
		}
	});

	it('lays elements on one another that are reduced, and copies until they are repeated', () => {
		const pooled = laid('reduce', '(h 2) w -> h w', [4, 3], {}, 'reduce');
		expect([...pooled.places.y]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
		const before = laid('repeat', 'a -> a r', [2], { r: 3 }, 'input');
		expect([...before.places.x]).toEqual([0, 0, 0, 1, 1, 1]);
		const after = laid('repeat', 'a -> a r', [2], { r: 3 }, 'repeat');
		expect([...after.places.x]).toEqual([0, 1, 2, 0, 1, 2]);
		expect([...after.places.y]).toEqual([0, 0, 0, 1, 1, 1]);
	});

	it('folds a thread into lines', () => {
		const { layout, places } = laid('rearrange', 'a b -> (a b)', [64, 64], {}, 'merge');
		expect(layout.fold).not.toBeNull();
		expect(layout.width / layout.height).toBeLessThan(5);
		expect(Math.max(...places.x)).toBeLessThan(layout.width);
		expect(Math.max(...places.y)).toBeLessThan(layout.height);
		expect(new Set([...places.x].map((x, i) => `${x} ${places.y[i]}`)).size).toBe(4096);
	});

	it('has rulers that reach over the whole of an outer axis and one block of an inner one', () => {
		const { layout, made } = laid(PATCHES[0], PATCHES[1], [...PATCHES[2]], PATCHES[3], 'split');
		const named = layout.rulers.map(({ axes, direction, length }) => [
			axes.map((i) => made.axes[i]?.label).join(' '),
			direction,
			length
		]);
		expect(named).toContainEqual(['h', 'down', 35]);
		expect(named).toContainEqual(['p1', 'down', 8]);
		expect(named).toContainEqual(['w', 'across', 35]);
		expect(named).toContainEqual(['p2', 'across', 8]);
		expect(named).toHaveLength(5);
	});
});

describe('scaleOf', () => {
	const layout = (width: number, height: number) => ({ width, height, pitches: [], rulers: [], fold: null });
	const room = { width: 900, height: 300, whole: false };

	it('fits a layout into its room', () => {
		expect(scaleOf(layout(300, 200), room)).toEqual({ x: 1.5, y: 1.5 });
		expect(scaleOf(layout(300, 200), { ...room, whole: true })).toEqual({ x: 1, y: 1 });
		expect(scaleOf(layout(1800, 500), { ...room, whole: true })).toEqual({ x: 0.5, y: 0.5 });
	});

	it('draws the elements of a flat one taller than wide', () => {
		expect(scaleOf(layout(450, 5), room)).toEqual({ x: 2, y: 18 });
		expect(scaleOf(layout(900, 1), room)).toEqual({ x: 1, y: 16 });
	});
});

describe('elements', () => {
	it('know where they come from and where they go', () => {
		const { elements } = laid('rearrange', 'a b -> b a', [2, 3], {}, 'transpose');
		expect([...elements.inputs]).toEqual([0, 1, 2, 3, 4, 5]);
		expect([...elements.outputs]).toEqual([0, 2, 4, 1, 3, 5]);
	});

	it('have a place along each axis', () => {
		expect(placeIn([2, 3, 4], 1 * 12 + 2 * 4 + 3)).toEqual([1, 2, 3]);
		expect(placeIn([], 0)).toEqual([]);
	});

	it('belong to a row of the output', () => {
		expect(rowLength([1, 196, 768])).toBe(768);
		expect(rowLength([5])).toBe(1);
		expect(rowLength([])).toBe(1);
	});
});
