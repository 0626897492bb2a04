import { describe, expect, it } from 'vitest';
import { identityOf, type Photo } from '../photo/photo';
import { WHOLE, type Sight } from './places';
import { Selection, type Limits } from './selection.svelte';
import { photo } from './testing';

const TINY = { depth: 12, heads: 3 };
const SMALL = { depth: 6, heads: 4 };

const PHOTO = new Blob();
const squareOf = (side: number, prefix = ['CLS'], more: Partial<Sight> = {}): Sight => ({
	grid: { rows: side, columns: side, prefix },
	window: WHOLE,
	photo: PHOTO,
	...more
});

const fitted = (limits: Limits = TINY) =>
	new Selection(
		() => limits,
		() => squareOf(14)
	);

/** A selection in whatever is shown; `see` shows something else. */
function seeing(sight: Sight | null) {
	let now = sight;
	const selection = new Selection(
		() => TINY,
		() => now
	);
	return { selection, see: (next: Sight) => void (now = next) };
}

describe('Selection', () => {
	it('starts on the mean over heads of the last block, from CLS', () => {
		expect(fitted().link).toEqual({ block: 11, head: 'mean', token: 'cls' });
	});

	it("starts on the model's first look, until a block or a head is chosen", () => {
		const selection = fitted({ ...TINY, firstLook: { block: 6, head: 1 } });
		expect(selection.link).toEqual({ block: 6, head: 1, token: 'cls' });
		selection.chooseHead(2);
		expect(selection.link).toEqual({ block: 6, head: 2, token: 'cls' });
		const other = fitted({ ...TINY, firstLook: { block: 6, head: 1 } });
		other.chooseBlock(3);
		expect(other.link).toEqual({ block: 3, head: 'mean', token: 'cls' });
	});

	it('follows the pointer, and goes back to the picked token when it leaves', () => {
		const selection = fitted();
		selection.pick(5);
		selection.hover(9);
		expect(selection.token).toBe(9);
		selection.hover(null);
		expect(selection.token).toBe(5);
	});

	it('does not follow the pointer while the query is held', () => {
		const selection = fitted();
		selection.pick(5);
		selection.held = true;
		selection.hover(9);
		expect(selection.token).toBe(5);
		expect(selection.hovered).toBe(9);
	});

	it('falls back where a smaller model has no such block or head, and finds it again in a larger one', () => {
		let limits = TINY;
		const selection = new Selection(() => limits);
		selection.open({ block: 9, head: 3 });
		expect(selection.head).toBe('mean');
		limits = SMALL;
		expect(selection.link).toMatchObject({ block: 5, head: 3 });
		limits = TINY;
		expect(selection.link).toMatchObject({ block: 9, head: 'mean' });
	});

	it('keeps a chosen block within the model', () => {
		const selection = fitted(SMALL);
		selection.chooseBlock(40);
		expect(selection.block).toBe(5);
		selection.chooseBlock(-1);
		expect(selection.block).toBe(0);
	});

	it('has as many heads as the block, where blocks differ in them', () => {
		const selection = fitted({ depth: 3, heads: 2, headsOf: (block) => [2, 2, 6][block] ?? 1 });
		selection.chooseHead(5);
		expect(selection.head).toBe(5);
		selection.chooseBlock(0);
		expect(selection.head).toBe('mean');
	});

	it('says the direction in its link only where it is not the usual one', () => {
		const selection = fitted();
		selection.direction = 'to';
		expect(selection.link.direction).toBe('to');
	});
});

describe('the query', () => {
	it('stays at its place when the grid gets finer or coarser, and finds its token again', () => {
		const { selection, see } = seeing(squareOf(4));
		selection.pick(1 + 4 + 2);
		selection.hover(16);
		see(squareOf(8, []));
		expect([selection.picked, selection.hovered]).toEqual([3 * 8 + 5, 63]);
		see(squareOf(2, ['CLS', 'Register 1']));
		expect([selection.picked, selection.hovered]).toEqual([2 + 1, 2 + 3]);
		see(squareOf(4));
		expect([selection.picked, selection.hovered]).toEqual([7, 16]);
	});

	it('stays on the same point of a photo of which another model sees more, and begins at CLS on another photo', () => {
		const middle = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
		const { selection, see } = seeing(squareOf(4, ['CLS'], { window: middle }));
		selection.pick(1);
		see(squareOf(8));
		expect(selection.picked).toBe(1 + 2 * 8 + 2);
		see(squareOf(8, ['CLS'], { photo: new Blob() }));
		expect([selection.picked, selection.link.token]).toEqual([0, 'cls']);
		see(squareOf(8, [], { photo: new Blob() }));
		expect(selection.picked, 'or in the middle, where there is none').toBe(8 * 4 + 4);
	});

	it('stays, and the box with it, from one picture of a camera to the next, and begins anew on another photo', () => {
		const sights = [photo('first'), photo('second')].map((one) => ({ ...one, scene: PHOTO }));
		const sightOfPhoto = (one: Photo) => squareOf(4, ['CLS'], { photo: identityOf(one) });
		const [first, second] = sights.map(sightOfPhoto);
		if (!first || !second) throw new Error('There are no two pictures.');
		const { selection, see } = seeing(first);
		selection.pick(7);
		selection.box = { x: 0.25, y: 0, width: 0.5, height: 0.5 };
		see(second);
		expect([selection.picked, selection.box]).toEqual([7, { x: 0.25, y: 0, width: 0.5, height: 0.5 }]);
		see(sightOfPhoto(photo('third')));
		expect([selection.picked, selection.box]).toEqual([0, null]);
	});

	it('a box is there as long as what it was drawn on is seen, whichever model sees it', () => {
		const { selection, see } = seeing(squareOf(4));
		const box = { x: 0.25, y: 0, width: 0.5, height: 0.5 };
		selection.box = box;
		expect([selection.box, selection.link.box]).toEqual([box, box]);
		see(squareOf(8, []));
		expect(selection.box).toEqual(box);
		see(squareOf(4, ['CLS'], { window: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } }));
		expect([selection.box, 'box' in selection.link]).toEqual([null, false]);
		see(squareOf(4, ['CLS'], { photo: new Blob() }));
		expect(selection.box).toBeNull();
	});

	it('a box of a link belongs to what the link shows', () => {
		const { selection, see } = seeing(null);
		const box = { x: 0.25, y: 0, width: 0.5, height: 0.5 };
		selection.open({ box });
		see(squareOf(4));
		selection.settle();
		expect(selection.box).toEqual(box);
		see(squareOf(4, ['CLS'], { photo: new Blob() }));
		expect(selection.box).toBeNull();
	});

	it('stays the same token before the patches, or the first one where a model has no such token', () => {
		const registers = squareOf(4, ['CLS', 'Register 1']);
		const { selection, see } = seeing(registers);
		selection.pick(1);
		see(squareOf(8));
		expect(selection.picked).toBe(0);
		see(squareOf(8, []));
		expect(selection.picked).toBe(8 * 4 + 4);
		see(registers);
		expect(selection.picked).toBe(1);
		selection.pick(0);
		see(squareOf(8, ['CLS', 'Distillation']));
		expect(selection.picked).toBe(0);
	});

	it('is a number in a link, which becomes a place in what the link shows', () => {
		const { selection, see } = seeing(null);
		selection.open({ token: 6 });
		selection.settle();
		see(squareOf(4, []));
		expect([selection.picked, selection.link.token]).toEqual([6, 6]);
		selection.settle();
		see(squareOf(8));
		expect([selection.picked, selection.link.token]).toEqual([1 + 3 * 8 + 5, 3 * 8 + 5]);
	});

	it('says nothing any more where the model of the link is not here', () => {
		const { selection } = seeing(squareOf(4));
		const before = [selection.block, selection.head, selection.picked];
		selection.open({ block: 1, head: 1, token: 5 });
		expect([selection.block, selection.head, selection.picked]).not.toEqual(before);
		selection.reset();
		expect([selection.block, selection.head, selection.picked]).toEqual(before);
	});

	it('is read from a link whatever stands before the patches, and is the first token where there is none such', () => {
		const { selection, see } = seeing(squareOf(4, ['CLS', 'Register 1']));
		const tokens = () =>
			(['cls', 'register-1', 0, 15, 16] as const).map((token) => {
				selection.open({ token });
				return selection.picked;
			});
		expect(tokens()).toEqual([0, 1, 2, 17, 0]);
		see(squareOf(4, []));
		expect(tokens()).toEqual([10, 10, 0, 15, 10]);
		see(squareOf(4));
		expect(tokens()).toEqual([0, 0, 1, 16, 0]);
	});
});
