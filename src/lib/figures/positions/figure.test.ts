import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../engine/backends/node';
import { asViT, tapSpecs, parameterSpecs } from '../../engine/families';
import { patchGrid } from '../../engine/config';
import { Model } from '../../engine/model';
import { pixelValues, timmCheckpoint } from '../../engine/testing/checkpoint';
import type { AsideResult } from '../../run/aside';
import type { FigureRun } from '../figure';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { smallRun } from '../kit/testing';
import { editsFor, compare, endName, namesRead, orderOf, same } from './experiment';
import { interpolatedWords, patchPositions, positionOf, figure, VIEWS, withoutPosition } from './figure';
import { tileMaps } from './tile-maps';

describe('the state that a step asks for', () => {
	it('is the photo in order, with positions, unless it says otherwise', () => {
		const plain = { view: 'shuffle', positions: true, seed: 0, position: -1, feature: 0, times: '2' };
		expect(figure.parse({})).toEqual(plain);
		expect(figure.parse({ positions: 'off', seed: '3' })).toEqual({ ...plain, positions: false, seed: 3 });
		expect(figure.parse({ view: 'resize', times: '1.5', feature: '4', position: '0' })).toEqual({
			...plain,
			view: 'resize',
			times: '1.5',
			feature: 4,
			position: 0
		});
	});

	it('is refused when it is unknown', () => {
		expect(() => figure.parse({ view: 'sine' })).toThrow(/view/);
		expect(() => figure.parse({ shuffle: 'on' })).toThrow(/shuffle/);
	});

	it.each(VIEWS)('reads, for %s, only what the model has', (view) => {
		for (const config of [SMALL_CONFIG, { ...SMALL_CONFIG, classes: 0, scores: 'vector' } as const]) {
			const known = [...tapSpecs(config), ...parameterSpecs(config)].map(({ name }) => name);
			const names = figure.taps(config, { ...figure.parse({}), view });
			expect(names.length).toBeGreaterThan(0);
			expect(known).toEqual(expect.arrayContaining([...names]));
		}
	});

	it('names a patch that the model has, one in the middle by default', () => {
		// Two rows of three patches.
		expect(positionOf(SMALL_CONFIG, { position: -1 })).toBe(4);
		expect(positionOf(SMALL_CONFIG, { position: 2 })).toBe(2);
		expect(positionOf(SMALL_CONFIG, { position: 99 })).toBe(5);
	});
});

describe('the positions of the patches', () => {
	it('leave out that of CLS', () => {
		expect([...patchPositions(Float32Array.of(1, 2, 3, 4, 5, 6), { ...SMALL_CONFIG, dim: 2 })]).toEqual([3, 4, 5, 6]);
	});

	it('are none for tokens that the model gives none, which is said', () => {
		const placed = (prefix: number) => ({ ...SMALL_CONFIG.positions, prefix });
		expect(withoutPosition(SMALL_CONFIG)).toBe('');
		expect(withoutPosition({ ...SMALL_CONFIG, registers: 4 })).toMatch(/^Register 1 to Register 4 stand for no patch/);
		expect(withoutPosition({ ...SMALL_CONFIG, registers: 4, positions: placed(5) })).toBe('');
		expect(withoutPosition({ ...SMALL_CONFIG, positions: placed(0) })).toMatch(/^CLS stands for no patch/);
	});

	it('are as learned only on the grid that they were learned for', () => {
		const moved = { ...SMALL_CONFIG, positions: { ...SMALL_CONFIG.positions, grid: [4, 5] as const } };
		expect(interpolatedWords(SMALL_CONFIG)).toBe('');
		expect(interpolatedWords(moved)).toContain('learned for 4 × 5 patches (rows × columns)');
		expect(interpolatedWords(moved)).toContain('the 2 × 3 of this run');
	});

	it('have their maps laid at the places of their patches', () => {
		const maps = [1, 2].map((value) => new Float32Array(2).fill(value));
		const { values, rows, columns } = tileMaps(maps, { rows: 1, columns: 2 });
		expect([rows, columns]).toEqual([2, 6]);
		expect([...values]).toEqual([1, 1, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0]);
	});
});

describe('an experiment', () => {
	it('names only what it changes', () => {
		expect(editsFor(SMALL_CONFIG, 0, true)).toEqual([]);
		expect(editsFor(SMALL_CONFIG, 0, false)).toEqual([{ tap: 'parameters.pos_embed', do: 'zero' }]);
		expect(editsFor(SMALL_CONFIG, 2, true)).toEqual([
			{ tap: 'pixel_values', tokens: 'patches', do: 'permute', order: orderOf(SMALL_CONFIG, 2) }
		]);
	});

	it('compares each patch with itself, wherever it stands', () => {
		const norm = (...data: number[]) => ({
			name: 'norm',
			shape: [1, 3, 1],
			axes: ['batch', 'token', 'feature'],
			data: Float32Array.from(data)
		});
		const moved = compare([norm(8, 1, 2)], [norm(7.5, 2, 1)], [1, 0], { ...SMALL_CONFIG, dim: 1 });
		expect(moved).toEqual({ scores: null, most: 1, end: 0.5, patches: 0, largest: 8 });
		expect(same(moved)).toBe(false);
		expect(same({ ...moved, end: 0.001 })).toBe(true);
		expect(same({ ...moved, scores: 0.01 })).toBe(false);
		expect(compare([norm(8, 1, 2)], [norm(8, 1, 2)], [1, 0], { ...SMALL_CONFIG, dim: 1 }).patches).toBe(1);
	});

	it('compares the mean of the patches where no CLS stands for the photo', () => {
		const norm = (...data: number[]) => ({
			name: 'norm',
			shape: [1, 3, 1],
			axes: ['batch', 'token', 'feature'],
			data: Float32Array.from(data)
		});
		const config = { ...SMALL_CONFIG, cls: false, dim: 1 };
		expect(compare([norm(8, 1, 3)], [norm(3, 8, 4)], [2, 0, 1], config)).toMatchObject({ end: 1, patches: 3 });
		const withRegister = { ...config, registers: 1 };
		expect(compare([norm(8, 1, 3)], [norm(5, 3, 1)], [1, 0], withRegister)).toMatchObject({ end: 0, patches: 0 });
		expect([endName(config), endName(SMALL_CONFIG)]).toEqual(['mean of the final patches', 'final CLS token']);
	});
});

describe('the model itself', () => {
	let model: Model;
	let run: FigureRun;

	beforeAll(async () => {
		await useNodeBackend('cpu');
		model = Model.load(timmCheckpoint());
		const config = asViT(model.config);
		run = {
			...smallRun(config),
			async experiment(edits, names = []): Promise<AsideResult> {
				const trace = await model.run(pixelValues(), { edits });
				const taps = await Promise.all(names.map((name) => model.read(trace, name)));
				trace.dispose();
				return { top: [{ index: 0, label: 'cat', score: taps[1]?.data[0] ?? 0 }], vector: null, taps };
			}
		};
		return () => model.dispose();
	});

	const shuffledBy = async (positions: boolean) => {
		const config = asViT(model.config);
		const [before, after] = await Promise.all(
			[0, 1].map((seed) => run.experiment(editsFor(config, seed, positions), namesRead(config)))
		);
		return compare(before?.taps ?? [], after?.taps ?? [], orderOf(config, 1), config);
	};

	it('has patches that the shuffle moves', () => {
		const { rows, columns } = patchGrid(asViT(model.config));
		expect(orderOf(asViT(model.config), 1)).not.toEqual(Array.from({ length: rows * columns }, (_, i) => i));
	});

	it('cannot see order without positions, and can with them', async () => {
		const [without, withThem] = [await shuffledBy(false), await shuffledBy(true)];
		expect(without.end).toBeLessThan(1e-4 * without.largest);
		expect(without.patches).toBeLessThan(1e-4 * without.largest);
		expect(withThem.patches).toBeGreaterThan(1e-2 * withThem.largest);
	});

	it('answers the prediction: exactly the same', async () => {
		const verdict = await figure.reveals?.shuffle?.answer(run, () => {
			throw new Error('The reveal declares no taps.');
		});
		expect(verdict?.choice).toBe(0);
		expect(verdict?.sentence).toContain('Without positions, shuffled: “cat”');
		expect(verdict?.sentence).toContain('which is rounding');
	});
});
