import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { gradientMapNames } from '../../analysis/class-maps';
import { settle } from '../../base/testing';
import { useNodeBackend } from '../../engine/backends/node';
import type { Edit } from '../../engine/edits/edit';
import { Model, type CheckpointFiles } from '../../engine/model';
import type { ShareBox } from '../../analysis/box-share';
import type { Part } from '../../engine/part';
import { pixelValues, timmCheckpoint } from '../../engine/testing/checkpoint';
import { VARIANTS, variantCheckpoint } from '../../engine/testing/variants';
import { limitsOf } from '../../run/limits';
import { Selection } from '../../run/selection.svelte';
import type { Shown } from '../../run/shown';
import { cut, FakeEngine, model as described, photo, result } from '../../run/testing';
import { ViewSettings } from '../../run/view-settings.svelte';
import { viewOf } from '../families';
import type { Sources } from '../making.svelte';
import type { ModelView } from '../model-view';
import { readShown } from '../read-shown';

/** Bytes of memory, in GiB, of a device whose page has no room for anything. */
const TINY = { deviceMemory: 1e-6 };
const owned: { dispose(): void }[] = [];

interface Looked {
	readonly shown: Shown;
	readonly view: ModelView;
	readonly selection: Selection;
	readonly settings: ViewSettings;
	readonly sources: Sources;
	/** What was read, in order. */
	readonly asked: string[];
}

/** One run, as a page with room for all of it looks at it and as one without. */
async function both(edits: Edit[] = [], files: CheckpointFiles = timmCheckpoint()): Promise<[Looked, Looked]> {
	const model = Model.load(files);
	const trace = await model.run(pixelValues(), { edits, memory: { all: 0, patterns: 0 } });
	owned.push(trace, model);
	const look = async (device: object): Promise<Looked> => {
		vi.stubGlobal('navigator', device);
		const asked: string[] = [];
		const read = async (names: readonly string[], part: Part | null = null) => {
			asked.push(...names.map((name) => `${name} ${JSON.stringify(part)}`));
			return trace.readAll(names, undefined, part);
		};
		const engine = Object.assign(new FakeEngine(), { read: (_: number, names: readonly string[]) => read(names) });
		const ran = { ...result(1), edits, model: { ...described('made-up'), config: model.config } };
		const shown = await readShown(engine, { photo: photo('a'), crop: null, edits }, ran, cut);
		const settings = new ViewSettings();
		const sight = () => ({ grid: shown.grid, window: { x: 0, y: 0, width: 1, height: 1 }, photo: shown.photo.blob });
		const selection = new Selection(() => limitsOf(shown), sight);
		const none = () => Promise.reject(new Error('Nothing of the kind is asked.'));
		const gradients: Sources['gradients'] = async (of, names) => {
			asked.push(`gradients of ${names.join(' ')}`);
			const found = await model.gradients(trace, { names, classIndex: Number(of) });
			const taps = await Promise.all(names.map((name) => found.read(name)));
			found.dispose();
			return taps;
		};
		const sources = {
			read: (names: readonly string[], { part = null }: { part?: Part | null } = {}) => read(names, part)
		};
		const all = { ...sources, gradients, tried: none, samples: none };
		return { shown, view: viewOf(shown, selection, settings), selection, settings, sources: all, asked };
	};
	return [await look({}), await look(TINY)];
}

/** Has everything made that is looked at, as the page does. */
async function made({ view, sources }: Looked): Promise<void> {
	for (;;) {
		const wanted = [...(view.overlay.made?.() ?? []), ...view.made];
		if (view.workshop.lane.error) throw new Error(view.workshop.lane.error);
		if (wanted.every(({ value }) => value !== null)) return;
		view.workshop.follow(wanted, sources);
		while (view.workshop.lane.task) await settle();
	}
}

const smallMaps = ({ view }: Looked) => view.maps.map((row) => row.map(({ values }) => [...values]));
const close = (a: readonly number[] | Float32Array | null, b: readonly number[] | Float32Array | null, off = 1e-6) => {
	expect(a?.length).toBe(b?.length);
	a?.forEach((value, i) => expect(Math.abs(value - (b?.[i] ?? NaN))).toBeLessThan(off));
};
/** How far a weight that is held as a half may be from what it was. */
const HALF = 2 ** -11;
const shares = ({ view }: Looked, box: ShareBox) => (view.boxShares(box) ?? []).map(({ share }) => share);
/** What a table says of a head. */
const said = async ({ view }: Looked, head: number) =>
	(await view.headTable.rows[head]?.(() => undefined))?.map((text) => Number.parseFloat(text) || 0) ?? [];

beforeAll(() => useNodeBackend('wasm'));
beforeEach(() => void owned.splice(0));
afterEach(() => {
	vi.unstubAllGlobals();
	for (const one of owned.splice(0)) one.dispose();
});

const KINDS: readonly (readonly [string, () => Promise<[Looked, Looked]>])[] = [
	['a ViT', () => both()],
	['a run of which tokens were taken out', () => both([{ tap: 'blocks.0.out', tokens: [0, 3, 5, 9], do: 'keep' }])],
	['a run that passes a block by', () => both([{ tap: 'blocks.1', do: 'skip' }])],
	...VARIANTS.map((one) => [one.name, () => both([], variantCheckpoint(one))] as const)
];

describe.each(KINDS)('the view of %s that the page has no room for', (_, looked) => {
	it('shows in the block that is looked at, and of the picked token in all, what one with room does', async () => {
		const [whole, few] = await looked();
		for (const [block] of whole.view.blockNames.entries()) {
			for (const { selection } of [whole, few]) {
				selection.chooseBlock(block);
				selection.pick(5);
			}
			await made(few);
			for (const [i, maps] of smallMaps(few).entries())
				for (const [head, map] of maps.entries())
					close(map, smallMaps(whole)[i]?.[head] ?? null, i === block ? HALF : 1e-6);
			close(few.view.maxima.of.flat(), whole.view.maxima.of.flat(), HALF);
			const box = { x: 0, y: 0, width: 0.5, height: 1 };
			close(shares(few, box), shares(whole, box), HALF);
			for (const [i, { values }] of few.view.stops.entries()) close(values, whole.view.stops[i]?.values ?? null, HALF);
			for (const { selection } of [whole, few]) selection.hover(7);
			for (const head of [0, 1, 'mean'] as const) {
				for (const { selection } of [whole, few]) selection.chooseHead(head);
				close(few.view.overlaid.values, whole.view.overlaid.values, HALF);
				if (head === 'mean') continue;
				const [little, all] = [await said(few, head), await said(whole, head)];
				// A figure may be rounded up in one and down in the other; CLS's share is in percent, a distance in pixels.
				for (const [i, figure] of little.entries())
					expect(Math.abs(figure - (all[i] ?? NaN))).toBeLessThan(i === 0 ? 0.02 : 1.1);
				expect(few.view.title).toBe(whole.view.title);
			}
			for (const { selection } of [whole, few]) selection.hover(null);
		}
	});
});

describe('a page without room', () => {
	it('reads the chosen block and the lines of the picked token, once, and nothing for the pointer', async () => {
		const [, few] = await both();
		expect(few.asked).toEqual(['embeddings null']);
		expect([few.view.title, few.view.overlaid.values, few.view.overlaid.note]).toEqual([
			'Block 2, mean over heads',
			null,
			''
		]);
		few.asked.length = 0;
		await made(few);
		const pattern = (block: number) => `blocks.${block}.attn.pattern`;
		expect(few.asked).toEqual([
			`${pattern(1)} {"halves":"heads"}`,
			`${pattern(1)} {"halves":"mean"}`,
			`${pattern(1)} {"lines":0}`,
			`${pattern(0)} {"lines":0}`
		]);
		few.asked.length = 0;
		const [before, wanted] = [smallMaps(few), few.view.made];
		for (const token of [1, 4, 9]) {
			few.selection.hover(token);
			few.selection.chooseHead(token % 2);
			expect(few.view.overlaid.values?.some(Boolean)).toBe(true);
			expect(smallMaps(few)[0]).toEqual(before[0]);
			expect(smallMaps(few)[1]).not.toEqual(before[1]);
		}
		few.selection.hover(null);
		few.selection.direction = 'to';
		expect(smallMaps(few)[0]).not.toEqual(before[0]);
		expect(few.view.made).toEqual(wanted);
		await made(few);
		expect(few.asked).toEqual([]);
		few.selection.chooseBlock(0);
		expect([few.view.overlaid.values, few.view.whole, few.view.headTable.rows]).toEqual([null, null, []]);
		await made(few);
		expect(few.asked).toEqual([`${pattern(0)} {"halves":"heads"}`, `${pattern(0)} {"halves":"mean"}`]);
		few.asked.length = 0;
		few.selection.pick(3);
		expect(smallMaps(few)[1]?.every((values) => values.length === 0)).toBe(true);
		await made(few);
		expect(few.asked).toEqual([0, 1].map((block) => `${pattern(block)} {"lines":3}`));
		expect(few.view.smallMap).toMatch(/^At this size the page holds one block/);
	});

	it('follows attention through the blocks one after the other, and maps a class without a pattern or its gradient', async () => {
		const [whole, few] = await both();
		for (const overlay of ['rollout', 'relevance', 'grad-cam', 'input-gradient'] as const) {
			for (const one of [whole, few]) {
				one.settings.overlay = overlay;
				await made(one);
			}
			close(few.view.overlaid.values, whole.view.overlaid.values);
			expect(few.view.overlaid.values?.some(Boolean)).toBe(true);
		}
		const names = gradientMapNames(few.shown.model.config).join(' ');
		expect(few.asked.filter((one) => one.startsWith('gradients'))).toEqual([`gradients of ${names}`]);
		expect(names).not.toMatch(/pattern/);
	});
});
