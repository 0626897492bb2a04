import { beforeAll, describe, expect, it } from 'vitest';
import { channelOf } from '../../analysis/channels';
import { useNodeBackend } from '../../engine/backends/node';
import { Model } from '../../engine/model';
import { asConv, convPixels, mobileNetCheckpoint, resNetCheckpoint } from '../../engine/testing/conv-checkpoint';
import { limitsOf } from '../../run/limits';
import { Selection } from '../../run/selection.svelte';
import type { Shown } from '../../run/shown';
import { cut, FakeEngine, model as described, photo, result } from '../../run/testing';
import { ViewSettings } from '../../run/view-settings.svelte';
import { readShown } from '../read-shown';
import { ConvView, OFFERED } from './conv-view.svelte';
import type { BlockMap } from './patterns';

const NO_PANELS = { over: null, beside: null, below: null, query: null, maps: null };

/** A real run of a made-up CNN, and what is looked at in it. */
async function looked(files = mobileNetCheckpoint()) {
	const model = Model.load(files);
	const trace = await model.run(convPixels());
	const config = asConv(model.config);
	const engine = new FakeEngine();
	const taps = new Map(await Promise.all(trace.names.map(async (name) => [name, await trace.read(name)] as const)));
	engine.read = async (_, names) => names.flatMap((name) => taps.get(name) ?? []);
	const ran = { ...result(1), model: { ...described('made-up'), config } };
	const shown = (await readShown(engine, { photo: photo('a'), crop: null, edits: [] }, ran, cut)) as unknown as Shown<
		typeof config,
		BlockMap
	>;
	const selection = new Selection(
		() => limitsOf(shown),
		() => ({ grid: shown.grid, window: { x: 0, y: 0, width: 1, height: 1 }, photo: shown.photo.blob })
	);
	const settings = new ViewSettings();
	for (const owner of [trace, model]) owner.dispose();
	return { view: new ConvView(shown, selection, settings, NO_PANELS), selection, settings, taps, config };
}

beforeAll(() => useNodeBackend('cpu'));

describe('a CNN', () => {
	it('has its blocks to choose from, by stage, each on a grid of its own', async () => {
		const { view, selection, taps } = await looked();
		expect(view.blockNames.slice(0, 3)).toEqual(['Stage 1, block 1', 'Stage 2, block 1', 'Stage 2, block 2']);
		expect(view.blockNames).toHaveLength(8);
		for (const block of [0, 3, 7]) {
			selection.chooseBlock(block);
			const { rows, columns } = view.grid;
			expect(taps.get(view.map?.tap ?? '')?.shape).toEqual([1, rows * columns, view.map?.heads]);
			expect(view.stops[block]?.values).toHaveLength(rows * columns);
		}
		expect([view.stops[1]?.label, view.map?.cell]).toEqual(['2.1', view.config.patchSize]);
	});

	it('offers channels in place of heads, the most active first, by their numbers', async () => {
		const { view, selection, taps } = await looked();
		selection.chooseBlock(4);
		const { data, shape } = taps.get('stages.3.blocks.0.out') ?? { data: new Float32Array(), shape: [] };
		const channels = shape[2] ?? 0;
		const means = Array.from({ length: channels }, (_, channel) =>
			channelOf({ data, channels }, channel).reduce((sum, value) => sum + Math.abs(value), 0)
		);
		const order = means.map((_, channel) => channel).sort((a, b) => (means[b] ?? 0) - (means[a] ?? 0));
		expect(view.members.offered).toEqual(order);
		expect(channels).toBeLessThan(OFFERED);
		selection.chooseHead(order[1] ?? 0);
		expect([...(view.overlaid.values ?? [])]).toEqual([...channelOf({ data, channels }, order[1] ?? 0)]);
		expect(view.title).toBe(`Stage 4, block 1, channel ${(order[1] ?? 0) + 1}`);
		expect(view.maps.map((maps) => maps.length)).toEqual([0, 0, 0, 0, channels, 0, 0, 0]);
	});

	it('scales a channel by its own magnitude or that of all of the block, on both sides of 0 where values are', async () => {
		const { view, selection, settings } = await looked();
		selection.chooseBlock(1);
		selection.chooseHead(view.order.at(-1) ?? 0);
		const own = view.overlaid;
		const most = Math.max(...(own.values ?? []).map(Math.abs));
		expect([own.isSigned, own.domain]).toEqual([true, [-most, most]]);
		settings.scale = 'shared';
		const all = Math.max(...(view.map?.data ?? []).map(Math.abs));
		expect(view.overlaid.domain).toEqual([-all, all]);
		selection.chooseHead('mean');
		expect([view.overlaid.isSigned, view.overlaid.domain[0]]).toEqual([false, 0]);
		const resNet = await looked(resNetCheckpoint());
		resNet.selection.chooseHead(0);
		expect([resNet.view.overlaid.isSigned, resNet.view.overlaid.domain[0]]).toEqual([false, 0]);
	});

	it('keeps the very place that was picked, and what it is on coarser and finer maps', async () => {
		const { view, selection, settings } = await looked();
		selection.chooseBlock(0);
		const { columns, rows } = view.grid;
		const token = 3 * columns + 5;
		view.pick(token);
		expect([view.token, view.unit?.token]).toEqual([token, token]);
		selection.chooseBlock(7);
		const last = view.grid;
		const place = Math.floor((3.5 / rows) * last.rows) * last.columns + Math.floor((5.5 / columns) * last.columns);
		expect(view.token).toBe(place);
		settings.overlay = 'photo';
		selection.chooseBlock(0);
		expect(view.unit?.token).toBe(token);
		const again = new Selection(() => ({ depth: 8, heads: 1 }));
		again.open(selection.link);
		expect(again.link.token).toEqual({ x: 5.5 / columns, y: 3.5 / rows });
	});

	it('draws what it has in place of an overlay that it does not have, and lists no such', async () => {
		const { view, settings } = await looked();
		settings.overlay = 'rollout';
		expect([view.overlay.id, view.title]).toEqual(['attention', 'Stage 7, block 1, all channels']);
		const ids = view.overlays.map(({ id }) => id);
		for (const id of ['mask', 'rollout', 'relevance']) expect(ids).not.toContain(id);
		expect(ids).toEqual(expect.arrayContaining(['field', 'cam', 'grad-cam', 'input-gradient', 'occlusion']));
	});

	it('says what a unit can see, in pixels of the photo', async () => {
		const { view, selection } = await looked();
		selection.chooseBlock(0);
		view.pick(0);
		// A stem of 3 x 3 at a stride of 2, and a depthwise convolution of 3 x 3.
		expect([view.unit?.field.height, view.unit?.field.rows, view.unit?.name]).toEqual([
			7,
			[0, 3],
			'stage 1, block 1 at row 1, column 1'
		]);
	});
});
