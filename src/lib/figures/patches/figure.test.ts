import { describe, expect, it } from 'vitest';
import { swinConfigWith } from '../../engine/testing/swin-config';
import type { FigureRun } from '../figure';
import { model } from '../../run/testing';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { breakEven } from '../../analysis/cost';
import { tokenCount, type ViTConfig } from '../../engine/vit/config';
import {
	againstImage,
	againstPatch,
	dividingSizes,
	imageAtBreakEven,
	imageSides,
	longerSide,
	patchSizes,
	roundSides,
	shownSize
} from './sizes';
import { readOf } from '../kit/ways';
import { figure } from './figure';
import { inUnits, large, percent, whole } from './words';

const config: ViTConfig = { ...SMALL_CONFIG, imageSize: [224, 224], patchSize: 16, heads: 2, dim: 8, mlpDim: 32 };

describe('parse', () => {
	it('gives the whole photo and the model’s own patches by default', () => {
		expect(figure.parse({})).toEqual({ view: 'tiles', size: 0, apart: 0, token: 0, against: 'patch' });
	});

	it('reads every attribute', () => {
		const state = figure.parse({ view: 'cost', size: '8', apart: '100', token: '3', against: 'image' });
		expect(state).toEqual({ view: 'cost', size: 8, apart: 100, token: 3, against: 'image' });
	});

	it('refuses what it does not know', () => {
		expect(() => figure.parse({ sise: '8' })).toThrow(/sise/);
		expect(() => figure.parse({ view: 'bars' })).toThrow(/view/);
		expect(() => figure.parse({ size: 'large' })).toThrow(/size/);
	});
});

describe('patch sizes', () => {
	it('are those that divide the input, and the model’s own', () => {
		expect(patchSizes(config)).toEqual([8, 16, 32]);
		expect(patchSizes({ ...config, patchSize: 14 })).toEqual([8, 14, 16, 32]);
		expect(patchSizes({ ...config, imageSize: [144, 144], patchSize: 8 })).toEqual([8, 16]);
	});

	it('fall back to the model’s own', () => {
		expect(shownSize(config, 0)).toBe(16);
		expect(shownSize(config, 8)).toBe(8);
		expect(shownSize({ ...config, imageSize: [144, 144] }, 32)).toBe(16);
	});

	it('make a curve of all that divide the input', () => {
		expect(dividingSizes(config)).toEqual([8, 14, 16, 28, 32]);
	});
});

describe('counts', () => {
	it('has the model’s own numbers at its own size', () => {
		const [own] = againstPatch(config, [16]);
		expect(own).toMatchObject({ size: 16, tokens: 197, entries: 197 ** 2 });
		expect(own?.cost.total).toBe(12 * 197 * 8 ** 2 + 2 * 197 ** 2 * 8);
	});

	it('agrees between an image twice as long and a patch half as long', () => {
		const [image] = againstImage(config, [448]);
		const [patch] = againstPatch(config, [8]);
		expect(image).toEqual({ ...patch, size: 448, image: [448, 448] });
	});

	it('goes from half of the image to four times its side, in whole patches', () => {
		const sides = imageSides(config);
		expect([sides[0], sides.at(-1)]).toEqual([112, 896]);
		expect(sides.every((side) => side % 16 === 0)).toBe(true);
		expect(roundSides(config)).toEqual([112, 224, 448, 896]);
	});

	it.each([
		[
			[112, 144],
			[80, 144, 288, 576]
		],
		[
			[144, 48],
			[80, 144, 288, 576]
		],
		[
			[16, 80],
			[48, 80, 160, 320]
		],
		[
			[80, 16],
			[48, 80, 160, 320]
		],
		[
			[16, 16],
			[16, 32, 64]
		]
	] as const)('has the model’s own tokens among images in the proportions of %j', (imageSize, sides) => {
		const other = { ...config, imageSize, registers: 6 };
		expect(roundSides(other)).toEqual(sides);
		const own = againstImage(other, sides).find(({ size }) => size === longerSide(other));
		expect(own).toMatchObject({ image: imageSize, tokens: tokenCount(other) });
		expect(imageSides(other)).toContain(own?.size);
	});

	it('are as large for attention as for the rest where the lines meet', () => {
		const other = { ...config, imageSize: [32, 64] as const, registers: 6 };
		const [height, width] = imageAtBreakEven(other);
		expect(width / height).toBeCloseTo(2);
		expect(7 + (height * width) / 16 ** 2).toBeCloseTo(breakEven(other));
	});
});

describe('alike', () => {
	/** Patches of one number each: `(row, column)` gives it. */
	function answer(value: (row: number, column: number) => number, rows = 3, columns = 4) {
		const small = { ...config, imageSize: [16 * rows, 16 * columns] as const, channels: 1 };
		const data = Float32Array.from({ length: rows * columns }, (_, i) => value(Math.floor(i / columns), i % columns));
		const tap = (name: string) => ({ name, shape: [1, data.length, 1], axes: ['batch', 'patch', 'pixel'], data });
		return figure.reveals?.alike?.answer({ model: model('m', small) } as FigureRun, tap);
	}

	it('sees stripes', async () => {
		expect((await answer((row) => row))?.choice).toBe(0);
		expect((await answer((_, column) => column))?.choice).toBe(1);
		expect((await answer((row, column) => row + column))?.choice).toBe(2);
		expect((await answer(() => 1))?.choice).toBe(2);
	});

	it('says how far apart the neighbours stand', async () => {
		const sentence = (await answer((row, column) => row + 2 * column))?.sentence;
		expect(sentence).toContain('differ by 2.00 from those of its right-hand neighbour, 1 place later');
		expect(sentence).toContain('by 1.00 from those of the patch below it, 4 places later');
	});

	it.each([
		[1, 1, 'to the right or below'],
		[1, 4, 'below'],
		[3, 1, 'to the right']
	])('has nothing to compare in %i rows of %i', async (rows, columns, where) => {
		const verdict = await answer((row, column) => row + column, rows, columns);
		expect(verdict?.choice).toBeNull();
		expect(verdict?.sentence).toContain(`so no patch has another ${where}.`);
	});

	it('asks for what it reads', () => {
		expect(figure.reveals?.alike?.taps(config)).toEqual(['patches']);
	});
});

describe('words', () => {
	it('writes numbers so that they can be read', () => {
		expect(whole(616225)).toBe('616,225');
		expect(large(931_875_000)).toBe('932 million');
		expect(large(1.2345e9)).toBe('1.23 billion');
		expect(large(38809)).toBe('38,809');
		expect(inUnits(4.2e9).unit).toBe('in billions');
		expect(inUnits(4.2e9).write(1.5e9)).toBe('1.5');
		expect(inUnits(900).unit).toBe('');
		expect(percent(0.338)).toBe('34 %');
		expect(percent(0.0312)).toBe('3.1 %');
	});
});

describe('of a Swin', () => {
	const swin = swinConfigWith({
		imageSize: [8, 12],
		patchSize: 4,
		stages: [{ depth: 1, dim: 4, heads: 1, window: 2, mlpDim: 8 }]
	});

	it('the tiles are drawn, where its patches fill the picture, and what they cost is not', () => {
		expect(readOf(figure, figure.parse({}), swin)?.names).toEqual([]);
		expect(readOf(figure, figure.parse({ view: 'cost' }), swin)).toBeNull();
		expect(readOf(figure, figure.parse({}), { ...swin, imageSize: [8, 13] })).toBeNull();
		expect(patchSizes(swin)).toEqual([4]);
	});

	it('likeness is asked on its own grid', async () => {
		const run = { model: { config: swin } } as unknown as FigureRun;
		// Two rows of three patches of one number: the same along a row, and another in the next.
		const patches = { name: '', axes: [], shape: [1, 6, 1], data: Float32Array.of(0, 0, 0, 1, 1, 1) };
		const verdict = await figure.reveals?.alike?.answer(run, () => patches);
		expect(verdict?.choice).toBe(0);
		expect(verdict?.sentence).toContain('3 places later');
	});
});
