import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { Model } from '../engine/model';
import type { TapData } from '../engine/tap';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import { SWIN_SIZES, timmSwinCheckpoint } from '../engine/testing/swin-checkpoint';
import { SIGLIP_VARIANT } from '../engine/testing/towers';
import { VARIANTS, variantCheckpoint } from '../engine/testing/variants';
import { attentionMaps, CLASS_MAPS, gradientMapNames, gradientMaps, gradientMapTaps, isMapped } from './class-maps';

beforeAll(() => useNodeBackend('cpu'));

async function mapsOf(model: Model, classIndex: number) {
	const { config } = model;
	const names = gradientMapNames(config);
	const trace = await model.run(pixelValues());
	const found = await model.gradients(trace, { classIndex, names });
	const values = await trace.readAll(gradientMapTaps(config));
	const gradients = await Promise.all(names.map((name) => found.read(name)));
	const read = async (name: string, part: 'mean' | null): Promise<TapData> => {
		const [tap] = await trace.readAll([name], undefined, part);
		if (!tap) throw new Error('Nothing was read.');
		return tap;
	};
	const maps = { ...(await attentionMaps(config, read)), ...gradientMaps({ values, gradients }, config) };
	for (const owner of [trace, found, model]) owner.dispose();
	return maps;
}

describe('the maps of a class', () => {
	it.each([
		['a plain ViT', timmCheckpoint()] as const,
		...VARIANTS.filter(({ name }) => !/head/.test(name)).map((one) => [one.name, variantCheckpoint(one)] as const),
		['a learned query', variantCheckpoint(SIGLIP_VARIANT)] as const
	])('are one number a patch, whatever stands before them: %s', async (_, files) => {
		const maps = await mapsOf(Model.load(files), 1);
		for (const name of CLASS_MAPS) {
			expect(maps[name], name).toHaveLength(16);
			expect(maps[name].every(Number.isFinite), name).toBe(true);
		}
	});

	it('tell classes apart, but for the two that know of none', async () => {
		const [one, other] = [await mapsOf(Model.load(timmCheckpoint()), 1), await mapsOf(Model.load(timmCheckpoint()), 2)];
		const same = CLASS_MAPS.filter((name) => [...one[name]].join() === [...other[name]].join());
		expect(same).toEqual(['attention', 'rollout']);
	});

	it('are refused where tokens attend in windows', () => {
		const model = Model.load(timmSwinCheckpoint(SWIN_SIZES));
		expect(isMapped(model.config)).toBe(false);
		expect(() => gradientMapTaps(model.config)).toThrow('choose a ViT to see it');
		model.dispose();
	});
});
