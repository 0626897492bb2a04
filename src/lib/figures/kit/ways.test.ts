import { expect, it } from 'vitest';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { swinConfigWith } from '../../engine/testing/swin-config';
import type { Figure, WindowsRun } from '../figure';
import { smallRun } from './testing';
import { asPlain, isPlain, readOf } from './ways';

const swin = swinConfigWith({
	imageSize: [8, 8],
	patchSize: 2,
	stages: [{ depth: 1, heads: 1, dim: 4, mlpDim: 8, window: 2 }]
});

const figure: Figure<{ own: boolean }> = {
	name: 'any',
	title: 'Any',
	parse: () => ({ own: true }),
	taps: ({ depth }) => [`of ${depth} blocks`],
	instead: { needs: ({ own }) => (own ? ['windows', 'blocks'] : null), taps: () => ['of windows'] }
};

it('a figure that says nothing of its needs is drawn from a plain ViT, and from no other', () => {
	expect(readOf(figure, { own: false }, SMALL_CONFIG)).toEqual({ names: ['of 2 blocks'], instead: false });
	expect(readOf(figure, { own: false }, swin)).toBeNull();
});

it('what is drawn instead comes first, where the state asks for it and the model has it', () => {
	expect(readOf(figure, { own: true }, swin)).toEqual({ names: ['of windows'], instead: true });
	expect(readOf(figure, { own: true }, SMALL_CONFIG)?.instead).toBe(false);
});

it('what it needs beside is asked for, too', () => {
	const ofCls: Figure<{ own: boolean }> = { ...figure, needs: () => ['cls'] };
	expect(readOf(ofCls, { own: false }, SMALL_CONFIG)).not.toBeNull();
	expect(readOf(ofCls, { own: false }, { ...SMALL_CONFIG, cls: false })).toBeNull();
});

it('a run of another kind is not taken for a plain one', () => {
	const run = smallRun(SMALL_CONFIG);
	const other = { ...run, model: { ...run.model, config: swin }, windows: [] } satisfies WindowsRun;
	expect([isPlain(run), isPlain(other)]).toEqual([true, false]);
	expect(asPlain(run)).toBe(run);
	expect(() => asPlain(other)).toThrow('lacks what the plain ViT of the text has');
});
