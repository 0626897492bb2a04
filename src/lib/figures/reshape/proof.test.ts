import { asViT } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../engine/backends/node';
import { rearrange } from '../../engine/einops/apply';
import { Model } from '../../engine/model';
import type { TapData } from '../../engine/tap';
import { pixelValues, timmCheckpoint } from '../../engine/testing/checkpoint';
import { swinConfigWith } from '../../engine/testing/swin-config';
import type { FigureRun, WindowsRun } from '../figure';
import { order } from './order';
import { isSame, pictureOf, sourcePicture } from './picture';
import { tryPattern } from './playground';
import { isRounding, prove, type Proof } from './proof';
import { PROOF_TAPS, startOf } from './figure';

/** The taps of a run of a small model with random weights, as the page gets them. */
let taps: ReadonlyMap<string, TapData>;
let config: ViTConfig;
const tap = (name: string): TapData => {
	const data = taps.get(name);
	if (!data) throw new Error(`no tap ${name}`);
	return data;
};

beforeAll(async () => {
	await useNodeBackend('cpu');
	const model = Model.load(timmCheckpoint());
	config = asViT(model.config);
	const trace = await model.run(pixelValues());
	const names = [...PROOF_TAPS, 'patches', 'blocks.0.query', 'parameters.cls_token'];
	const read = names.map(async (name) => [name, await model.read(trace, name)] as const);
	taps = new Map(await Promise.all(read));
	trace.dispose();
	model.dispose();
});

async function proven(patchEmbed = tap('patch_embed').data): Promise<Proof> {
	const projection = {
		weight: tap('parameters.patch_embed.weight').data,
		bias: tap('parameters.patch_embed.bias').data
	};
	const input = { config, pixels: tap('pixel_values'), projection, patchEmbed };
	let last: Proof | null = null;
	for await (const proof of prove(input, new AbortController().signal)) last = proof;
	if (!last) throw new Error('nothing was proved');
	return last;
}

describe('prove', () => {
	it('finds both variants equal to each other and to the model, but for rounding', async () => {
		const proof = await proven();
		expect(proof).toMatchObject({ compared: 16, patches: 16, dim: config.dim });
		expect(proof.largest).toBeGreaterThan(0.1);
		expect(proof.between).toBeLessThan(1e-5 * proof.largest);
		expect(proof.fromModel).toBeLessThan(1e-5 * proof.largest);
		expect(isRounding(proof)).toBe(true);
		expect(isRounding({ ...proof, fromModel: 0.01 * proof.largest })).toBe(false);
		expect(isRounding({ ...proof, between: NaN })).toBe(false);
	});

	it('finds what is wrong in any patch', async () => {
		const wrong = tap('patch_embed').data.slice();
		wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) + 0.5;
		expect((await proven(wrong)).fromModel).toBeCloseTo(0.5, 4);
		wrong[3] = NaN;
		expect((await proven(wrong)).fromModel).toBeNaN();
	});

	it('stops when it is told to', async () => {
		const aborter = new AbortController();
		aborter.abort();
		const projection = {
			weight: tap('parameters.patch_embed.weight').data,
			bias: tap('parameters.patch_embed.bias').data
		};
		const input = { config, pixels: tap('pixel_values'), projection, patchEmbed: tap('patch_embed').data };
		const parts: Proof[] = [];
		for await (const proof of prove(input, aborter.signal)) parts.push(proof);
		expect(parts.length).toBeLessThanOrEqual(1);
	});
});

describe('what the playground shows', () => {
	const photo = () => sourcePicture('photo', tap('pixel_values'), config);

	it('is the numbers of the model: its patches, in another order within each', () => {
		const state = startOf('patchify', 'merge');
		const outcome = tryPattern(state, config);
		if ('error' in outcome) throw outcome.error;
		const picture = pictureOf(outcome.working, photo(), config);
		const sizes = { p1: config.patchSize, p2: config.patchSize };
		const patches = rearrange(picture.output, 'b n (p1 p2 c) -> b n (c p1 p2)', sizes);
		expect(patches.data).toEqual(tap('patches').data);
		expect(isSame(patches, tap('patches'))).toBe(true);
		expect(isSame(picture.output, tap('patches'))).toBe(false);
		expect(picture.before).toBe(picture.after);
		expect(picture.before).toHaveLength(patches.data.length);
	});

	it('is the queries before they are split into heads, and the very tap after', () => {
		const state = startOf('heads', 'merge');
		const outcome = tryPattern(state, config);
		if ('error' in outcome) throw outcome.error;
		const queries = sourcePicture('queries', tap('blocks.0.query'), config);
		expect(queries.tensor.shape).toEqual([17, config.dim]);
		const picture = pictureOf(outcome.working, queries, config);
		expect(picture.output.data).toEqual(tap('blocks.0.query').data);
		expect(isSame(picture.output, tap('blocks.0.query'))).toBe(true);
		expect(isSame(queries.tensor, tap('blocks.0.query'))).toBe(false);
	});

	it('is the mean of each channel of each patch, grey only without channels', () => {
		const state = startOf('pool', 'merge');
		const outcome = tryPattern(state, config);
		if ('error' in outcome) throw outcome.error;
		const picture = pictureOf(outcome.working, photo(), config);
		const area = config.patchSize ** 2;
		const first = tap('patches').data.subarray(0, area);
		expect(picture.output.data[0]).toBeCloseTo(first.reduce((sum, value) => sum + value, 0) / area, 5);
		const grey = { ...state, pattern: 'b c (h p1) (w p2) -> b h w' };
		const other = tryPattern(grey, config);
		if ('error' in other) throw other.error;
		const { after } = pictureOf(other.working, photo(), config);
		for (const colour of after.subarray(0, 50)) expect(colour & 255).toBe((colour >> 16) & 255);
	});
});

describe('the prediction about the order', () => {
	it('is answered by the embeddings of reordered rows', async () => {
		const verdict = await order.answer({ model: { config } } as unknown as FigureRun, tap);
		const swin = swinConfigWith({
			...config,
			stages: [{ depth: 1, heads: 1, dim: config.dim, mlpDim: 8, window: 2 }],
			family: 'swin'
		});
		expect(order.answer({ model: { config: swin } } as unknown as WindowsRun, tap)).toEqual(verdict);
		expect(verdict.choice).toBe(2);
		expect(verdict.sentence).toMatch(/^Over 16 patches .* mean cosine .* is -?0\.\d\d/);
	});
});
