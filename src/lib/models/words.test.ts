import type { Scores } from '../engine/scores';
import { describe, expect, it } from 'vitest';
import { modelEntry } from './registry';
import { SMALL_CONFIG } from '../engine/testing/small';
import {
	assumedSentence,
	blocksOf,
	givesOf,
	headsOf,
	megabytes,
	millions,
	namelessSentence,
	sizeOf,
	tokensAre,
	tokensOf
} from './words';

describe('what the page compares of models', () => {
	it('is one number for a ViT', () => {
		const tiny = modelEntry('vit-tiny');
		expect([blocksOf(tiny), headsOf(tiny), tokensOf(tiny)]).toEqual(['12', '3', '197']);
	});

	it('is said of each stage of a Swin', () => {
		const swin = modelEntry('swin-tiny');
		expect([blocksOf(swin), headsOf(swin), tokensOf(swin)]).toEqual(['2 + 2 + 6 + 2', '3, 6, 12, 24', '3,136 to 49']);
	});

	it.each([
		['vit-tiny', 'CLS and 14 × 14 patches of 16 px'],
		['deit-tiny-distilled', 'CLS, the distillation token and 14 × 14 patches of 16 px'],
		['dinov2-s14-reg', 'CLS, 4 registers and 16 × 16 patches of 14 px'],
		['swin-tiny', '56 × 56 patches of 4 px, in windows']
	])('names the tokens of %s', (id, words) => {
		expect(tokensAre(modelEntry(id)).replaceAll('\u00a0', ' ')).toBe(words);
	});

	it('says of a CNN that it has maps, and no heads', () => {
		const groups = [
			{ blocks: 2, heads: 0, tokens: 3136 },
			{ blocks: 2, heads: 0, tokens: 49 }
		];
		expect([headsOf({ groups }), tokensOf({ groups })]).toEqual(['none', '3,136 to 49']);
		expect(tokensAre({ groups, prefix: [], patchSize: 32 })).toBe('places of its maps');
	});

	it('names as many patches as there are, in the grid that they lie in', () => {
		const tokens = (count: number, grid?: readonly [number, number]) =>
			tokensAre({
				prefix: ['CLS'],
				patchSize: 3,
				groups: [{ blocks: 1, heads: 1, tokens: 1 + count, ...(grid && { grid }) }]
			}).replaceAll('\u00a0', ' ');
		expect(tokens(1232, [28, 44])).toBe('CLS and 28 × 44 patches of 3 px');
		expect(tokens(1232)).toBe('CLS and 1,232 patches of 3 px');
		expect(tokens(1, [1, 1])).toBe('CLS and 1 patch of 3 px');
	});

	it.each([
		[[], '4 × 4 patches of 3 px'],
		[['Register 1'], '1 register and 4 × 4 patches of 3 px']
	])('names the tokens of a ViT without CLS, before whose patches stand %o', (prefix, words) => {
		const groups = [{ blocks: 1, heads: 1, tokens: prefix.length + 16, grid: [4, 4] as const }];
		expect(tokensAre({ prefix, patchSize: 3, groups }).replaceAll('\u00a0', ' ')).toBe(words);
	});

	it('is about right where the files were not seen', () => {
		expect(sizeOf(modelEntry('vit-tiny'))).toBe('22.9 MB');
		expect(sizeOf(modelEntry('dino-s8'))).toBe('about 86.7 MB');
		expect(sizeOf({ ...modelEntry('dino-s8'), own: true })).toBe('86.7 MB');
	});

	it('counts bytes and parameters in millions', () => {
		expect([megabytes(0), megabytes(42_160), megabytes(4_000, 42_160)]).toEqual([
			'0.0 MB',
			'42.2 kB',
			'4.0 kB of 42.2 kB'
		]);
		expect(megabytes(42_160, 2_000_000)).toBe('0.0 of 2.0 MB');
		expect(megabytes(1_240_000)).toBe('1.2 MB');
		expect(megabytes(1_240_000, 22_900_000)).toBe('1.2 of 22.9 MB');
		expect([millions(52_800), millions(5_717_416)]).toEqual(['52,800', '5.7 million']);
	});
});

describe('what a model’s classes are called', () => {
	const withClasses = (classes: number, scores: Scores = 'softmax') => ({ ...SMALL_CONFIG, classes, scores });

	it('is said where they have no names, or where there are none', () => {
		expect(namelessSentence({ config: withClasses(0, 'vector'), labels: null })).toBe(
			'This model has no classifier, so it names no classes.'
		);
		expect(namelessSentence({ config: withClasses(1000), labels: null })).toBe(
			'This model’s files give its 1,000 classes no names, so each goes by its number, from 0.'
		);
		expect(namelessSentence({ config: withClasses(1), labels: null })).toContain('its only class no name');
		expect(namelessSentence({ config: withClasses(3, 'number'), labels: null })).toContain('its 3 outputs no names');
		expect(namelessSentence({ config: withClasses(2), labels: ['owl', 'damselfly'] })).toBeNull();
	});

	it('is said where their names are only assumed', () => {
		expect(assumedSentence({ namesAssumed: true })).toMatch(
			/^The file names no classes; these are ImageNet’s, assumed/
		);
		expect(assumedSentence({})).toBeNull();
	});
});

describe('what a model gives', () => {
	it('is told by its entry as far as that goes', () => {
		expect(givesOf({ classes: 1000 })).toBe('a share of the whole for each of 1,000 classes');
		expect(givesOf({ classes: 0 })).toBe('no class, but a vector that stands for the picture');
		expect(givesOf({ classes: 5, scores: 'sigmoid', own: true })).toBe('a probability for each of 5 classes by itself');
		expect(givesOf({ classes: 1, scores: 'number', own: true })).toBe('a number, not a class');
		// Written down before entries said it.
		expect([givesOf({ classes: 5, own: true }), givesOf({ classes: 1, own: true })]).toEqual(['5 outputs', '1 output']);
	});
});
