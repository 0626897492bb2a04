import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../app/app.svelte';
import { railStops } from '../app/rail';
import { measures } from '../compare/measures';
import { Side } from '../compare/side.svelte';
import { random } from '../engine/testing/checkpoint';
import { drawCapabilities, MADE_UP } from '../engine/testing/made-up';
import { firstPatch, tokenAt } from '../marks/tokens';
import type { Query } from '../run/places';
import type { Shown } from '../run/shown';
import type * as families from '../views/families';
import { madeUpRun, MadeUpView, NO_PANELS, type MadeUpPattern } from '../views/testing/made-up.svelte';
import { figureOf, gridOf } from './exports';

/** The family is on the lists here, and nowhere else. */
vi.mock('../views/families', async (original) => {
	const actual = await original<typeof families>();
	const isMadeUp = (shown: Shown | null): shown is Shown<Shown['model']['config'], MadeUpPattern> =>
		shown?.model.id === MADE_UP;
	const view: typeof families.viewOf = (shown, looking, settings) =>
		isMadeUp(shown) ? new MadeUpView(shown, looking, settings, NO_PANELS) : actual.viewOf(shown, looking, settings);
	return { ...actual, viewOf: view };
});

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
		lookedFrom: () => null,
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
	vi.stubGlobal('ImageData', Array);
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
		for (const { id: overlay } of app.view.overlays) {
			settings.overlay = overlay;
			eachLook(app, () => {
				const { view } = app;
				const { values, mask, domain, note } = view.overlaid;
				const size = view.grid.rows * view.grid.columns;
				expect(view.title).not.toBe('');
				if (values) expect(values).toHaveLength(size);
				if (values) expect(domain[1]).toBeGreaterThanOrEqual(domain[0]);
				// A picture alone needs no word.
				const isPicture = overlay === 'photo' || overlay === 'patches';
				const isThere = overlay === 'embeddings' || (overlay === 'attention' && capabilities.attends);
				const isMasked = overlay === 'mask' && capabilities.attends;
				expect(note === '').toBe(isPicture);
				expect(values !== null).toBe(isThere);
				expect(mask?.length ?? null).toBe(isMasked ? size : null);
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

	it('measures the heads of a block, a text a column', async () => {
		const app = appOf(shown);
		const [measured, widths]: [Promise<readonly string[]>[], number[]] = [[], []];
		eachLook(app, () => {
			const { columns, rows, caption } = app.view.headTable;
			expect(caption).not.toBe('');
			const heads = shown.layers[app.selection.block]?.heads.heads;
			expect(rows).toHaveLength(heads === undefined ? 0 : heads + 1);
			for (const row of rows) measured.push(row(() => undefined));
			widths.push(...rows.map(() => columns.length));
		});
		expect((await Promise.all(measured)).map(({ length }) => length)).toEqual(widths);
	});

	it('can be compared', async () => {
		const app = appOf(shown);
		const side = sideOf(app);
		side.view.pick(side.view.token);
		expect(side.frame.grid).toEqual(side.view.grid);
		expect(side.most > 0).toBe(capabilities.attends);
		const heads = (await side.view.headStats?.(() => undefined)) ?? null;
		const values = measures(side, side, [heads, heads]).flatMap(({ rows }) => rows.flatMap((row) => row.values));
		expect(values.every((value) => value !== '' && !value.includes('NaN'))).toBe(true);
		expect(side.view.whole).toBeNull();
	});
});
