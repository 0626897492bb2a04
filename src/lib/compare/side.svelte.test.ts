import { beforeEach, describe, expect, it } from 'vitest';
import type { WindowAttention } from '../analysis/window-attention';
import type { SwinConfig } from '../engine/swin/config';
import { windowLayout } from '../engine/swin/windows';
import { Inspector } from '../inspector/inspector.svelte';
import { SMALL_CONFIG, photo, result } from '../state/testing';
import type { Shown } from '../state/shown';
import { ViewSettings } from '../state/view-settings.svelte';
import { measures } from './measures';
import type { Query } from '../state/places';
import { Side } from './side.svelte';
import { missingSentence } from './words';

/** Two stages of two blocks: maps of 8 x 8 and 4 x 4 tokens, in windows of 4 and of 2. */
const CONFIG: SwinConfig = {
	family: 'swin',
	rules: 'huggingface',
	imageSize: [32, 32],
	patchSize: 4,
	channels: 3,
	stages: [
		{ depth: 2, heads: 1, dim: 4, mlpDim: 8, window: 4 },
		{ depth: 2, heads: 2, dim: 8, mlpDim: 8, window: 2 }
	],
	qkvBias: true,
	patchNorm: true,
	absolutePositions: false,
	layerNormEps: 1e-5,
	classes: 3,
	preprocess: { ...SMALL_CONFIG.preprocess, size: [32, 32] }
};

/** Every query gives the first place of its window everything. */
function attention(stage: number, block: number): WindowAttention {
	const layout = windowLayout(CONFIG, stage, block);
	const heads = CONFIG.stages[stage]?.heads ?? 1;
	const size = layout.count * heads * layout.area ** 2;
	const data = Float32Array.from({ length: size }, (_, i) => (i % layout.area === 0 ? 1 : 0));
	return { data, heads, layout, stage, block, cell: 4 * 2 ** stage };
}

function swinRun(): Shown {
	const windows = [attention(0, 0), attention(0, 1), attention(1, 0), attention(1, 1)].map((heads) => ({
		heads,
		mean: { ...heads, heads: 1, data: heads.data.slice(0, heads.data.length / heads.heads) }
	}));
	const seen = { width: 32, height: 32, data: new Uint8ClampedArray(32 * 32 * 4) };
	const ran = { ...result(1), seen, model: { ...result(1).model, config: CONFIG } };
	return {
		photo: photo('a'),
		crop: null,
		model: ran.model,
		result: ran,
		picture: photo('cut').bitmap,
		attention: [],
		means: [],
		windows,
		grid: { rows: 8, columns: 8, prefix: [] },
		embeddingNorms: new Float32Array(64)
	};
}

describe('a panel that shows a Swin', () => {
	let query: Query;
	let side: Side;

	beforeEach(() => {
		const inspector = new Inspector();
		Object.defineProperty(inspector, 'session', { value: { shown: swinRun() } });
		query = { x: 0.9, y: 0.1 };
		side = new Side({
			name: 'B',
			source: () => inspector,
			leader: () => null,
			headsGoTogether: () => false,
			query: () => query,
			picked: () => query,
			pointed: () => null,
			hover: () => undefined,
			pick: (next) => (query = next),
			direction: () => 'from',
			samePhoto: () => false,
			firstLook: () => null,
			settings: new ViewSettings()
		});
	});

	it('looks from the token at the place, on the map of the stage', () => {
		expect(side.hasWindows).toBe(true);
		side.choose(0, 'mean');
		expect(side.drawn).toMatchObject({ grid: { rows: 8, columns: 8 }, token: 7 });
		side.choose(3, 'mean');
		expect(side.drawn).toMatchObject({ grid: { rows: 4, columns: 4 }, token: 3 });
		expect(side.heads).toBe(2);
	});

	it('has a line over the whole map, with nothing outside of the window', () => {
		side.choose(2, 1);
		const { line } = side;
		expect([line?.rows, line?.columns, line?.before]).toEqual([4, 4, 0]);
		// The window of the upper right has its first place in column 3.
		const wanted = new Array(16).fill(NaN);
		for (const [token, weight] of [
			[2, 1],
			[3, 0],
			[6, 0],
			[7, 0]
		] as const)
			wanted[token] = weight;
		expect(Array.from(line?.values ?? [])).toEqual(wanted);
		expect([side.most, side.reach]).toEqual([1, 4]);
		expect(side.queryStats).toMatchObject({ entropy: 0, cls: null });
	});

	it('says that it has no CLS, and shows the middle', () => {
		query = 'cls';
		side.choose(3, 'mean');
		expect([side.hasQuery, side.drawn.token]).toEqual([false, 10]);
		expect(missingSentence(side)).toMatch(/ has no CLS token, so B shows row 3, column 3\.$/);
		query = { x: 0.5, y: 0.5 };
		expect(missingSentence(side)).toBeNull();
	});

	it('is measured by its own windows', () => {
		side.choose(0, 'mean');
		const rows = measures(side, side).flatMap((group) => group.rows);
		const of = (label: string) => rows.find((row) => row.label === label);
		expect(of('Entropy')).toMatchObject({ hint: `nats, at most ${Math.log(16).toFixed(2)}`, values: ['0.00', '0.00'] });
		expect(of('To CLS')?.values).toEqual(['–', '–']);
		expect(of('Largest on a patch')?.values).toEqual(['100.0 %', '100.0 %']);
	});
});
