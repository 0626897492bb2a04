import { describe, expect, it } from 'vitest';
import { floatsToHalves } from '../engine/checkpoint/half';
import { PLAIN_VIT, type ViTConfig } from '../engine/vit/config';
import { SMALL_CONFIG } from '../engine/testing/small';
import { attentionOf, columnOf, rowOf } from './attention';

const CONFIG: ViTConfig = { ...SMALL_CONFIG, ...PLAIN_VIT, imageSize: [8, 8], patchSize: 4, heads: 2 };
const TOKENS = 5;

/** A pattern of so many tokens as the engine hands it out, as numbers of four bytes and as halves. */
function both(n: number, left?: readonly number[]) {
	const data = Float32Array.from({ length: CONFIG.heads * n * n }, (_, i) => ((i * 7) % 11) / 23);
	const spec = {
		name: 'blocks.0.attn.pattern',
		shape: [1, CONFIG.heads, n, n],
		axes: [],
		...(left && { tokens: left })
	};
	const halved = { ...spec, data: new Float32Array(), halves: floatsToHalves(data) };
	return [attentionOf({ ...spec, data }, CONFIG), attentionOf(halved, CONFIG)] as const;
}

describe('a pattern that is held as halves', () => {
	it.each([
		['all tokens', TOKENS, undefined],
		['those that a run has left', 3, [0, 2, 4]],
		['none, of a block that was passed by', 0, []]
	] as const)('has the rows and the columns of one that is held whole: of %s', (_, n, left) => {
		const [whole, halved] = both(n, left);
		expect(halved.data).toHaveLength(0);
		for (let head = 0; head < CONFIG.heads; head++)
			for (let token = 0; token < TOKENS; token++)
				for (const lineOf of [rowOf, columnOf]) {
					const [meant, line] = [lineOf(whole, head, token), lineOf(halved, head, token)];
					expect(line).toHaveLength(TOKENS);
					line.forEach((weight, i) => expect(Math.abs(weight - (meant[i] ?? NaN))).toBeLessThan(2 ** -11 / 2));
				}
		expect(whole.data.some(Boolean)).toBe(n > 0);
	});

	it('refuses a head and a token that are not there', () => {
		const [, halved] = both(TOKENS);
		expect(() => rowOf(halved, 2, 0)).toThrow('There is no head 2');
		expect(() => columnOf(halved, 0, 5)).toThrow('There is no token 5');
	});
});
