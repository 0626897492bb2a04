import { describe, expect, it } from 'vitest';
import type { ViTConfig } from '../../engine/vit/config';
import type { TapData } from '../../engine/tap';
import type { FigureRun, WindowsRun } from '../figure';
import { model } from '../../run/testing';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { MEAN, figure } from './figure';
import { shownPatch } from './windows';

const config: ViTConfig = { ...SMALL_CONFIG, imageSize: [16, 16], patchSize: 4, heads: 1, depth: 2 };

describe('parse', () => {
	it('shows the paper’s windows by default', () => {
		expect(figure.parse({})).toEqual({
			view: 'windows',
			source: 'model',
			cut: 0,
			window: 0,
			token: 0,
			block: 0,
			head: MEAN,
			rolled: 100,
			blocks: 2,
			merged: 1
		});
	});

	it('reads what a step sets', () => {
		expect(figure.parse({ view: 'shift', cut: '4', window: '2', rolled: '0', token: '5' })).toMatchObject({
			view: 'shift',
			cut: 4,
			window: 2,
			rolled: 0,
			token: 5
		});
		expect(figure.parse({ head: 'mean' }).head).toBe(MEAN);
		expect(figure.parse({ head: '2' }).head).toBe(2);
	});

	it('refuses what it does not know', () => {
		expect(() => figure.parse({ windows: '2' })).toThrow(/windows/);
		expect(() => figure.parse({ head: 'all' })).toThrow(/head/);
	});
});

describe('taps', () => {
	it('asks only for what the part shown needs, of blocks that are there', () => {
		expect(figure.taps(config, figure.parse({ block: 'last' }))).toEqual(['blocks.1.attn.pattern']);
		expect(figure.taps(config, figure.parse({ view: 'merge' }))).toEqual(['embeddings']);
		expect(figure.taps(config, figure.parse({ view: 'cost' }))).toEqual([]);
	});
});

describe('shownPatch', () => {
	const grid = { rows: 14, columns: 14 };

	it('is the chosen token’s, or the corner of a window next to the middle', () => {
		expect(shownPatch(grid, 7, 15)).toBe(14);
		expect(shownPatch(grid, 7, 0)).toBe(7 * 14 + 7);
		expect(shownPatch(grid, 2, 0)).toBe(7 * 14 + 7);
		expect(shownPatch({ rows: 16, columns: 16 }, 7, 0)).toBe(7 * 16 + 7);
		expect(shownPatch(grid, 7, 1000)).toBe(7 * 14 + 7);
	});
});

describe('stays', () => {
	/** Sixteen patches and CLS: all attention stays with oneself, or goes evenly to everything. */
	const weights = (own: boolean): TapData => ({
		name: '',
		shape: [1, 1, 17, 17],
		axes: ['batch', 'head', 'query', 'key'],
		data: Float32Array.from({ length: 289 }, (_, i) => (own ? Number(Math.floor(i / 17) === i % 17) : 1 / 17))
	});
	const answer = (first: boolean, last: boolean) =>
		figure.reveals?.stays?.answer({ model: model('m', config) } as FigureRun, (name) =>
			weights(name.startsWith('blocks.0.') ? first : last)
		);

	it('measures which block keeps more in its windows', async () => {
		expect((await answer(true, false))?.choice).toBe(0);
		expect((await answer(false, true))?.choice).toBe(1);
		expect((await answer(true, true))?.choice).toBe(2);
	});

	it('says the shares', async () => {
		const sentence = (await answer(true, false))?.sentence;
		expect(sentence).toContain('100 % of what a patch gives to patches stays inside its window in block 1');
		expect(sentence).toContain('and 25 % in block 2');
	});

	it('is all of it in a Swin, which says that it is its own answer', async () => {
		const run = { model: { id: 'local/my-swin' } } as WindowsRun;
		const verdict = await figure.reveals?.stays?.instead?.answer(run, () => {
			throw new Error('it follows from the windows');
		});
		expect(verdict?.choice).toBe(2);
		expect(verdict?.sentence).toContain('In my-swin, which is in use, all of it stays there');
	});

	it('asks for both blocks', () => {
		expect(figure.reveals?.stays?.taps(config)).toEqual(['blocks.0.attn.pattern', 'blocks.1.attn.pattern']);
		expect(figure.reveals?.stays?.taps({ ...config, depth: 1 })).toEqual(['blocks.0.attn.pattern']);
	});
});
