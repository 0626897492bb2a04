import { beforeEach, expect, it } from 'vitest';
import type { ShareBox } from '../analysis/box-share';
import { BoxDrawing } from './box-drawing.svelte';

const selection: { box: ShareBox | null } = { box: null };
const made = (extent = { width: 1, height: 1 }) =>
	new BoxDrawing(() => ({ view: { grid: { rows: 4, columns: 4 }, extent }, selection }));

beforeEach(() => (selection.box = null));

it('a box that is dragged stands once it is let go', () => {
	const drawing = made();
	drawing.start({ x: 0.75, y: 0.5 });
	drawing.drag({ x: 0.25, y: 1 });
	expect(selection.box).toBeNull();
	expect(drawing.box).toEqual({ x: 0.25, y: 0.5, width: 0.5, height: 0.5 });
	drawing.finish();
	expect(selection.box).toEqual({ x: 0.25, y: 0.5, width: 0.5, height: 0.5 });
});

it('a slip of the hand leaves what stood there', () => {
	const before = (selection.box = { x: 0, y: 0, width: 0.5, height: 0.5 });
	const drawing = made();
	drawing.start({ x: 0.5, y: 0.5 });
	drawing.drag({ x: 0.55, y: 0.52 });
	drawing.finish();
	expect(selection.box).toBe(before);
});

it('a tap after the button lets no box stand that nobody drew', () => {
	const drawing = made();
	drawing.begin();
	expect(drawing.box).not.toBeNull();
	drawing.start({ x: 0.5, y: 0.5 });
	drawing.finish();
	expect([drawing.active, drawing.box, selection.box]).toEqual([false, null, null]);
});

it('by keyboard it begins in the middle, goes patch by patch, and stands or is dropped', () => {
	const drawing = made();
	drawing.begin();
	expect([drawing.key('ArrowLeft', false), drawing.key('ArrowDown', true), drawing.key('x', false)]).toEqual([
		true,
		true,
		false
	]);
	drawing.finish();
	expect(selection.box).toEqual({ x: 0, y: 0.25, width: 0.5, height: 0.75 });
	drawing.begin();
	drawing.key('ArrowRight', false);
	drawing.cancel();
	expect([drawing.active, selection.box?.x]).toEqual([false, 0]);
});

it('on a map that reaches beyond the photo, it is of what the model saw', () => {
	const drawing = made({ width: 1.25, height: 1.25 });
	drawing.start({ x: 0.4, y: 0.4 });
	drawing.drag({ x: 1, y: 1 });
	drawing.finish();
	expect(selection.box).toEqual({ x: 0.5, y: 0.5, width: 0.5, height: 0.5 });
	expect(drawing.box).toEqual({ x: 0.4, y: 0.4, width: 0.4, height: 0.4 });
});
