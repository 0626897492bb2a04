import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { massMask } from '../analysis/attention-mask';
import { cosine } from '../analysis/cosine';
import { norm, rowAt } from '../analysis/linear';
import { settle } from '../base/testing';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { Model, type CheckpointFiles } from '../engine/model';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import { convPixels, mobileNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { headlessCheckpoint } from '../engine/testing/kinds';
import { swinCheckpoint, swinPixels } from '../engine/testing/swin-checkpoint';
import { VARIANTS, variantCheckpoint } from '../engine/testing/variants';
import type { Trace } from '../engine/trace';
import { limitsOf } from '../run/limits';
import { Selection } from '../run/selection.svelte';
import type { Shown } from '../run/shown';
import { cut, FakeEngine, model as described, photo, result } from '../run/testing';
import { OF_CLASS, OVERLAYS, type Overlay } from '../run/url';
import { ViewSettings } from '../run/view-settings.svelte';
import { viewOf } from './families';
import type { Sources } from './making.svelte';
import type { ModelView } from './model-view';
import { readShown } from './read-shown';

const owned: { dispose(): void }[] = [];

/** A real run, what is looked at in it, and what may be asked about it. */
class Looked {
	readonly settings = new ViewSettings();
	readonly selection: Selection;
	readonly view: ModelView;
	readonly trace: Trace;
	readonly sources: Sources;
	/** What was asked of the run, and how often. */
	readonly asked: string[] = [];

	constructor(model: Model, trace: Trace, shown: Shown, pixels: Float32Array) {
		this.trace = trace;
		this.selection = new Selection(
			() => limitsOf(shown),
			() => ({ grid: shown.grid, window: { x: 0, y: 0, width: 1, height: 1 }, photo: shown.photo.blob })
		);
		this.view = viewOf(shown, this.selection, this.settings);
		const read = (names: readonly string[]) => Promise.all(names.map((name) => trace.read(name)));
		this.sources = {
			read: (names) => (this.asked.push(`read ${names.join(' ')}`), read(names)),
			gradients: async (of, names) => {
				this.asked.push(typeof of === 'number' ? `class ${of}` : `${of.from} ${of.token}`);
				const start = typeof of === 'number' ? { classIndex: of } : of;
				const gradients = await model.gradients(trace, { names, ...start });
				const taps = await Promise.all(names.map((name) => gradients.read(name)));
				gradients.dispose();
				return taps;
			},
			tried: async (edits, names) => {
				this.asked.push(`tried ${edits.length}`);
				const other = await model.run(pixels, { edits: [...edits] });
				const taps = await Promise.all(names.map((name) => other.read(name)));
				other.dispose();
				return taps;
			},
			samples: async (names) => (this.asked.push('samples'), [await read(names), await read(names)])
		};
	}

	static async at(files: CheckpointFiles, pixels: Float32Array, edits: Edit[] = []): Promise<Looked> {
		const model = Model.load(files);
		const trace = await model.run(pixels, { edits });
		owned.push(trace, model);
		const engine = new FakeEngine();
		engine.read = (_, names) => Promise.all(names.map((name) => trace.read(name)));
		const ran = { ...result(1), edits, model: { ...described('made-up'), config: model.config } };
		const top = model.config.classes > 0 ? ran.top : [];
		const shown = await readShown(engine, { photo: photo('a'), crop: null, edits }, { ...ran, top }, cut);
		return new Looked(model, trace, shown, pixels);
	}

	/** Shows an overlay, with everything made that it draws. */
	async show(overlay: Overlay) {
		this.settings.overlay = overlay;
		const { workshop } = this.view;
		for (;;) {
			const wanted = this.view.overlay.made?.() ?? [];
			if (workshop.lane.error !== null || wanted.every(({ value }) => value !== null)) break;
			workshop.follow(wanted, this.sources);
			while (workshop.lane.task) await settle();
		}
		return this.view.overlaid;
	}
}

const vit = (...edits: Edit[]) => Looked.at(timmCheckpoint(), pixelValues(), edits);
const swin = () => Looked.at(swinCheckpoint(), swinPixels());

beforeAll(() => useNodeBackend('cpu'));
afterEach(() => {
	for (const one of owned.splice(0)) one.dispose();
});

const KINDS: readonly (readonly [string, () => Promise<Looked>])[] = [
	['a ViT', vit],
	['a ViT of which tokens were taken out', () => vit({ tap: 'blocks.0.out', tokens: [0, 3, 9], do: 'keep' })],
	['a model without a head', () => Looked.at(headlessCheckpoint(), pixelValues())],
	['a Swin', swin],
	['a CNN', () => Looked.at(mobileNetCheckpoint(), convPixels())],
	...VARIANTS.map((one) => [one.name, () => Looked.at(variantCheckpoint(one), pixelValues())] as const)
];

describe.each(KINDS)('%s', (_, looked) => {
	it('has every overlay on its grid, from every block, or says why not', async () => {
		const at = await looked();
		for (const overlay of OVERLAYS) {
			expect(at.view.overlays.filter(({ id }) => id === overlay).length).toBeLessThan(2);
			for (const features of ['end', 'block'] as const) {
				for (const [block] of at.view.blockNames.entries()) {
					at.selection.chooseBlock(block);
					at.settings.features = features;
					const { values, raster, colours, mask, domain, note } = await at.show(overlay);
					expect(at.view.workshop.lane.error).toBeNull();
					const { rows, columns } = at.view.grid;
					if (values) expect(values).toHaveLength(raster.rows * raster.columns);
					if (colours) expect(colours).toHaveLength(3 * rows * columns);
					if (mask) expect(mask).toHaveLength(rows * columns);
					expect(domain[1]).toBeGreaterThanOrEqual(domain[0]);
					expect(values || colours || mask || note || overlay === 'photo' || overlay === 'patches').toBeTruthy();
					expect([at.view.title, at.view.describe(at.view.token)]).not.toContain('');
				}
			}
		}
	});
});

it('says why a model without classes has no map of one, and asks nothing of it', async () => {
	const at = await Looked.at(headlessCheckpoint(), pixelValues());
	for (const { id: overlay } of at.view.overlays.filter(({ id }) => OF_CLASS.includes(id))) {
		const { values, note } = await at.show(overlay);
		expect([values, note]).toEqual([null, expect.stringMatching(/names no classes/)]);
	}
	expect(at.asked).toEqual([]);
});

it('asks for the gradients of a class once for its three maps, and again for another class', async () => {
	const at = await vit();
	const [relevance] = [await at.show('relevance')].map(({ values }) => values);
	await at.show('grad-cam');
	const signed = await at.show('input-gradient');
	expect(at.asked.filter((one) => one.startsWith('class'))).toEqual(['class 1']);
	expect([signed.isSigned, signed.domain[0]]).toEqual([true, -signed.domain[1]]);
	at.selection.chooseClass(2);
	expect((await at.show('relevance')).values).not.toEqual(relevance);
	expect(at.view.title).toBe('Relevance of “class 2”');
	at.selection.chooseClass(1);
	await at.show('relevance');
	expect(at.asked.filter((one) => one.startsWith('class'))).toEqual(['class 1', 'class 2']);
});

it('masks the fewest patches that hold the share asked for of the chosen head', async () => {
	const at = await vit();
	at.settings.mass = 0.4;
	const { mask } = await at.show('mask');
	expect(mask).toEqual(massMask(at.view.values ?? [], 0.4).mask);
	at.settings.mass = 1;
	expect((await at.show('mask')).mask?.every((inside) => inside === 1)).toBe(true);
});

it('measures the length of the tokens that come out of the chosen block', async () => {
	const at = await vit();
	at.selection.chooseBlock(0);
	const { values } = await at.show('norms');
	const { data, shape } = await at.trace.read('blocks.0.out');
	expect(values?.[2]).toBeCloseTo(norm(rowAt(data, shape[2] ?? 0, 3)), 6);
	expect(at.view.describe(0)).toMatch(/^CLS: length /);
});

it('finds what is like the query by the features at the end, or after the block', async () => {
	const at = await vit();
	at.selection.pick(5);
	for (const [features, tap] of [
		['end', 'norm'],
		['block', 'blocks.1.out']
	] as const) {
		at.settings.features = features;
		at.selection.chooseBlock(1);
		const { values } = await at.show('likeness');
		const { data, shape } = await at.trace.read(tap);
		const row = (token: number) => rowAt(data, shape[2] ?? 0, token);
		expect(values?.[4]).toBeCloseTo(1, 6);
		expect(values?.[7]).toBeCloseTo(cosine(row(5), row(8)), 6);
	}
});

it('finds on one photo what is like a patch of another', async () => {
	const [one, other] = [await vit(), await vit({ tap: 'embeddings', tokens: 3, do: 'zero' })];
	for (const at of [one, other]) await at.show('likeness');
	one.selection.pick(4);
	Object.defineProperty(other.selection, 'lookedFrom', { value: one.view });
	const vector = one.view.featureOf(4);
	expect(vector).not.toBeNull();
	expect(other.view.overlaid.values?.[6]).toBeCloseTo(cosine(vector ?? [], other.view.featureOf(7) ?? []), 6);
	expect(other.view.title).toMatch(/of the other photo/);
});

it('colours the patches by three components, of this photo or of all samples, and the subject alone', async () => {
	const at = await vit();
	const own = await at.show('components');
	expect([own.values, own.mask, own.shares?.length]).toEqual([null, null, 3]);
	at.settings.fit = 'samples';
	const shared = await at.show('components');
	expect(at.asked).toContain('samples');
	// Two copies of one photo differ in the same directions as that photo does.
	expect(shared.shares?.[0]).toBeCloseTo(own.shares?.[0] ?? NaN, 5);
	at.settings.subject = 'high';
	const high = await at.show('components');
	at.settings.subject = 'low';
	const low = await at.show('components');
	expect(high.mask?.map((inside, i) => inside + (low.mask?.[i] ?? 0)).every((sum) => sum === 1)).toBe(true);
	expect(high.colours).not.toEqual(shared.colours);
});

it('leaves out what the run took out', async () => {
	const at = await vit({ tap: 'blocks.0.out', tokens: [0, 3, 9], do: 'keep' });
	const left = (mask: ArrayLike<number> | null) =>
		Array.from(mask ?? [], (inside, i) => (inside ? i : -1)).filter((i) => i >= 0);
	expect(left((await at.show('components')).mask)).toEqual([2, 8]);
	expect((await at.show('norms')).values?.findIndex((length) => !Number.isNaN(length))).toBe(2);
});

it('follows attention through the blocks, up to the chosen one', async () => {
	const at = await vit();
	at.selection.chooseBlock(0);
	const one = await at.show('rollout');
	expect(at.view.title).toBe('Rollout through block 1');
	at.selection.chooseBlock(1);
	const two = await at.show('rollout');
	expect(two.values).not.toEqual(one.values);
	expect(at.asked).toEqual([]);
});

it('stops when it is told to, and goes on when it is asked again', async () => {
	const at = await vit();
	at.settings.overlay = 'relevance';
	const { workshop } = at.view;
	workshop.follow(at.view.overlay.made?.() ?? [], at.sources);
	expect(workshop.lane.task?.label).toMatch(/back through the blocks/);
	workshop.stop();
	await settle();
	expect([workshop.stopped, workshop.lane.task, at.view.overlaid.values]).toEqual([true, null, null]);
	expect((await at.show('relevance')).values).not.toBeNull();
	expect(workshop.stopped).toBe(false);
});

it('says what went wrong in the words of what refused', async () => {
	const at = await vit();
	at.sources.read = () => Promise.reject(new Error('out of luck'));
	await at.show('norms');
	expect(at.view.workshop.lane.error).toMatch(/could not be worked out/);
});
