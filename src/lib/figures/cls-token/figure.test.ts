import { describe, expect, it } from 'vitest';
import { PLAIN_VIT, type ViTConfig } from '../../engine/vit/config';
import { tapSpecs, parameterSpecs } from '../../engine/families';
import type { TapData } from '../../engine/tap';
import { wholePhoto } from '../../engine/whole-photo';
import type { FigureRun } from '../figure';
import { likeness, nameOfBlock, pathOf, settledAt } from './blocks';
import { blocksIn, figure, VIEWS } from './figure';

const config: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [2, 4],
	patchSize: 2,
	channels: 3,
	depth: 4,
	heads: 1,
	dim: 2,
	mlpDim: 4,
	qkvBias: true,
	layerNormEps: 0,
	classes: 2,
	positions: { grid: [1, 2], prefix: 1, resampling: 'plain' },
	preprocess: wholePhoto([2, 4])
};

const tokens = (...rows: number[][]): TapData => ({
	name: 'made up',
	shape: [1, rows.length, rows[0]?.length ?? 0],
	axes: ['batch', 'token', 'feature'],
	data: Float32Array.from(rows.flat())
});

describe('the state that a step asks for', () => {
	it('is the start, unless it says otherwise', () => {
		expect(figure.parse({})).toEqual({ view: 'start', block: Number.MAX_SAFE_INTEGER });
		expect(figure.parse({ view: 'patches', block: '3' })).toEqual({ view: 'patches', block: 3 });
	});

	it.each([
		[{ view: 'x' }, /'view' must be one of start, patches/],
		[{ block: '-1' }, /'block' must be/],
		[{ blok: '1' }, /'blok' is not/]
	])('is refused when it is unknown: %o', (attributes, message) => {
		expect(() => figure.parse(attributes as Record<string, string>)).toThrow(message);
	});

	it('goes through the block that it names, and never more than there are', () => {
		expect([-1, 0, 3, 9].map((block) => blocksIn(config, { block }))).toEqual([0, 1, 4, 4]);
		expect(blocksIn(config, figure.parse({ block: 'last' }))).toBe(4);
		expect(figure.taps(config, { view: 'patches', block: 0 })).toEqual(['blocks.0.out']);
		expect(figure.taps(config, { view: 'patches', block: -1 })).toEqual(['embeddings']);
	});

	it.each(VIEWS)('reads, for %s, only what the model has', (view) => {
		const known = [...tapSpecs(config), ...parameterSpecs(config)].map(({ name }) => name);
		const names = figure.taps(config, { view, block: 2 });
		expect(names.length).toBeGreaterThan(0);
		expect(names.filter((name) => !known.includes(name))).toEqual([]);
	});

	it('reads nothing of the head where there is none', () => {
		expect(figure.taps({ ...config, classes: 0, scores: 'vector' }, { view: 'classes', block: 0 })).toEqual([]);
	});
});

describe('the CLS token, block by block', () => {
	it('is named by the blocks behind it', () => {
		expect([0, 2].map(nameOfBlock)).toEqual(['before the first block', 'after block 2']);
	});

	it('is compared with every patch, not with itself', () => {
		expect([...likeness(tokens([1, 0], [3, 0], [0, 2], [-1, 0]), config)]).toEqual([1, 0, -1]);
	});

	it('is measured against where it started', () => {
		const path = pathOf([tokens([3, 4], [1, 0], [0, 3]), tokens([-8, 6], [2, 0], [0, 2])], config);
		expect(path).toEqual([
			{ length: 5, patches: 2, toStart: 1 },
			{ length: 10, patches: 2, toStart: 0 }
		]);
		expect(pathOf([], config)).toEqual([]);
	});

	it('settles where it stops changing', () => {
		expect(settledAt([1, 2, 1, 2, 2])).toBe(3);
		expect(settledAt([5, 5])).toBe(0);
		expect(settledAt([1, 2])).toBe(1);
	});
});

describe('the prediction', () => {
	/** A head that says class 1 where the first feature is the larger one. */
	const parameters: Record<string, number[]> = {
		'parameters.norm.weight': [1, 1],
		'parameters.norm.bias': [0, 0],
		'parameters.head.weight': [1, 0, 0, 1],
		'parameters.head.bias': [0, 0]
	};
	const answer = (firsts: number[], depth = firsts.length - 1) => {
		const tap = (name: string): TapData => {
			const values = parameters[name];
			if (values) return { name, shape: [values.length], axes: [''], data: Float32Array.from(values) };
			const at = name === 'embeddings' ? 0 : Number(name.split('.')[1]) + 1;
			return tokens(firsts[at] === 0 ? [2, 1] : [1, 2], [0, 1]);
		};
		const run = { model: { config: { ...config, depth }, labels: ['cat', 'dog'] } } as unknown as FigureRun;
		return figure.reveals?.['settled']?.answer(run, tap);
	};

	it('has no answer for a model without classes', () => {
		const run = {
			model: { config: { ...config, classes: 0, scores: 'vector' }, labels: null }
		} as unknown as FigureRun;
		const verdict = figure.reveals?.['settled']?.answer(run, () => expect.fail('nothing is declared'));
		expect(verdict).toMatchObject({ choice: null });
	});

	it.each([
		[[0, 1, 1, 1, 1], 0, 'from block 1 of 4 on; before the first block it was “cat”'],
		[[0, 0, 1, 0, 1], 2, 'from block 4 of 4 on; after block 3 it was “cat”'],
		[[0, 1, 0, 1, 1], 1, 'from block 3 of 4 on; after block 2 it was “cat”'],
		[[1, 1, 1, 1, 1], 0, 'after every block']
	])('is answered by the head, block by block: %o', async (firsts, choice, words) => {
		const verdict = await answer(firsts);
		expect(verdict?.choice).toBe(choice);
		expect(verdict?.sentence).toContain('“dog”');
		expect(verdict?.sentence).toContain(words);
	});
});
