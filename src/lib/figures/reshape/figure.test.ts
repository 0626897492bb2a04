import { describe, expect, it } from 'vitest';
import { parameterSpecs, tapSpecs } from '../../engine/families';
import type { SwinConfig } from '../../engine/swin/config';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { PRESETS } from './presets';
import type { Attributes } from '../figure';
import { readOf } from '../kit/ways';
import { figure, startOf } from './figure';

describe('parse', () => {
	it('begins with the patches', () => {
		expect(figure.parse({})).toEqual(startOf('patchify', 'input'));
	});

	it('takes a preset, a step and a view', () => {
		expect(figure.parse({ preset: 'pool', step: 'reduce' })).toMatchObject({
			preset: 'pool',
			operation: 'reduce',
			step: 'reduce',
			view: 'playground'
		});
		expect(figure.parse({ view: 'proof' }).view).toBe('proof');
	});

	it('gives the same sizes each time, so that another step makes no other plan', () => {
		expect(figure.parse({ step: 'merge' }).typed).toBe(figure.parse({ step: 'split' }).typed);
	});

	it.each([
		[{ preset: 'nothing' }, /'preset' must be one of patchify/],
		[{ step: 'jump' }, /'step' must be one of/],
		[{ view: 'inside' }, /'view' must be one of/],
		[{ patch: '8' }, /'patch' is not an attribute/]
	])('refuses %o', (attributes, message) => {
		expect(() => figure.parse(attributes)).toThrow(message);
	});
});

it('asks only for taps and parameters that there are', () => {
	const known = [...tapSpecs(SMALL_CONFIG), ...parameterSpecs(SMALL_CONFIG)].map(({ name }) => name);
	const states = [...PRESETS.map(({ id }) => startOf(id, 'input')), figure.parse({ view: 'proof' })];
	const asked = states.flatMap((state) => figure.taps(SMALL_CONFIG, state));
	const revealed = Object.values(figure.reveals ?? {}).flatMap((reveal) => reveal.taps(SMALL_CONFIG));
	for (const name of [...asked, ...revealed]) expect(known).toContain(name);
});

describe('of a Swin', () => {
	const only = { depth: 1, heads: 1, dim: 6, mlpDim: 8, window: 2 };
	const swin = swinConfigWith({ imageSize: [8, 12], patchSize: 2, stages: [only] });
	const taps = (config: SwinConfig, attributes: Attributes) =>
		readOf(figure, figure.parse(attributes), config)?.names ?? null;

	it('what becomes of the photo is drawn', () => {
		const known = [...tapSpecs(swin), ...parameterSpecs(swin)].map(({ name }) => name);
		for (const attributes of [{ preset: 'patchify' }, { preset: 'pool' }, { view: 'proof' }] as Attributes[]) {
			expect(taps(swin, attributes)?.length).toBeGreaterThan(0);
			expect(taps(swin, attributes)?.filter((name) => !known.includes(name))).toEqual([]);
		}
	});

	it('what it has not is not, nor a photo that is filled up', () => {
		expect([taps(swin, { preset: 'heads' }), taps(swin, { preset: 'repeat' })]).toEqual([null, null]);
		expect(taps({ ...swin, imageSize: [8, 13] }, {})).toBeNull();
	});
});
