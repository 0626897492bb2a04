import { describe, expect, it } from 'vitest';
import { tapSpecs } from '../engine/families';
import { SMALL_CONFIG } from '../engine/testing/small';
import type { TapData } from '../engine/tap';
import { blockOutputs } from './block-means';
import { alignment, Insides, insideTaps } from './insides';

/** Taps of one length a row each, `scale` times as long where something is added. */
function madeUp(scale: number): (name: string) => TapData {
	const specs = new Map(tapSpecs(SMALL_CONFIG).map((spec) => [spec.name, spec.shape]));
	return (name) => {
		const shape = specs.get(name) ?? expect.fail(name);
		const value = /(attn|mlp)\.out$/.test(name) ? scale : 1;
		return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) } as TapData;
	};
}

describe('what is kept of a network', () => {
	it('is one row a photo of each block, and the mean of what the shortcuts carry', () => {
		const insides = new Insides(SMALL_CONFIG);
		insides.add(madeUp(2));
		insides.add(madeUp(0.5));
		expect(insides.blocks.length).toBe(blockOutputs(SMALL_CONFIG).length);
		expect(insides.blocks.every((photos) => photos.length === 2)).toBe(true);
		for (const { places, cls } of insides.shortcuts()) {
			expect(places).toBeCloseTo((0.5 + 2) / 2, 6);
			expect(cls).toBeCloseTo((0.5 + 2) / 2, 6);
		}
	});

	it('needs taps that are there', () => {
		expect(insideTaps(SMALL_CONFIG).map((name) => madeUp(1)(name).shape)).not.toContain(undefined);
	});
});

it('every feature is like itself, and like its multiple', async () => {
	const rows = [
		[1, 2],
		[0, 5],
		[-3, 1]
	].map((row) => Float32Array.from(row));
	const cka = await alignment([
		rows,
		rows.map((row) => row.map((value) => 3 * value)),
		rows.map(() => Float32Array.of(1))
	]);
	expect(cka[0]?.[0]).toBeCloseTo(1, 6);
	expect(cka[0]?.[1]).toBeCloseTo(1, 6);
	expect(cka[1]?.[0]).toBeCloseTo(1, 6);
});
