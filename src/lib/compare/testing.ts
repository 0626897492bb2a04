/** Stand-ins for tests of the comparison; nothing that is shipped imports this file. */
import type { WindowAttention } from '../analysis/window-attention';
import { windowLayout } from '../engine/swin/windows';
import { swinConfigWith } from '../engine/testing/swin-config';
import { photo, result } from '../run/testing';
import type { Shown } from '../run/shown';

/** Two stages of two blocks: maps of 8 x 8 and 4 x 4 tokens, in windows of 4 and of 2. */
const CONFIG = swinConfigWith({
	imageSize: [32, 32],
	patchSize: 4,
	stages: [
		{ depth: 2, heads: 1, dim: 4, mlpDim: 8, window: 4 },
		{ depth: 2, heads: 2, dim: 8, mlpDim: 8, window: 2 }
	]
});

/** Every query gives the first place of its window everything. */
function attention(stage: number, block: number): WindowAttention {
	const layout = windowLayout(CONFIG, stage, block);
	const heads = CONFIG.stages[stage]?.heads ?? 1;
	const size = layout.count * heads * layout.area ** 2;
	const data = Float32Array.from({ length: size }, (_, i) => (i % layout.area === 0 ? 1 : 0));
	return { data, heads, layout, stage, block, cell: 4 * 2 ** stage };
}

/** A run of it. */
export function swinRun(): Shown {
	const layers = [attention(0, 0), attention(0, 1), attention(1, 0), attention(1, 1)].map((heads) => ({
		heads,
		mean: { ...heads, heads: 1, data: heads.data.slice(0, heads.data.length / heads.heads) }
	}));
	const seen = { width: 32, height: 32, data: new Uint8ClampedArray(32 * 32 * 4) };
	const ran = { ...result(1), seen, model: { ...result(1).model, config: CONFIG } };
	return {
		photo: photo('a'),
		crop: null,
		edits: [],
		model: ran.model,
		result: ran,
		picture: photo('cut').bitmap,
		layers,
		grid: { rows: 8, columns: 8, prefix: [] },
		embeddingNorms: new Float32Array(64)
	};
}
