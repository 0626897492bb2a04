import { expect, it } from 'vitest';
import { swinConfigWith } from '../engine/testing/swin-config';
import { SMALL_CONFIG } from '../engine/testing/small';
import { FIGURES } from './figures';
import { whyUnfit } from './unfit';

it('a ViT is what figures are made for, except those about CLS of one that has none', () => {
	expect([true, false].map((needsCls) => whyUnfit(SMALL_CONFIG, needsCls))).toEqual([null, null]);
	const without = { ...SMALL_CONFIG, cls: false };
	expect(whyUnfit(without, false)).toBeNull();
	expect(whyUnfit(without, true)).toBe('has no CLS token, which this figure is about');
});

it('a Swin attends otherwise', () => {
	const swin = swinConfigWith({ imageSize: [8, 8], patchSize: 2, stages: [] });
	for (const needsCls of [true, false]) expect(whyUnfit(swin, needsCls)).toMatch(/^attends in windows/);
});

it('the figures that are about CLS read a parameter that others lack', () => {
	const about = [...FIGURES.values()].filter(({ needsCls, parse }) => needsCls?.(parse({})));
	expect(about.map(({ name }) => name)).toEqual(['cls-token']);
	const repeat = { preset: 'repeat' };
	const { parse, needsCls, taps } = FIGURES.get('reshape') ?? expect.fail('reshape');
	expect([needsCls?.(parse(repeat)), needsCls?.(parse({ preset: 'heads' }))]).toEqual([true, false]);
	expect(needsCls?.({ ...parse(repeat), view: 'proof' })).toBe(false);
	expect(taps(SMALL_CONFIG, parse(repeat))).toEqual(['parameters.cls_token']);
});
