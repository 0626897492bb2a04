import { beforeAll, describe, expect, it } from 'vitest';
import { asViT } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import { useNodeBackend } from '../../engine/backends/node';
import { Model } from '../../engine/model';
import type { TapData } from '../../engine/tap';
import { pixelValues } from '../../engine/testing/checkpoint';
import { VARIANTS, variantCheckpoint } from '../../engine/testing/variants';
import type { Tap } from '../figure';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { smallRun } from '../kit/testing';
import { figure } from './figure';
import { cosinesOfTwo, opinionsOf, patchesOfToken, tapsOfTwo } from './two-tokens';

const [distilled] = VARIANTS;
let config: ViTConfig;
let tap: Tap;

beforeAll(async () => {
	await useNodeBackend('cpu');
	if (!distilled) throw new Error('No made-up model has a distillation token.');
	const model = Model.load(variantCheckpoint(distilled));
	config = asViT(model.config);
	const trace = await model.run(pixelValues());
	const taps = new Map<string, TapData>();
	for (const name of figure.taps(config, figure.parse({}))) taps.set(name, await trace.read(name));
	trace.dispose();
	model.dispose();
	tap = (name) => {
		const found = taps.get(name);
		if (!found) throw new Error(`The figure did not declare '${name}'.`);
		return found;
	};
});

describe('CLS against the distillation token', () => {
	it('asks for nothing of a model that has none', () => {
		expect(tapsOfTwo(SMALL_CONFIG)).toEqual([]);
		expect(tapsOfTwo({ ...SMALL_CONFIG, distilled: true })).not.toContain('logits.cls');
	});

	it('has a cosine before the first block and after each', () => {
		const tokens = { name: '', shape: [1, 3, 2], axes: [], data: Float32Array.of(1, 0, 0, 2, 9, 9) };
		expect(cosinesOfTwo([tokens, { ...tokens, data: Float32Array.of(3, 4, 6, 8, 0, 0) }])).toEqual([0, 1]);
		expect(cosinesOfTwo([tap('embeddings'), tap('blocks.0.out')])).toHaveLength(2);
	});

	it('shows where each looks: its own row, on the patches', () => {
		const { data, shape } = tap('blocks.1.attn.pattern');
		const [, heads = 0, n = 0] = shape;
		for (const token of [0, 1]) {
			const weights = patchesOfToken(config, tap, token);
			expect(weights).toHaveLength(n - 2);
			const first = Array.from({ length: heads }, (_, h) => data[(h * n + token) * n + 2] ?? NaN);
			expect(weights[0]).toBeCloseTo(first.reduce((a, b) => a + b) / heads, 6);
		}
	});

	it('has both heads’ opinions, and the model’s between them', () => {
		const all = Array.from({ length: config.classes }, (_, index) => ({ index, label: String(index), score: 0 }));
		const opinions = opinionsOf(tap, { ...smallRun(config), top: all });
		for (const part of ['cls', 'distillation', 'both'] as const) {
			expect(opinions.reduce((sum, opinion) => sum + opinion[part], 0)).toBeCloseTo(1, 5);
		}
		expect(opinions).toHaveLength(config.classes);
		// The mean of logits is the geometric mean of probabilities, up to what makes them sum to 1.
		const [a, b] = opinions.map(({ cls, distillation, both }) => Math.sqrt(cls * distillation) / both);
		expect(a).toBeCloseTo(b ?? NaN, 4);
	});

	it('has what either head puts first, though the model does not', () => {
		const data: Record<string, number[]> = {
			'logits.cls': [5, 0, 3, 0],
			'logits.distillation': [0, 5, 3, 0],
			logits: [2.5, 2.5, 3, 0]
		};
		const made = (name: string) => ({ name, shape: [1, 4], axes: [], data: Float32Array.from(data[name] ?? []) });
		const opinions = opinionsOf(made, smallRun(config, [{ index: 2, label: 'class 2', score: 0.4 }]));
		expect(opinions.map(({ label }) => label)).toEqual(['class 2', 'class 0', 'class 1']);
	});
});
