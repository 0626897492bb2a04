import { readFileSync, statSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../base/errors.ts';
import { parseSamples, type Sample } from './manifest.ts';

const ROOT = new URL('../../../', import.meta.url);
/** Raise this with each sample that is added. */
const AT_LEAST = 14;
const inStatic = (path: string): string => new URL(`static/${path}`, ROOT).pathname;
const json: unknown = JSON.parse(readFileSync(inStatic('samples/samples.json'), 'utf8'));
const labels = JSON.parse(readFileSync(inStatic('labels/imagenet-1k.json'), 'utf8')) as string[];
const samples = parseSamples(json);

const topOf = (sample: Sample, count: number): number[] =>
	(sample.models['vit-tiny'] ?? []).slice(0, count).map(([index]) => index);

/** The manifest with one field of its first entry changed. */
function damaged(change: Record<string, unknown>): unknown {
	return { samples: [{ ...samples[0], ...change }, ...samples.slice(1)] };
}

describe('the shipped list', () => {
	it('tells each sample apart', () => {
		for (const key of ['id', 'title', 'alt', 'file', 'thumb', 'scene'] as const) {
			expect(new Set(samples.map((sample) => sample[key])).size, key).toBe(samples.length);
		}
	});

	it('holds pictures of several shapes', () => {
		const shapes = samples.map(({ width, height }) => Math.sign(width - height));
		expect(new Set(shapes).size).toBeGreaterThan(1);
	});

	it('loses none, and the real model names two thirds of them first', () => {
		expect(samples.length).toBeGreaterThanOrEqual(AT_LEAST);
		expect(samples.filter((s) => topOf(s, 1)[0] === s.intended.index).length).toBeGreaterThanOrEqual(
			(samples.length * 2) / 3
		);
	});

	it('begins with one that both models name first', () => {
		for (const verdicts of Object.values(samples[0]?.models ?? {})) {
			expect(verdicts[0]?.[0]).toBe(samples[0]?.intended.index);
		}
	});
});

describe.each(samples.map((sample) => [sample.id, sample] as const))('%s', (_, sample) => {
	it('is a WebP of the recorded size and at most 80 kB', async () => {
		const { format, width, height } = await sharp(inStatic(sample.file)).metadata();
		expect({ format, width, height }).toEqual({ format: 'webp', width: sample.width, height: sample.height });
		expect(Math.max(width, height)).toBe(960);
		expect(statSync(inStatic(sample.file)).size).toBeLessThanOrEqual(80_000);
	});

	it('has a thumbnail of the same shape', async () => {
		const { format, width, height } = await sharp(inStatic(sample.thumb)).metadata();
		expect([format, Math.max(width, height)]).toEqual(['webp', 160]);
		expect(Math.abs(width / height - sample.width / sample.height)).toBeLessThan(0.02);
		expect(statSync(inStatic(sample.thumb)).size).toBeLessThanOrEqual(8_000);
	});

	it('is described, and made by a scene of ours', () => {
		expect(sample.alt.length).toBeGreaterThan(30);
		expect(statSync(new URL(sample.scene, ROOT)).isFile()).toBe(true);
		expect(sample.licence).toBe('CC0-1.0');
	});

	it('is recognised by the real model', () => {
		expect(labels[sample.intended.index]).toBe(sample.intended.label);
		expect(topOf(sample, 5)).toContain(sample.intended.index);
		for (const verdicts of [sample.models['vit-tiny'], sample.models['patchwork-t']]) {
			expect(verdicts).toHaveLength(5);
			for (const [index, label] of verdicts ?? []) expect(labels[index]).toBe(label);
		}
	});
});

describe('parseSamples', () => {
	it.each([
		['a list without samples', {}, 'holds no samples'],
		['no object', { samples: [3] }, 'entry 0'],
		['a missing text', damaged({ alt: '' }), 'no alt'],
		['a missing size', damaged({ width: '960' }), 'no width'],
		['a missing class', damaged({ intended: { index: 1.5, label: 'goldfish' } }), 'no intended class'],
		[
			'a verdict without a probability',
			damaged({ models: { 'vit-tiny': [[1, 'goldfish']] } }),
			'no verdict of vit-tiny'
		],
		['a probability above one', damaged({ models: { 'vit-tiny': [[1, 'goldfish', 2]] } }), 'no verdict of vit-tiny']
	])('refuses %s', (_, value, sentence) => {
		expect(() => parseSamples(value)).toThrow(sentence);
		expect(() => parseSamples(value)).toThrow(PatchworkError);
	});
});
