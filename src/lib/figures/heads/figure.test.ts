import { describe, expect, it, vi, beforeAll } from 'vitest';
import { attentionOf, attentionDistance, headEntropy, type Attention } from '../../analysis/attention';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { entropyWords, evenDistance, reaches, tokensWords } from './reaches';
import { figure } from './figure';

let made: MadeUpRun;
beforeAll(async () => (made = await madeUpRun()));

it('says what an entropy amounts to', () => {
	expect(tokensWords(0)).toBe('about 1 token');
	expect(tokensWords(0.2, Math.log(8))).toBe('about 1 to 8 tokens');
	expect(entropyWords(Math.log(8))).toMatch(/^entropy of 2.08, .* over 8.00? tokens$/);
});

describe('the figure', () => {
	it('has a whole state without attributes, and refuses what it does not know', () => {
		expect(figure.parse({})).toEqual({
			...{ view: 'maps', block: 0, head: 0, token: 'centre' },
			...{ measure: 'distance', scale: 'own' }
		});
		expect(() => figure.parse({ key: '3' })).toThrow("'key' is not an attribute");
	});

	it('reads one block for its maps and all of them for their distances', () => {
		expect(figure.taps(made.config, figure.parse({ block: 'last' }))).toEqual(['blocks.1.attn.pattern']);
		expect(figure.taps(made.config, figure.parse({ view: 'depth' }))).toEqual([
			'blocks.0.attn.pattern',
			'blocks.1.attn.pattern'
		]);
	});
});

describe('reaches', () => {
	it('measures every head of every block on the taps of the engine, with pauses, and only once', async () => {
		const blocks = [0, 1].map((i) => attentionOf(made.tap(`blocks.${i}.attn.pattern`), made.config));
		const pause = vi.fn();
		const all = await reaches(blocks, pause);
		expect(all.map(({ block, head }) => `${block}.${head}`)).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']);
		expect(all[4]?.distance).toBe(attentionDistance(blocks[1] as Attention, 1));
		expect(all[4]?.entropy).toBe(headEntropy(blocks[1] as Attention, 1));
		expect(pause).toHaveBeenCalledTimes(6);
		await reaches(blocks, pause);
		expect(pause).toHaveBeenCalledTimes(6);
	});
});

describe('evenDistance', () => {
	it('is what attention that is spread evenly would have', () => {
		const { config } = made;
		const n = 17;
		const even = attentionOf(
			{ name: '', axes: [], shape: [1, 3, n, n], data: new Float32Array(3 * n * n).fill(1 / n) },
			config
		);
		expect(evenDistance(config)).toBeCloseTo(attentionDistance(even, 0), 5);
	});
});
