import { expect, it } from 'vitest';
import { swinConfigWith } from '../engine/testing/swin-config';
import { SMALL_CONFIG } from '../engine/testing/small';
import type { AnyFigure } from '../figures/figure';
import { needsOf, PLAIN } from '../figures/kit/ways';
import { FIGURES } from './figures';
import { whyUnfit } from './unfit';

const WITH_CLS = [...PLAIN, 'cls'] as const;

it('a ViT is what figures are made for, except those about CLS of one that has none', () => {
	expect([WITH_CLS, PLAIN].map((needs) => whyUnfit(SMALL_CONFIG, needs))).toEqual([null, null]);
	const without = { ...SMALL_CONFIG, cls: false };
	expect(whyUnfit(without, PLAIN)).toBeNull();
	expect(whyUnfit(without, WITH_CLS)).toBe('has no CLS token, which this figure is about');
});

it('a Swin attends otherwise', () => {
	const swin = swinConfigWith({ imageSize: [8, 8], patchSize: 2, stages: [] });
	for (const needs of [WITH_CLS, PLAIN]) expect(whyUnfit(swin, needs)).toMatch(/^attends in windows/);
});

it('the figures that are about CLS read a parameter that others lack', () => {
	const needsCls = (of: AnyFigure, state: Record<string, unknown>) => needsOf(of, state).includes('cls');
	const about = [...FIGURES.values()].filter((of) => needsCls(of, of.parse({})));
	expect(about.map(({ name }) => name)).toEqual(['cls-token']);
	const repeat = { preset: 'repeat' };
	const of = FIGURES.get('reshape') ?? expect.fail('reshape');
	const { parse, taps } = of;
	expect([needsCls(of, parse(repeat)), needsCls(of, parse({ preset: 'heads' }))]).toEqual([true, false]);
	expect(needsCls(of, { ...parse(repeat), view: 'proof' })).toBe(false);
	expect(taps(SMALL_CONFIG, parse(repeat))).toEqual(['parameters.cls_token']);
});
