import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseEdits } from '../../engine/edits/parse';
import { planEdits } from '../../engine/edits/plan';
import { anatomyOf, tapSpecs } from '../../engine/families';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { SMALL_CONFIG } from '../../engine/testing/small';
import type { ViTConfig } from '../../engine/vit/config';
import { madeUpRun, madeUpSwinRun, smallRun } from '../kit/testing';
import { compared } from '../kit/compared';
import { figure } from './figure';
import { Guesses } from './guesses.svelte';
import { liveOf } from './live';
import { answerTo, isNear, measured, offBy, RECORD, written } from './measured';
import { MEASURED, NAMES, QUESTION_IDS } from './names';
import { distance } from './off';
import { lastBlock } from './reveal';
import { WORDS } from './words';

describe('the attributes', () => {
	it('name a question or the summary, and unknown ones are refused', () => {
		expect(figure.parse({})).toEqual({ question: 'no-positions', guess: null, block: 0 });
		expect(figure.parse({ question: 'summary' }).question).toBe('summary');
		const guesses = ['centre', 'summary'].map((question) => figure.guesses?.(figure.parse({ question })));
		expect(guesses).toEqual([true, false]);
		expect(figure.parse({ guess: '40' }).guess).toBe(40);
		expect(() => figure.parse({ guess: '101' })).toThrow(/guess/);
		expect(() => figure.parse({ question: 'sharpen' })).toThrow(/question/);
		expect(figure.parse({ block: 'last' }).block).toBeGreaterThan(100);
		expect(() => figure.parse({ head: '1' })).toThrow(/head/);
	});
});

describe('the record', () => {
	it('has all that the page speaks of, each with where it is from', () => {
		expect(RECORD.model).not.toBe('');
		for (const name of NAMES) {
			const { value, unit, photos, date, command } = measured(name);
			expect(value, name).toBeGreaterThan(0);
			expect(['share', 'times', 'px']).toContain(unit);
			if (unit === 'share') expect(value, name).toBeLessThanOrEqual(1);
			expect(photos).toBe(250);
			expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
			expect(command).toMatch(/^npm run /);
		}
		expect(() => measured('no-such')).toThrow(/was not measured/);
	});

	it('answers each question by a share', () => {
		for (const id of QUESTION_IDS) {
			expect(answerTo(id).unit).toBe('share');
			expect(written(MEASURED[id])).toMatch(/^\d+\.\d %$/);
			const why = WORDS[id].why();
			expect(why).toMatch(/[.]$/);
			expect(why).not.toMatch(/NaN|undefined/);
		}
	});

	it('says how far off a guess is', () => {
		const share = 100 * answerTo('upside-down').value;
		expect(offBy('upside-down', 100)).toBeCloseTo(100 - share, 9);
		expect(isNear('upside-down', share + 9.9)).toBe(true);
		expect(isNear('upside-down', share - 10.1)).toBe(false);
		expect(distance(31.24, 90)).toBe('You said 90 %: 31.2 points too high.');
		expect(distance(-8, 10)).toBe('You said 10 %: near enough, 8.0 points too low.');
		expect(distance(0.3, 10)).toBe('You said 10 %: spot on.');
	});
});

describe('guesses', () => {
	const kept = new Map<string, string>();
	beforeEach(() => {
		kept.clear();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => kept.set(key, value)
		});
		return () => vi.unstubAllGlobals();
	});

	it('are kept over a reload, counted, and taken back', () => {
		const guesses = new Guesses();
		guesses.make('no-positions', Math.round(100 * answerTo('no-positions').value));
		guesses.make('cls-zero', 0);
		expect(guesses.score).toEqual({ made: 2, near: 1 });
		const later = new Guesses();
		expect(later.of('cls-zero')).toBeNull();
		later.restore();
		expect(later.of('cls-zero')).toBe(0);
		later.forget('cls-zero');
		expect(later.score).toEqual({ made: 1, near: 1 });
		later.reset();
		expect(later.score).toEqual({ made: 0, near: 0 });
		expect(kept.get('patchwork.guesses')).toBe('{}');
	});

	it('that are none are not taken up, and what others wrote is left alone until the next', () => {
		for (const text of ['{"cls-zero":101,"centre":"7","no-such":3}', '[]', 'no', 'null']) {
			kept.set('patchwork.guesses', text);
			const guesses = new Guesses();
			guesses.restore();
			expect(guesses.score.made).toBe(0);
		}
	});
});

/** ViT-Tiny's sizes, for which the files of edits are made. */
const TINY: ViTConfig = {
	...SMALL_CONFIG,
	imageSize: [224, 224],
	patchSize: 16,
	dim: 192,
	depth: 12,
	heads: 3,
	cls: true,
	preprocess: { ...SMALL_CONFIG.preprocess, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }
} as ViTConfig;

describe('what the model in use does', () => {
	it.each([
		['no-positions', 'no-positions'],
		['positions-transposed', 'positions-transposed'],
		['cls-zero', 'cls-zero'],
		['last-block', 'blocks/block-12-skipped'],
		['one-head', 'heads/block-3-head-1-zeroed'],
		['uniform', 'uniform-12']
	] as const)('%s is the very edit that was measured', (id, file) => {
		const json: unknown = JSON.parse(readFileSync(`scripts/edits/${file}.json`, 'utf8'));
		expect(liveOf(id, smallRun(TINY), null)).toEqual({ edits: parseEdits(json) });
	});

	it('by the other normalisation gets the numbers of ImageNet’s', () => {
		const live = liveOf('normalisation', smallRun(TINY), null);
		const edits = 'edits' in live ? live.edits : [];
		const of = (channel: number, x: number) =>
			edits.reduce((value, edit) => {
				if (!('channels' in edit) || edit.channels !== channel) return value;
				return edit.do === 'scale' ? value * edit.by : edit.do === 'add' ? value + Number(edit.value) : NaN;
			}, x);
		// A white pixel and a black one.
		expect(of(0, 1)).toBeCloseTo((1 - 0.485) / 0.229, 9);
		expect(of(2, -1)).toBeCloseTo(-0.406 / 0.225, 9);
		const imagenet = { ...TINY.preprocess, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
		expect(liveOf('normalisation', smallRun({ ...TINY, preprocess: imagenet }), null)).toEqual({
			cannot: expect.stringMatching(/for it, they are right/)
		});
	});

	it.each(EVERY_KIND)('in %s fits every model, or is refused with a sentence', async (_, files) => {
		const { config, tap } = await madeUpRun(undefined, files);
		const [height, width] = config.imageSize;
		const seen = { width, height, data: new Uint8ClampedArray(4 * width * height).fill(100) };
		const known = new Set(tapSpecs(config).map(({ name }) => name));
		for (const id of QUESTION_IDS) {
			for (const name of figure.taps(config, { question: id, guess: null, block: 0 })) expect(known).toContain(name);
			const live = liveOf(id, { ...smallRun(config), seen }, tap);
			if ('cannot' in live) expect(live.cannot).toMatch(/^[A-Z].*\.$/);
			else expect(() => planEdits(live.edits, anatomyOf(config), () => []), id).not.toThrow();
		}
	});

	it('in a Swin is what has a meaning there', async () => {
		const { config } = await madeUpSwinRun(() => []);
		const [height, width] = config.imageSize;
		const seen = { width, height, data: new Uint8ClampedArray(4 * width * height).fill(100) };
		const model = { ...smallRun(SMALL_CONFIG).model, config };
		for (const id of QUESTION_IDS) {
			const live = liveOf(id, { model, seen }, null);
			const isOffered = ['last-block', 'one-head', 'uniform', 'upside-down', 'normalisation'].includes(id);
			if (config.scores !== 'vector') expect('edits' in live, id).toBe(isOffered);
			if ('edits' in live) expect(() => planEdits(live.edits, anatomyOf(config), () => []), id).not.toThrow();
		}
	});
});

describe('the prediction', () => {
	const said = (index: number, score: number) => ({
		top: [{ index, label: `class ${index}`, score }],
		vector: null,
		taps: []
	});
	const run = (config: ViTConfig, before: number, after: ReturnType<typeof said>) => ({
		...smallRun(config, said(1, before).top),
		experiment: () => Promise.resolve(after)
	});
	const answer = (...of: Parameters<typeof run>) => lastBlock.answer(run(...of), () => expect.fail('no taps are read'));

	it.each([
		[said(1, 0.9), 0],
		[said(1, 0.5), 0],
		[said(1, 0.4), 1],
		[said(2, 0.9), 2]
	])('is right by what comes first, and how sure it is', async (after, choice) => {
		const verdict = await answer({ ...SMALL_CONFIG, scores: 'softmax', classes: 5 }, 0.5, after);
		expect(verdict.choice).toBe(choice);
		expect(verdict.sentence).toMatch(/^All \d+ blocks: class 1, 50.0 %. Without the last: class/);
	});

	it('has no answer where no class comes first, or nothing can be run', async () => {
		const after = said(1, 1);
		expect((await answer({ ...SMALL_CONFIG, scores: 'vector', classes: 0 }, 0.5, after)).choice).toBeNull();
		expect((await answer({ ...SMALL_CONFIG, scores: 'number' }, 0.5, after)).choice).toBeNull();
		const recorded = { ...smallRun(SMALL_CONFIG), recorded: true };
		expect((await lastBlock.answer(recorded, () => expect.fail())).choice).toBeNull();
	});
});

it('an answer is laid beside the one before', () => {
	const said = (label: string, score: number) => ({ top: [{ label, score }], vector: null });
	expect(compared(said('ant', 0.9), said('ant', 0.4), 'softmax')).toBe(
		'It still says “ant”, with 40.0 % in place of 90.0 %.'
	);
	expect(compared(said('ant', 0.9), said('bee', 0.4), 'softmax')).toBe(
		'“ant” is no longer first: it now says “bee”, with 40.0 %.'
	);
	expect(compared(said('a', 1.5), said('a', -2), 'number')).toBe('Before: a 1.5. Now: a −2.');
	expect(compared({ top: [], vector: null }, said('a', 1), 'softmax')).toMatch(/no classes/);
});
