import { describe, expect, it } from 'vitest';
import type { TapData } from '../engine/tap';
import { App } from '../app/app.svelte';
import { model } from '../run/testing';
import { SMALL_CONFIG } from '../engine/testing/small';
import { swinConfigWith } from '../engine/testing/swin-config';
import { carriedOver, Lesson, type Scene } from './lesson.svelte';
import type { FigureRun } from '../figures/figure';

const scene = (id: string, figure: string, attributes: Scene['attributes'] = {}): Scene => ({
	id,
	figure,
	attributes,
	tap: 'patches',
	covered: false
});

describe('what is carried over to the next scene', () => {
	const change = { block: 3, head: 2, token: 40, view: 'maps', measure: 'entropy' };

	it('is the block, head and token that the reader picked, and nothing else', () => {
		expect(carriedOver(change, scene('all', 'heads'))).toEqual({ block: 3, head: 2, token: 40 });
	});

	it('is not what the scene is about itself', () => {
		expect(carriedOver(change, scene('first', 'heads', { block: '0', head: '1' }))).toEqual({ token: 40 });
	});

	it('is not what the next figure does not know, nor what was not picked', () => {
		expect(carriedOver(change, scene('all', 'pipeline'))).toEqual({ block: 3 });
		expect(carriedOver({ view: 'maps' }, scene('all', 'heads'))).toEqual({});
	});
});

describe('the state of the figure', () => {
	const lesson = new Lesson(new App());

	it('is what the step says, with what the reader has changed since', () => {
		lesson.show(scene('one', 'heads', { measure: 'entropy' }));
		expect(lesson.state).toMatchObject({ view: 'maps', block: 0, measure: 'entropy' });
		lesson.change({ block: 4, measure: 'distance' });
		lesson.change({ head: 1 });
		expect(lesson.state).toMatchObject({ block: 4, head: 1, measure: 'distance' });
	});

	it('stays when the same step is shown again', () => {
		lesson.show(scene('one', 'heads', { measure: 'entropy' }));
		expect(lesson.state).toMatchObject({ block: 4, measure: 'distance' });
	});

	it('begins anew at another step, but for what is followed', () => {
		lesson.show(scene('two', 'heads', { measure: 'entropy' }));
		expect(lesson.state).toMatchObject({ block: 4, head: 1, measure: 'entropy' });
	});

	it('is changed by the figure itself only where the reader has not changed it since', () => {
		const drawn = lesson.state;
		lesson.change({ head: 2 }, drawn);
		expect(lesson.state).toMatchObject({ block: 4, head: 2 });
		lesson.change({ head: 0 }, drawn);
		expect(lesson.state).toMatchObject({ block: 4, head: 2 });
	});

	it('is forgotten with the chapter', () => {
		lesson.pointed = 'norm';
		lesson.clear();
		expect([lesson.scene, lesson.state, lesson.pointed]).toEqual([null, {}, null]);
		lesson.show(scene('one', 'heads'));
		expect(lesson.state).toMatchObject({ block: 0, head: 0 });
	});

	it('says whose answer it is while a recorded run stands in', async () => {
		const windows: TapData = { name: '', axes: [], shape: [1, 1, 17, 17], data: new Float32Array(289).fill(1 / 17) };
		const config = { ...SMALL_CONFIG, imageSize: [16, 16] as const, patchSize: 4, heads: 1 };
		const run = { model: model('m', config), recorded: true } as FigureRun;
		const recorded = new Lesson(new App());
		recorded.use({ run, files: [], read: (names) => Promise.resolve(names.map(() => windows)) });
		const { sentence } = await recorded.reveal({ id: 'stays', figure: 'swin', attributes: {}, reveal: 'stays' });
		expect(sentence).toMatch(/^Recorded run of m on the sample photo: With windows of 2 × 2/);
	});

	it('draws a model without CLS itself, but for what is about CLS', async () => {
		const own = model('bare', { ...SMALL_CONFIG, cls: false });
		const read = (_: number, names: readonly string[]) =>
			Promise.resolve(names.map((name) => ({ name, axes: [], shape: [1, 6, 4], data: new Float32Array(24) })));
		const shown = { model: own, layers: [], result: { run: 1, top: [], seen: {} }, picture: {}, photo: { alt: '' } };
		const session = { shown, read };
		const bare = new Lesson({ session } as unknown as App);
		const headless = { ...SMALL_CONFIG, classes: 0, scores: 'vector' as const };
		const run = { model: model('m', headless), recorded: true } as FigureRun;
		bare.use({ run, files: [], read: () => Promise.resolve([]) });
		const drawn = () => [bare.reading?.run.model.id, bare.unfit?.why ?? null];
		expect([drawn(), bare.needsRecording]).toEqual([['bare', null], true]);
		bare.show(scene('start', 'cls-token'));
		expect(drawn()).toEqual(['m', 'has no CLS token, which this figure is about']);
		const asked = { id: 'settled', figure: 'cls-token', attributes: {}, reveal: 'settled' };
		expect((await bare.reveal(asked)).sentence).toMatch(
			/^Recorded run of m on the sample photo: This model has no classifier/
		);
		bare.show(scene('patterns', 'reshape', { preset: 'heads' }));
		expect(drawn()).toEqual(['bare', null]);
		bare.change({ preset: 'repeat' });
		expect(drawn()[0]).toBe('m');
		bare.change({ preset: 'patchify' });
		expect(drawn()[0]).toBe('bare');
	});

	it('draws of a run that is too large to be held what one figure has room for, and the recorded one elsewhere', () => {
		const large = model('large', { ...SMALL_CONFIG, imageSize: [1600, 1600], heads: 16, depth: 24 });
		const layers = [{ heads: { heads: 16, data: new Float32Array(), only: [] } }];
		const shown = { model: large, layers, result: { run: 1, top: [], seen: {} }, picture: {}, photo: { alt: '' } };
		const lesson = new Lesson({ session: { shown } } as unknown as App);
		const why = (figure: string, attributes = {}) => {
			lesson.show(scene(`${figure} ${JSON.stringify(attributes)}`, figure, attributes));
			return lesson.unfit?.why ?? null;
		};
		expect(why('patch-embed')).toBeNull();
		expect(why('heads')).toMatch(/^makes more at this size of input than the page has the memory to read/);
		Object.assign(shown, { layers: [{ heads: { heads: 16, data: new Float32Array() } }] });
		expect(why('heads', { view: 'depth' })).toBeNull();
	});

	it('draws a Swin itself where it has what the figure needs', async () => {
		const stage = { depth: 2, heads: 1, dim: 4, mlpDim: 8, window: 2 };
		const swin = swinConfigWith({ imageSize: [8, 8], patchSize: 2, stages: [stage, stage] });
		const own = { ...model('local/mine'), config: swin };
		const shown = { model: own, layers: [], result: { run: 1, top: [], seen: {} }, picture: {}, photo: { alt: '' } };
		const lesson = new Lesson({ session: { shown } } as unknown as App);
		const run = { model: model('m'), recorded: true } as FigureRun;
		lesson.use({ run, files: [], read: () => Promise.resolve([]) });
		const drawn = () => [lesson.reading?.run.model.id, lesson.told?.run.model.id, lesson.focus];
		const asked = { id: 'stays', figure: 'swin', attributes: {}, reveal: 'stays' };
		lesson.show({ ...scene('stays', 'swin'), tap: 'blocks.*.attn.pattern' });
		expect(drawn()).toEqual(['local/mine', 'm', 'stages.0.blocks.0.attn.pattern']);
		expect((await lesson.reveal(asked)).sentence).toContain('In mine, which is in use, all of it stays there');
		lesson.change({ source: 'mechanism', block: 1 });
		expect(drawn()).toEqual(['m', 'm', 'blocks.1.attn.pattern']);
		expect(lesson.unfit?.why).toBe('attends in windows, which this figure is not made for');
		expect(lesson.readingOf(asked)?.run.model.id).toBe('local/mine');
		lesson.show(scene('stream', 'residual', { view: 'size' }));
		expect(drawn()[2]).toBe('stages.0.blocks.1.out');
	});

	it('knows whose sizes the text tells, and what it is that the prose names', () => {
		const own = model('bare', { ...SMALL_CONFIG, cls: false, mlp: 'swiglu' });
		const shown = { model: own, layers: [], result: { run: 1, top: [], seen: {} }, picture: {}, photo: { alt: '' } };
		const lesson = new Lesson({ session: { shown } } as unknown as App);
		lesson.use({ run: { model: model('m'), recorded: true } as FigureRun, files: [], read: () => Promise.resolve([]) });
		const told = () => [lesson.told?.run.model.id, lesson.focus];
		lesson.show({ ...scene('hidden', 'feed-forward'), tap: 'blocks.*.mlp.pre_gelu' });
		expect(told()).toEqual(['bare', 'blocks.0.mlp.gate']);
		lesson.pointed = 'blocks.*.out';
		expect(told()).toEqual(['bare', 'blocks.0.out']);
		lesson.pointed = null;
		lesson.show({ ...scene('path', 'cls-token', { view: 'path' }), tap: 'blocks.*.out' });
		lesson.change({ block: -1 });
		expect(told()).toEqual(['m', 'embeddings']);
	});

	it('has nothing in focus beside a figure of no tensor, unless the reader points at one, whichever model is in use', () => {
		const stage = { depth: 2, heads: 1, dim: 4, mlpDim: 8, window: 2 };
		const swin = swinConfigWith({ imageSize: [8, 8], patchSize: 2, stages: [stage, stage] });
		const found = [SMALL_CONFIG, swin].map((config) => {
			const shown = {
				model: { ...model('own'), config },
				layers: [],
				result: { run: 1, top: [] },
				picture: {},
				photo: {}
			};
			const lesson = new Lesson({ session: { shown } } as unknown as App);
			lesson.show({ ...scene('hunger', 'training'), tap: null });
			const silent = [lesson.focus, lesson.here];
			lesson.pointed = 'logits';
			return [...silent, lesson.focus, lesson.here?.name];
		});
		expect(found).toEqual(found.map(() => [null, null, 'logits', 'logits']));
	});

	it('cannot answer before there is a run', async () => {
		await expect(
			lesson.reveal({ id: 'where', figure: 'attention', attributes: {}, reveal: 'strongest' })
		).rejects.toThrow("'strongest' of 'attention'");
	});
});
