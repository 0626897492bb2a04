import { describe, expect, it } from 'vitest';
import { Selection, type Limits } from './selection.svelte';

const TINY = { depth: 12, heads: 3, tokens: 197 };
const SMALL = { depth: 6, heads: 4, tokens: 50 };

const fitted = (limits: Limits = TINY) => new Selection(() => limits);

describe('Selection', () => {
	it('starts on the mean over heads of the last block, from CLS', () => {
		expect(fitted().link).toEqual({ block: 11, head: 'mean', token: 0 });
	});

	it("starts on the model's first look, until a block or a head is chosen", () => {
		const selection = fitted({ ...TINY, firstLook: { block: 6, head: 1 } });
		expect(selection.link).toEqual({ block: 6, head: 1, token: 0 });
		selection.chooseHead(2);
		expect(selection.link).toEqual({ block: 6, head: 2, token: 0 });
		const other = fitted({ ...TINY, firstLook: { block: 6, head: 1 } });
		other.chooseBlock(3);
		expect(other.link).toEqual({ block: 3, head: 'mean', token: 0 });
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

	it('falls back where a smaller model has no such block, head or token, and finds it again in a larger one', () => {
		let limits = TINY;
		const selection = new Selection(() => limits);
		selection.open({ block: 9, head: 3, token: 120 });
		selection.hover(100);
		expect(selection.head).toBe('mean');
		limits = SMALL;
		expect(selection.link).toEqual({ block: 5, head: 3, token: 0 });
		expect(selection.hovered).toBeNull();
		limits = TINY;
		expect(selection.link).toEqual({ block: 9, head: 'mean', token: 120 });
	});

	it('keeps a chosen block within the model', () => {
		const selection = fitted(SMALL);
		selection.chooseBlock(40);
		expect(selection.block).toBe(5);
		selection.chooseBlock(-1);
		expect(selection.block).toBe(0);
	});

	it('has as many heads as the block, where blocks differ in them, and the first token that the model names', () => {
		const limits = {
			depth: 3,
			heads: 2,
			headsOf: (block: number) => [2, 2, 6][block] ?? 1,
			tokens: 64,
			firstToken: 36
		};
		const selection = fitted(limits);
		expect(selection.link).toEqual({ block: 2, head: 'mean', token: 36 });
		selection.chooseHead(5);
		expect(selection.head).toBe(5);
		selection.chooseBlock(0);
		expect(selection.head).toBe('mean');
		selection.pick(0);
		expect(selection.token).toBe(0);
		selection.pick(64);
		expect(selection.token).toBe(36);
	});

	it('says the direction in its link only where it is not the usual one', () => {
		const selection = fitted();
		selection.direction = 'to';
		expect(selection.link.direction).toBe('to');
	});
});
