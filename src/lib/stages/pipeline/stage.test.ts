import { describe, expect, it } from 'vitest';
import { PLAIN_VIT, type ViTConfig } from '../../engine/config';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { tapSpecs } from '../../engine/taps';
import { wholePhoto } from '../../engine/whole-photo';
import { stage, STOPS, stopsOf, type State } from './stage';
import { instead, readingOut, sentenceAt, verdictUpsideDown } from './words';

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

const state = (part: Partial<State>): State => ({ ...stage.parse({}), ...part });

describe('parse', () => {
	it('gives the prediction where nothing is said', () => {
		const block = Number.MAX_SAFE_INTEGER;
		expect(stage.parse({})).toEqual({ view: 'prediction', stop: 'photo', block, design: 'vit', turned: null });
	});

	it('takes what a step says', () => {
		const attributes = { view: 'pipeline', stop: 'blocks', block: '3' };
		expect(stage.parse(attributes)).toMatchObject({ view: 'pipeline', stop: 'blocks', block: 3 });
		expect(stage.parse({ view: 'transformer', design: 'translation' })).toMatchObject({ design: 'translation' });
	});

	it.each([
		[{ view: 'rail' }, 'view'],
		[{ stop: 'embeddings' }, 'stop'],
		[{ block: '-1' }, 'block'],
		[{ head: '1' }, 'head']
	])('refuses %o', (attributes, name) => {
		expect(() => stage.parse(attributes)).toThrow(name);
	});
});

describe('taps', () => {
	const known = new Set(tapSpecs(CONFIG).map(({ name }) => name));

	it('asks for nothing that the drawing does not need', () => {
		expect(stage.taps(CONFIG, state({ view: 'prediction' }))).toEqual([]);
		expect(stage.taps(CONFIG, state({ view: 'transformer' }))).toEqual([]);
	});

	it.each(STOPS)('exist at the stop %s, also for a block that this model has not', (stop) => {
		const names = stage.taps(CONFIG, state({ view: 'pipeline', stop, block: 11 }));
		expect(names).toContain('blocks.4.attn.weights');
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
		expect(stopsOf({ ...CONFIG, classes: 0 }, 0).at(-1)).toMatchObject({
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
		expect(readingOut(distilled)).toContain('and the distillation token, each by a head of its own; mean, softmax');
		expect(instead(distilled)).toContain('the distillation token');
		expect(readingOut(CONFIG)).toBe('The CLS token, linear, softmax');
		expect(instead({ ...CONFIG, pooling: 'mean' })).toMatch(/one class, read from the mean of the patches\.$/);
		const headless = { ...CONFIG, classes: 0, pooling: 'mean' } as const;
		expect(sentenceAt('class', headless, 0)).toMatch(/names no classes\. The mean of the patches is its answer: 14 /);
		expect(instead(headless)).toContain('has no head');
	});
});

describe('upside down', () => {
	const cat = { index: 3, label: 'cat', probability: 0.75 };
	const bat = { index: 4, label: 'bat', probability: 0.5 };

	it('says that the class stays', () => {
		const { choice, sentence } = verdictUpsideDown([cat, bat], [{ ...cat, probability: 0.625 }]);
		expect(choice).toBe(0);
		expect(sentence).toContain('75.0 %');
		expect(sentence).toContain('62.5 %');
	});

	it('says that another takes its place', () => {
		const { choice, sentence } = verdictUpsideDown([cat, bat], [bat, cat]);
		expect(choice).toBe(1);
		expect(sentence).toBe('Upright, “cat” had 75.0 %. Upside down, “bat” comes first with 50.0 %.');
	});

	it('is asked of a Swin too, of which the prediction is what is drawn', () => {
		expect(stage.reveals?.['upside-down']?.swin?.taps(SWIN)).toEqual([]);
		const drawn = ['prediction', 'pipeline', 'transformer'].map((view) =>
			stage.swinTaps?.(SWIN, stage.parse({ view }))
		);
		expect(drawn).toEqual([[], null, null]);
	});

	it('has no opinion without classes', () => {
		expect(verdictUpsideDown([], [])).toMatchObject({
			choice: null,
			sentence: expect.stringContaining('names no classes')
		});
	});
});
