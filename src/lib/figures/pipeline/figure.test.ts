import type { Scores } from '../../engine/scores';
import type { ModelAnswer } from '../../worker/protocol';
import { describe, expect, it } from 'vitest';
import { PLAIN_VIT, type ViTConfig } from '../../engine/vit/config';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { tapSpecs } from '../../engine/families';
import { wholePhoto } from '../../engine/whole-photo';
import { readOf } from '../kit/ways';
import { figure, stopsOf, type State } from './figure';
import { STOPS } from './stops';
import { headLine, instead, readingOut, sentenceAt, verdictUpsideDown } from './words';

const CONFIG: ViTConfig = {
	family: 'vit',
	...PLAIN_VIT,
	imageSize: [40, 60],
	patchSize: 10,
	channels: 3,
	depth: 5,
	heads: 2,
	dim: 14,
	mlpDim: 56,
	qkvBias: true,
	layerNormEps: 1e-6,
	classes: 7,
	positions: { grid: [4, 6], prefix: 1, resampling: 'plain' },
	preprocess: { ...wholePhoto([40, 60]), mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
};

const SWIN = swinConfigWith({
	imageSize: [8, 8],
	patchSize: 2,
	stages: [{ depth: 1, dim: 4, heads: 1, window: 2, mlpDim: 8 }]
});

const state = (part: Partial<State>): State => ({ ...figure.parse({}), ...part });

describe('parse', () => {
	it('gives the prediction where nothing is said', () => {
		const block = Number.MAX_SAFE_INTEGER;
		expect(figure.parse({})).toEqual({ view: 'prediction', stop: 'photo', block, design: 'vit', turned: null });
	});

	it('takes what a step says', () => {
		const attributes = { view: 'pipeline', stop: 'blocks', block: '3' };
		expect(figure.parse(attributes)).toMatchObject({ view: 'pipeline', stop: 'blocks', block: 3 });
		expect(figure.parse({ view: 'transformer', design: 'translation' })).toMatchObject({ design: 'translation' });
	});

	it.each([
		[{ view: 'rail' }, 'view'],
		[{ stop: 'embeddings' }, 'stop'],
		[{ block: '-1' }, 'block'],
		[{ head: '1' }, 'head']
	])('refuses %o', (attributes, name) => {
		expect(() => figure.parse(attributes)).toThrow(name);
	});
});

describe('taps', () => {
	const known = new Set(tapSpecs(CONFIG).map(({ name }) => name));

	it('asks for nothing that the drawing does not need', () => {
		expect(figure.taps(CONFIG, state({ view: 'prediction' }))).toEqual([]);
		expect(figure.taps(CONFIG, state({ view: 'transformer' }))).toEqual([]);
	});

	it.each(STOPS)('exist at the stop %s, also for a block that this model has not', (stop) => {
		const names = figure.taps(CONFIG, state({ view: 'pipeline', stop, block: 11 }));
		expect(names).toContain('blocks.4.attn.pattern');
		expect(names.filter((name) => !known.has(name))).toEqual([]);
	});
});

describe('the stops', () => {
	it('carry the shapes of the model in use', () => {
		expect(stopsOf(CONFIG, 2).map(({ id, shape }) => [id, shape])).toEqual([
			['photo', '3 × 40 × 60'],
			['patches', '24 × 300'],
			['tokens', '25 × 14'],
			['blocks', '25 × 14'],
			['class', '7']
		]);
	});

	it('end with the tokens in a model without a head', () => {
		expect(stopsOf({ ...CONFIG, classes: 0, scores: 'vector' }, 0).at(-1)).toMatchObject({
			id: 'class',
			label: 'Last tokens',
			shape: '25 × 14'
		});
	});

	it('are told in the numbers of the model', () => {
		expect(sentenceAt('photo', CONFIG, 0)).toContain('40 rows of 60 pixels');
		expect(sentenceAt('photo', CONFIG, 0)).toContain('7,200 numbers');
		expect(sentenceAt('patches', CONFIG, 0)).toContain('4 rows of 6 squares of 10 × 10 pixels');
		expect(sentenceAt('patches', CONFIG, 0)).toContain('24 patches of 300 numbers');
		expect(sentenceAt('tokens', CONFIG, 0)).toContain('25 tokens');
		expect(sentenceAt('blocks', CONFIG, 2)).toContain('block 3 of 5');
		expect(sentenceAt('tokens', CONFIG, 0)).toContain('in front CLS, and 14 numbers');
		expect(sentenceAt('tokens', { ...CONFIG, registers: 4 }, 0)).toContain('CLS and 4 registers');
		expect(sentenceAt('class', CONFIG, 0)).toContain('7 classes');
		expect(sentenceAt('class', { ...CONFIG, pooling: 'mean' }, 0)).toContain('The mean of the patches is all');
		const distilled = { ...CONFIG, distilled: true, distillationHead: true };
		expect(sentenceAt('class', distilled, 0)).toMatch(/^CLS and the distillation token are all .* the means of both/);
		expect(readingOut(distilled)).toContain(
			'and the distillation token, each by a classifier of its own; mean, softmax'
		);
		expect(instead(distilled)).toContain('the distillation token');
		expect(readingOut(CONFIG)).toBe('The CLS token, linear, softmax');
		expect(instead({ ...CONFIG, pooling: 'mean' })).toMatch(/one class, read from the mean of the patches\.$/);
		const headless = { ...CONFIG, classes: 0, scores: 'vector', pooling: 'mean' } as const;
		expect(sentenceAt('class', headless, 0)).toMatch(/names no classes\. The mean of the patches is its answer: 14 /);
		expect(instead(headless)).toContain('has no classifier');
	});

	it('say what becomes of the scores', () => {
		const of = (scores: Scores, classes: number) => ({ ...CONFIG, scores, classes });
		expect(sentenceAt('class', CONFIG, 0)).toContain('the scores become shares that add up to 100 %');
		expect(sentenceAt('class', of('sigmoid', 3), 0)).toMatch(
			/3 classes, and the scores .* need not add up to 100 %\.$/
		);
		expect(sentenceAt('class', of('sigmoid', 1), 0)).toMatch(/only class, and that becomes a probability/);
		expect(sentenceAt('class', of('number', 1), 0)).toMatch(/become 1 number, and that is the answer as it is/);
		expect(sentenceAt('class', of('number', 2), 0)).toMatch(/2 numbers, and these are .* numbers, not classes\.$/);
		const kinds = [of('softmax', 3), of('sigmoid', 3), of('sigmoid', 1), of('number', 2)];
		expect(kinds.map(headLine)).toEqual([
			'The classifier: one weighted sum for each of 3 classes, then softmax',
			'The classifier: one weighted sum for each of 3 classes, then sigmoid of each by itself',
			'The classifier: one weighted sum for its only class, then sigmoid',
			'The classifier: one weighted sum for each of 2 numbers'
		]);
		expect(kinds.map(readingOut).map((line) => line.split(', ').at(-1))).toEqual([
			'softmax',
			'sigmoid',
			'sigmoid',
			'linear'
		]);
		expect(instead(of('number', 2))).toContain('the answer is 2 numbers, read from');
	});
});

describe('upside down', () => {
	const cat = { index: 3, label: 'cat', score: 0.75 };
	const bat = { index: 4, label: 'bat', score: 0.5 };

	const said = (top: ModelAnswer['top'], vector: number[] | null = null): ModelAnswer => ({
		top,
		vector: vector && Float32Array.from(vector)
	});

	it('says that the class stays', () => {
		const { choice, sentence } = verdictUpsideDown(said([cat, bat]), said([{ ...cat, score: 0.625 }]), CONFIG);
		expect(choice).toBe(0);
		expect(sentence).toContain('75.0 %');
		expect(sentence).toContain('62.5 %');
	});

	it('says that another takes its place', () => {
		const { choice, sentence } = verdictUpsideDown(said([cat, bat]), said([bat, cat]), CONFIG);
		expect(choice).toBe(1);
		expect(sentence).toBe('Upright, “cat” had 75.0 %. Upside down, “bat” comes first with 50.0 %.');
	});

	it('is asked of a Swin too, of which the prediction is what is drawn', () => {
		expect(figure.reveals?.['upside-down']?.taps(CONFIG)).toEqual([]);
		const drawn = ['prediction', 'pipeline', 'transformer'].map(
			(view) => readOf(figure, figure.parse({ view }), SWIN)?.names ?? null
		);
		expect(drawn).toEqual([[], null, null]);
	});

	it('says that classes scored by themselves are', () => {
		const verdict = verdictUpsideDown(said([cat, bat]), said([bat, cat]), { scores: 'sigmoid', classes: 2 });
		expect(verdict.choice).toBe(1);
		expect(verdict.sentence).toMatch(/Each class is scored by itself\.$/);
	});

	it('tells what became of the answer where none can come first', () => {
		const turned = { ...cat, score: 0.25 };
		const one = verdictUpsideDown(said([cat]), said([turned]), { scores: 'sigmoid', classes: 1 });
		expect(one).toEqual({
			choice: null,
			sentence: 'This model has one class only: “cat” was 75.0 % upright, and is 25.0 % upside down.'
		});
		const number = verdictUpsideDown(said([cat]), said([turned]), { scores: 'number', classes: 1 });
		expect(number).toMatchObject({ choice: null, sentence: expect.stringContaining('was 0.75 upright, and is 0.25') });
		const vector = verdictUpsideDown(said([], [1, 0]), said([], [3, 4]), { scores: 'vector', classes: 0 });
		expect(vector).toMatchObject({ choice: null, sentence: expect.stringContaining('a cosine of 0.600') });
	});

	it('has no opinion without classes', () => {
		expect(verdictUpsideDown(said([]), said([]), CONFIG)).toMatchObject({
			choice: null,
			sentence: expect.stringContaining('names no classes')
		});
	});
});
