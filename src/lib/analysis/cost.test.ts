import { PLAIN_VIT } from '../engine/vit/config';
import { resized } from '../engine/resolution';
import { SMALL_CONFIG } from '../engine/testing/small';
import { describe, expect, it } from 'vitest';
import { blockCost, breakEven, divides, globalAttentionCost, runCost, tokensFor, windowAttentionCost } from './cost';

/** Multiply-adds of a product of an (a x b) and a (b x c) matrix, counted one by one. */
function countProduct(a: number, b: number, c: number): number {
	let count = 0;
	for (let i = 0; i < a; i++) for (let j = 0; j < c; j++) for (let k = 0; k < b; k++) count++;
	return count;
}

describe('blockCost', () => {
	it('counts every product of a block', () => {
		const [n, dim, mlpDim, heads] = [5, 6, 24, 2];
		const linear = 4 * countProduct(n, dim, dim) + countProduct(n, dim, mlpDim) + countProduct(n, mlpDim, dim);
		const perHead = countProduct(n, dim / heads, n) + countProduct(n, n, dim / heads);
		const cost = blockCost(n, { dim, mlpDim, mlp: 'gelu' });
		expect(cost).toEqual({ linear, attention: heads * perHead, total: linear + heads * perHead });
	});

	it('is 12 n d^2 + 2 n^2 d where the MLP is four times as wide', () => {
		const [n, d] = [197, 192];
		expect(blockCost(n, { dim: d, mlpDim: 4 * d, mlp: 'gelu' }).total).toBe(12 * n * d * d + 2 * n * n * d);
	});

	it.each(['gelu', 'swiglu'] as const)('has equal parts at the break-even, %s', (mlp) => {
		const sizes = { dim: 10, mlpDim: 30, mlp };
		const { linear, attention } = blockCost(breakEven(sizes), sizes);
		expect(attention).toBe(linear);
	});
});

describe('attention over everything and in windows', () => {
	it('is the same where one window holds everything', () => {
		expect(windowAttentionCost(49, 96, 7)).toBe(globalAttentionCost(49, 96));
	});

	it('counts every product of each window', () => {
		const [windows, window, dim] = [4, 3, 5];
		const tokens = window ** 2;
		const one = 4 * countProduct(tokens, dim, dim) + countProduct(tokens, dim, tokens) * 2;
		expect(windowAttentionCost(windows * tokens, dim, window)).toBe(windows * one);
	});

	it('grows with the picture in windows, and with its square without', () => {
		const beyond = (cost: (places: number, dim: number) => number, places: number) => cost(places, 8) - 4 * places * 64;
		const inWindows = (places: number, dim: number) => windowAttentionCost(places, dim, 7);
		expect(beyond(inWindows, 400) / beyond(inWindows, 100)).toBe(4);
		expect(beyond(globalAttentionCost, 400) / beyond(globalAttentionCost, 100)).toBe(16);
	});
});

describe('patches of another size', () => {
	it('counts rows times columns, and CLS', () => {
		expect(tokensFor([64, 96], 16, PLAIN_VIT)).toBe(1 + 4 * 6);
		expect(tokensFor([64, 96], 8, PLAIN_VIT)).toBe(1 + 8 * 12);
	});

	it('must divide both sides', () => {
		expect(divides([64, 96], 32)).toBe(true);
		expect(divides([64, 96], 24)).toBe(false);
		expect(divides([64, 96], 0)).toBe(false);
	});
});

describe('what a run costs', () => {
	// DeiT-Small at 224 pixels: 4.6 G multiply-adds (Touvron et al. 2020, table 5 of arXiv 2012.12877 gives 4.6 B FLOPs).
	const small = {
		...SMALL_CONFIG,
		imageSize: [224, 224],
		patchSize: 16,
		depth: 12,
		heads: 6,
		dim: 384,
		mlpDim: 1536
	} as const;

	it('is near what papers say of a model of that size', () => {
		const { tokens, multiplyAdds } = runCost({ ...small, classes: 1000 });
		expect(tokens).toBe(197);
		expect(multiplyAdds / 1e9).toBeCloseTo(4.6, 1);
	});

	it('counts a gate, registers and a second head', () => {
		const plain = runCost(small);
		expect(runCost({ ...small, registers: 4 }).tokens).toBe(201);
		expect(runCost({ ...small, mlp: 'swiglu' }).multiplyAdds - plain.multiplyAdds).toBe(12 * 197 * 384 * 1536);
		expect(runCost({ ...small, distilled: true, distillationHead: true }).tokens).toBe(198);
	});

	it('grows faster than the number of tokens', () => {
		const [plain, twice] = [runCost(small), runCost(resized(small, [448, 448]))];
		expect(twice.tokens).toBe(785);
		expect(twice.multiplyAdds / plain.multiplyAdds).toBeGreaterThan(twice.tokens / plain.tokens);
		expect(twice.bytes / plain.bytes).toBeGreaterThan(twice.tokens / plain.tokens);
	});
});

describe('what stands behind the blocks', () => {
	const plain = { ...SMALL_CONFIG, ...PLAIN_VIT, cls: false, pooling: 'mean' } as const;
	const [n, dim, mlpDim] = [6, SMALL_CONFIG.dim, 16];

	it('is counted where a learned query pools: query, keys and values, both products, output and feed-forward part', () => {
		const pooled = { ...plain, pooling: 'map', poolMlpDim: mlpDim } as const;
		const projections = countProduct(1, dim, dim) + countProduct(n, dim, 2 * dim) + countProduct(1, dim, dim);
		const attention = 2 * countProduct(1, dim, n);
		const mlp = countProduct(1, dim, mlpDim) + countProduct(1, mlpDim, dim);
		expect(runCost(pooled).multiplyAdds - runCost(plain).multiplyAdds).toBe(projections + attention + mlp);
	});

	it('is counted where it is projected', () => {
		const projected = { ...plain, classes: 0, scores: 'vector', projectionDim: 9 } as const;
		const without = { ...plain, classes: 0, scores: 'vector' } as const;
		expect(runCost(projected).multiplyAdds - runCost(without).multiplyAdds).toBe(countProduct(1, dim, 9));
	});
});
