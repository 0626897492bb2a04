import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../app/app.svelte';
import { railStops } from '../app/rail';
import { measures } from '../compare/measures';
import { Side } from '../compare/side.svelte';
import { random } from '../engine/testing/checkpoint';
import { firstPatch, placeOf, tokenAt, type Grid } from '../marks/tokens';
import type { Query } from '../run/places';
import type { Layer, Pattern, Shown } from '../run/shown';
import { photo, result } from '../run/testing';
import { OVERLAYS } from '../run/url';
import { BaseView } from '../views/base-view.svelte';
import { viewOf } from '../views/families';
import type { Figures, MapGroup } from '../views/model-view';
import { figureOf, gridOf } from './exports';

/** Blocks of one resolution. */
interface Stage {
	readonly rows: number;
	readonly columns: number;
	readonly blocks: number;
	readonly heads: number;
}

/** What the made-up kind of network has and has not. */
interface Capabilities {
	readonly prefix: readonly string[];
	readonly stages: readonly [Stage, ...Stage[]];
	readonly attends: boolean;
}

/** Weights of every head on every token of the block's own grid, whichever token looks. */
interface MadeUpPattern extends Pattern {
	readonly stage: Stage;
}

const NO_PANELS = { over: null, beside: null, below: null, query: null };

/** A third family: what no other has is that a head gives the same weights to every query. */
class MadeUpView extends BaseView<Shown['model']['config'], MadeUpPattern> {
	override get grid(): Grid {
		const { stage } = this.chosen?.attention ?? {};
		return stage && this.attends ? { ...this.patchGrid, rows: stage.rows, columns: stage.columns } : this.patchGrid;
	}

	override get token(): number {
		return this.#moved(super.token, this.patchGrid, this.grid);
	}

	override get hovered(): number | null {
		const patch = super.hovered;
		return patch === null ? null : this.#moved(patch, this.patchGrid, this.grid);
	}

	override pick(token: number): void {
		super.pick(this.#moved(token, this.grid, this.patchGrid));
	}

	#moved(token: number, from: Grid, to: Grid): number {
		const place = placeOf(token, from);
		return place ? tokenAt((place.column + 0.5) / from.columns, (place.row + 0.5) / from.rows, to) : token;
	}

	protected override overMap({ data, stage }: MadeUpPattern, head: number): Float32Array {
		const size = stage.rows * stage.columns;
		return data.subarray(head * size, (head + 1) * size);
	}

	protected override smallMapOf(pattern: MadeUpPattern, head: number): Float32Array {
		return this.overMap(pattern, head);
	}

	protected override statsOf(pattern: MadeUpPattern): Figures {
		return { entropy: Math.log(pattern.data.length), distance: null, cls: null };
	}

	protected override rowStatsOf(pattern: MadeUpPattern): Figures {
		return this.statsOf(pattern);
	}

	protected readonly columns = [{ name: 'Entropy', unit: 'nats', title: 'Of the weights' }];
	protected override cells({ entropy }: Figures): string[] {
		return [entropy.toFixed(2)];
	}

	protected readonly normsNote = 'How long each patch’s vector is.';
	protected readonly scaleSentence = 'Up to the largest weight.';
	readonly dark = '';
	readonly ownScale = 'Each map up to its own largest weight.';
	readonly look = 'Where every token looks.';

	protected override sayWeight(token: number): string {
		return `The weight is ${this.values?.[token - firstPatch(this.grid)] ?? 'none'}.`;
	}

	readonly groups = $derived.by((): MapGroup[] => {
		const stages = [...new Set(this.layers.map(({ heads }) => heads.stage))];
		return stages.map(({ rows, columns, blocks }, i) => {
			const label = `Every head of stage ${i + 1}`;
			const first = this.layers.findIndex(({ heads }) => heads.stage === stages[i]);
			return { title: `Stage ${i + 1}`, label, caption: label, note: '', first, blocks, rows, columns };
		});
	});

	readonly line = $derived.by(() => this.values && { ...this.grid, values: this.values, before: 0 });

	get reach(): number | null {
		return this.values?.length ?? null;
	}

	protected override stopOf(block: number) {
		return { label: `B${block}`, grid: this.layers[block]?.heads.stage ?? this.patchGrid };
	}
}

/** The family is on the lists here, and nowhere else. */
vi.mock('../views/families', async (original) => {
	const actual = await original<typeof import('../views/families')>();
	const isMadeUp = (shown: Shown | null): shown is Shown<Shown['model']['config'], MadeUpPattern> =>
		shown?.model.id === 'made-up';
	const view: typeof viewOf = (shown, looking, settings) =>
		isMadeUp(shown) ? new MadeUpView(shown, looking, settings, NO_PANELS) : actual.viewOf(shown, looking, settings);
	return { ...actual, viewOf: view };
});

function drawCapabilities(next: () => number): Capabilities {
	const upTo = (most: number) => 1 + Math.floor(next() * most);
	const stage = (): Stage => ({
		rows: next() < 0.3 ? 1 : upTo(5),
		columns: upTo(6),
		blocks: upTo(3),
		heads: next() < 0.3 ? 1 : upTo(4)
	});
	const prefix = ['CLS', 'Register 1', 'Register 2'].filter(() => next() < 0.5);
	return { prefix, stages: next() < 0.5 ? [stage()] : [stage(), stage()], attends: next() < 0.75 };
}

function layersOf({ stages, attends }: Capabilities, next: () => number): Layer<MadeUpPattern>[] {
	if (!attends) return [];
	return stages.flatMap((stage) =>
		Array.from({ length: stage.blocks }, () => {
			const pattern = (heads: number) => ({
				stage,
				heads,
				data: Float32Array.from({ length: heads * stage.rows * stage.columns }, () => next())
			});
			return { heads: pattern(stage.heads), mean: pattern(1) };
		})
	);
}

function madeUpRun(capabilities: Capabilities, next: () => number): Shown {
	const [{ rows, columns }] = capabilities.stages;
	const model = { ...result(1).model, id: 'made-up' };
	return {
		photo: photo('a photo'),
		crop: null,
		edits: [],
		model,
		result: { ...result(1), model },
		picture: photo('cut').bitmap,
		grid: { rows, columns, prefix: capabilities.prefix },
		layers: layersOf(capabilities, next),
		embeddingNorms: Float32Array.from({ length: rows * columns }, () => next())
	};
}

/** Draws nothing, and lets itself be drawn on. */
function canvas() {
	const context = { drawImage: () => undefined, putImageData: () => undefined };
	return { width: 1, height: 1, getContext: () => context };
}

function appOf(shown: Shown): App {
	const app = new App();
	Object.defineProperty(app, 'session', { value: { shown } });
	return app;
}

function sideOf(app: App): Side {
	let query: Query = { x: 0.4, y: 0.6 };
	return new Side({
		name: 'A',
		source: () => app,
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
		settings: app.settings
	});
}

beforeEach(() => {
	vi.stubGlobal('location', new URL('https://example.org/'));
	vi.stubGlobal('document', { createElement: canvas });
	vi.stubGlobal('ImageData', class {});
});

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('a made-up family, %i', (seed) => {
	const draw = random(seed + 1);
	/** In [0, 1). */
	const next = () => (draw() + 1) / 2;
	const capabilities = drawCapabilities(next);
	const shown = madeUpRun(capabilities, next);

	/** Looks at every block, at its heads one by one and together. */
	function eachLook(app: App, look: () => void): void {
		for (const [block, { heads }] of shown.layers.length > 0
			? shown.layers.entries()
			: ([[0, { heads: { heads: 1 } }]] as const)) {
			app.selection.chooseBlock(block);
			for (const head of ['mean', ...Array(heads.heads).keys()] as const) {
				app.selection.chooseHead(head);
				look();
			}
		}
	}

	it('draws every overlay, or says why there is none', () => {
		const app = appOf(shown);
		const { settings } = app;
		for (const overlay of OVERLAYS) {
			settings.overlay = overlay;
			eachLook(app, () => {
				const { view } = app;
				const { values, domain, note } = view.overlaid;
				const size = view.grid.rows * view.grid.columns;
				expect(view.title).not.toBe('');
				if (values) expect(values).toHaveLength(size);
				if (values) expect(domain[1]).toBeGreaterThanOrEqual(domain[0]);
				// A picture alone needs no word.
				const isPicture = overlay === 'photo' || overlay === 'patches';
				expect(note === '').toBe(isPicture);
				expect(values === null).toBe(isPicture || (overlay === 'attention' && !capabilities.attends));
				for (let token = 0; token < firstPatch(view.grid) + size; token++) expect(view.describe(token)).not.toBe('');
				expect(view.token).toBeLessThan(firstPatch(view.grid) + size);
			});
		}
	});

	it('keeps what was picked from overlay to overlay', () => {
		const app = appOf(shown);
		app.settings.overlay = 'embeddings';
		const last = firstPatch(app.view.grid) + shown.grid.rows * shown.grid.columns - 1;
		app.view.pick(last);
		expect(app.view.token).toBe(last);
		app.settings.overlay = 'attention';
		const { rows, columns } = shown.grid;
		expect(app.view.token).toBe(tokenAt(1 - 0.5 / columns, 1 - 0.5 / rows, app.view.grid));
	});

	it('gives pictures whose maps fit, and which say what they show', () => {
		const app = appOf(shown);
		eachLook(app, () => {
			const figure = figureOf(app);
			expect(figure.lines.every((line) => line !== '')).toBe(true);
			expect(figure.map?.values.length ?? 0).toBe(capabilities.attends ? figure.rows * figure.columns : 0);
			const grid = gridOf(app);
			const maps = grid.maps.flat();
			expect(maps.every(({ values }) => values.length === grid.rows * grid.columns)).toBe(true);
			expect(maps.length > 0).toBe(capabilities.attends);
			expect([grid.title, ...grid.lines]).not.toContain('');
		});
	});

	it('has a stop for each block on the rail, each map of its own size', () => {
		const stops = railStops(appOf(shown));
		expect(stops).toHaveLength(4 + shown.layers.length);
		for (const { label, thumbnail } of stops) {
			expect(label).not.toBe('');
			if (thumbnail.kind === 'map') expect(thumbnail.values).toHaveLength(thumbnail.rows * thumbnail.columns);
		}
	});

	it('measures the heads of a block, a text a column', () => {
		const app = appOf(shown);
		eachLook(app, () => {
			const { columns, rows, caption } = app.view.headTable;
			expect(caption).not.toBe('');
			const heads = shown.layers[app.selection.block]?.heads.heads;
			expect(rows).toHaveLength(heads === undefined ? 0 : heads + 1);
			for (const row of rows) expect(row()).toHaveLength(columns.length);
		});
	});

	it('can be compared', () => {
		const app = appOf(shown);
		const side = sideOf(app);
		side.view.pick(side.view.token);
		expect(side.frame.grid).toEqual(side.view.grid);
		expect(side.most > 0).toBe(capabilities.attends);
		const values = measures(side, side).flatMap(({ rows }) => rows.flatMap((row) => row.values));
		expect(values.every((value) => value !== '' && !value.includes('NaN'))).toBe(true);
		expect(side.view.whole).toBeNull();
	});
});
