import { describe, expect, it } from 'vitest';
import type { WindowAttention } from '../../analysis/window-attention';
import type { SwinConfig } from '../../engine/swin/config';
import type { Shown } from '../../run/shown';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { tapSpecs } from '../../engine/families';
import type { TapData } from '../../engine/tap';
import { readShown } from '../read-shown';
import { tapsShown } from '../taps-shown';
import { cut, FakeEngine, photo, result } from '../../run/testing';

const CONFIG = swinConfigWith({
	imageSize: [16, 24],
	patchSize: 4,
	stages: [
		{ depth: 2, heads: 2, dim: 4, mlpDim: 8, window: 2 },
		{ depth: 1, heads: 4, dim: 8, mlpDim: 8, window: 2 }
	]
});

const isOfSwin = (shown: Shown): shown is Shown<SwinConfig, WindowAttention> => shown.model.config.family === 'swin';

/** Answers with taps whose every number is the tap's place among those asked for. */
class SwinEngine extends FakeEngine {
	override async read(_: number, names: readonly string[]): Promise<TapData[]> {
		return names.map((name, i) => {
			const spec = tapSpecs(CONFIG).find((candidate) => candidate.name === name);
			if (!spec) throw new Error(`No tap is named ${name}.`);
			return { ...spec, data: new Float32Array(spec.shape.reduce((a, b) => a * b, 1)).fill(i) };
		});
	}
}

describe('what is shown of a model with windows', () => {
	it('reads the attention of every block of every stage', () => {
		expect(tapsShown(CONFIG)).toEqual([
			'embeddings',
			'stages.0.blocks.0.attn.pattern',
			'stages.0.blocks.1.attn.pattern',
			'stages.1.blocks.0.attn.pattern'
		]);
	});

	it('has for each block its windows, its heads and their mean, and no token before the patches', async () => {
		const ran = { ...result(1), model: { ...result(1).model, config: CONFIG } };
		const shown = await readShown(new SwinEngine(), { photo: photo('a'), crop: null, edits: [] }, ran, cut);
		expect(shown.grid).toEqual({ rows: 4, columns: 6, prefix: [] });
		if (!isOfSwin(shown)) throw new Error('The model is a Swin.');
		expect(shown.layers.map(({ heads: { stage, block, heads, cell } }) => [stage, block, heads, cell])).toEqual([
			[0, 0, 2, 4],
			[0, 1, 2, 4],
			[1, 0, 4, 8]
		]);
		expect(shown.layers[1]?.heads.layout).toMatchObject({
			window: { rows: 2, columns: 2 },
			shift: { rows: 1, columns: 1 },
			count: 6
		});
		expect(shown.layers[2]?.mean).toMatchObject({ heads: 1, data: new Float32Array(2 * 16).fill(3) });
		expect(shown.embeddingNorms).toHaveLength(24);
	});
});
