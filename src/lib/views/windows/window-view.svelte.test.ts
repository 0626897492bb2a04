import { describe, expect, it } from 'vitest';
import type { WindowAttention } from '../../analysis/window-attention';
import type { SwinConfig } from '../../engine/swin/config';
import { windowLayout } from '../../engine/swin/windows';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { sightOf } from '../../run/places';
import { Selection } from '../../run/selection.svelte';
import type { Shown } from '../../run/shown';
import { photo, result } from '../../run/testing';
import { ViewSettings } from '../../run/view-settings.svelte';
import { limitsOf } from '../../run/limits';
import { WindowView } from './window-view.svelte';

/** Two stages of two blocks on a picture of 32 x 32 pixels: maps of 8 x 8 and 4 x 4 in windows of 4 and 2. */
const CONFIG = swinConfigWith({
	imageSize: [32, 32],
	patchSize: 4,
	stages: [
		{ depth: 2, heads: 1, dim: 4, mlpDim: 8, window: 4 },
		{ depth: 2, heads: 2, dim: 8, mlpDim: 8, window: 2 }
	]
});

const NO_PANELS = { over: null, beside: null, below: null, query: null, maps: null };

/** Every query gives everything to the first place of its window. */
function attention(stage: number, block: number): WindowAttention {
	const layout = windowLayout(CONFIG, stage, block);
	const heads = CONFIG.stages[stage]?.heads ?? 1;
	const data = Float32Array.from({ length: layout.count * heads * layout.area ** 2 }, (_, i) =>
		i % layout.area === 0 ? 1 : 0
	);
	return { data, heads, layout, stage, block, cell: 4 * 2 ** stage };
}

function viewOf(): { view: WindowView; selection: Selection; settings: ViewSettings } {
	const layers = [attention(0, 0), attention(0, 1), attention(1, 0), attention(1, 1)].map((heads) => ({
		heads,
		mean: { ...heads, heads: 1, data: heads.data.slice(0, heads.data.length / heads.heads) }
	}));
	const model = { ...result(1).model, config: CONFIG };
	const ran = { ...result(1), model };
	const shown: Shown<SwinConfig, WindowAttention> = {
		photo: photo('a'),
		crop: null,
		edits: [],
		model,
		result: ran,
		picture: photo('cut').bitmap,
		layers,
		grid: { rows: 8, columns: 8, prefix: [] },
		embeddingNorms: new Float32Array(64).fill(2)
	};
	const selection = new Selection(
		() => limitsOf(shown),
		() => sightOf(shown)
	);
	const settings = new ViewSettings();
	return { view: new WindowView(shown, selection, settings, NO_PANELS), selection, settings };
}

describe('the view of a model with windows', () => {
	it('begins with the patch in the middle, in the last block', () => {
		const { view, selection } = viewOf();
		expect(selection.token).toBe(36);
		expect(view.title).toBe('Stage 2, block 2, mean over heads');
		expect([view.map, view.token]).toEqual([{ rows: 4, columns: 4 }, 10]);
	});

	it('follows the query from stage to stage, and keeps the patch where a coarser token is picked again', () => {
		const { view, selection } = viewOf();
		selection.chooseBlock(0);
		view.pick(9);
		expect([selection.picked, view.token, view.query]).toEqual([9, 9, 9]);
		selection.chooseBlock(2);
		expect(view.token).toBe(0);
		view.pick(0);
		expect(selection.picked).toBe(9);
		view.hover(5);
		expect([selection.hovered, view.hovered, view.token]).toEqual([18, 5, 5]);
		view.hover(null);
		expect(view.hovered).toBeNull();
	});

	it('draws the window of the query alone, at its shifted place', () => {
		const { view, selection } = viewOf();
		selection.chooseBlock(1);
		view.pick(27);
		const drawn = [...(view.values ?? [])].flatMap((weight, token) => (Number.isNaN(weight) ? [] : [token]));
		expect(drawn).toEqual([18, 19, 20, 21, 26, 27, 28, 29, 34, 35, 36, 37, 42, 43, 44, 45]);
		expect(view.values?.[18]).toBe(1);
		expect(view.parts).toMatchObject([{ row: 2, column: 2, rows: 4, columns: 4, own: true }]);
		expect(view.describe(27)).toBe('Row 4, column 4. Most to row 3, column 3: 100 %');
		expect(view.describe(28)).toBe('Row 4, column 4 attends to row 4, column 5: 0 %');
		expect(view.describe(0)).toBe('Row 1, column 1: in another window, out of reach here');
		expect(view.overlaid.domain).toEqual([0, 1]);
	});

	it('has a map of the window for every head of every block, and none of CLS', async () => {
		const { view } = viewOf();
		expect(view.maps.map((row) => row.map(({ values }) => values.length))).toEqual([[16], [16], [4, 4], [4, 4]]);
		expect(view.stops.map(({ values }) => values?.length)).toEqual([64, 64, 16, 16]);
		// Two heads and their average, in a window of 2 x 2 that lies within the map.
		const measured = await Promise.all(view.measures.map((measure) => measure(() => undefined)));
		expect(measured).toMatchObject(Array(3).fill({ entropy: 0, padding: 0 }));
		expect(view.measures).toHaveLength(3);
		expect(view.queryStats?.entropy).toBe(0);
	});

	it('shows the first stage’s patches before the blocks', () => {
		const { view, settings } = viewOf();
		settings.overlay = 'embeddings';
		expect(view.attends).toBe(false);
		expect([view.map, view.token]).toEqual([{ rows: 8, columns: 8 }, 36]);
		expect(view.describe(3)).toBe('Row 1, column 4: length 2');
		expect(view.parts).toEqual([]);
	});
});
