import { beforeAll, describe, expect, it } from 'vitest';
import { attentionOf } from '../../analysis/attention';
import type { FigureRun } from '../figure';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { tokenNorms } from '../../analysis/token-norms';
import { received, regionOf } from './received';
import { figure } from './figure';

let made: MadeUpRun;
beforeAll(async () => (made = await madeUpRun()));

describe('the figure', () => {
	it('starts with CLS in the last block, and refuses what it does not know', () => {
		const state = figure.parse({});
		expect(state).toMatchObject({ view: 'compare', token: 'cls', head: 0, scale: 'own' });
		expect(figure.taps(made.config, state)).toEqual(['blocks.0.attn.pattern', 'blocks.1.attn.pattern']);
		expect(figure.taps(made.config, figure.parse({ view: 'norms', block: '0' }))).toEqual([
			'blocks.0.attn.pattern',
			'blocks.0.out',
			'blocks.1.out'
		]);
		expect(() => figure.parse({ part: 'query' })).toThrow("'part' is not an attribute");
	});

	it('answers the prediction with the longest token of the last block', async () => {
		const reveal = figure.reveals?.['longest'];
		const verdict = await reveal?.answer({ model: { config: made.config } } as FigureRun, made.tap);
		const norms = [...tokenNorms(made.tap('blocks.1.out'))];
		expect(verdict?.choice).toBe(regionOf(norms.indexOf(Math.max(...norms)), { rows: 4, columns: 4 }));
		expect(verdict?.sentence).toContain('After the last block');
	});
});

describe('where tokens lie, and what they get', () => {
	it('knows corners, edges and the inside', () => {
		expect([0, 1, 4, 13, 16, 2, 5, 6].map((token) => regionOf(token, { rows: 4, columns: 4 }))).toEqual([
			0, 1, 1, 1, 1, 2, 2, 3
		]);
		expect(regionOf(1, { rows: 4, columns: 4, prefix: ['CLS', 'Register 1'] })).toBeNull();
		expect([0, 1, 5].map((token) => regionOf(token, { rows: 4, columns: 4, prefix: [] }))).toEqual([1, 2, 3]);
	});

	it('says how much each token gets', () => {
		const attention = attentionOf(made.tap('blocks.0.attn.pattern'), made.config);
		const shares = received(attention);
		let third = 0;
		for (let i = 3; i < attention.data.length; i += 17) third += attention.data[i] ?? 0;
		expect(shares[3]).toBeCloseTo(third / (3 * 17), 5);
		expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
	});
});
