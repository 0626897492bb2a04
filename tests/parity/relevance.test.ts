import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeFile } from '../../scripts/lib/decode';
import { attentionOf, meanOverHeads, patchPart, rowOf } from '../../src/lib/analysis/attention';
import { centredGram, linearCka } from '../../src/lib/analysis/cka';
import { keepPatches, orderOf, patchesLeft } from '../../src/lib/analysis/faithfulness';
import { gradCam, gradCamTap, positivePart } from '../../src/lib/analysis/grad-cam';
import { inputTimesGradient } from '../../src/lib/analysis/input-gradient';
import { rankCorrelation } from '../../src/lib/analysis/rank-correlation';
import { rolloutFrom } from '../../src/lib/analysis/rollout';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { asViT, transformerBlocks } from '../../src/lib/engine/families';
import { Model } from '../../src/lib/engine/model';
import { preprocess } from '../../src/lib/engine/preprocess';
import { RELEVANCE } from '../../src/lib/engine/relevance';
import type { TapData } from '../../src/lib/engine/tap';
import type { Trace } from '../../src/lib/engine/trace';
import type { ViTConfig } from '../../src/lib/engine/vit/config';
import { checkpointIn } from './cases';
import { hasShared, SHARED, sharedBytes } from './recorded';

const FOLDER = 'parity/real-vit-tiny-relevance';
/** What a difference may be, of the largest number of the recording. */
const TOLERANCE = 1e-3;
const RANK_CORRELATION = 0.999;
const PATCHES = 196;
const TOKENS = PATCHES + 1;

interface Recorded {
	readonly photos: Readonly<Record<string, Readonly<Record<string, { readonly index: number }>>>>;
	readonly deletion: Readonly<Record<string, Readonly<Record<string, { readonly order: number[] }>>>>;
	readonly random_order: number[];
	readonly cka_files: readonly string[];
}

const NOTHING: Recorded = { photos: {}, deletion: {}, random_order: [], cka_files: [] };
const recorded: Recorded = hasShared(FOLDER)
	? (JSON.parse(readFileSync(`${SHARED}${FOLDER}/relevance.json`, 'utf8')) as Recorded)
	: NOTHING;
const CLASSES = Object.entries(recorded.photos).flatMap(([photo, classes]) =>
	Object.entries(classes).map(([name, { index }]) => ({ photo, name, index }))
);

describe.runIf(hasShared(FOLDER) && hasShared('models/vit-tiny'))('gradients of the real ViT-Tiny', () => {
	let model: Model;
	let config: ViTConfig;
	let expected: ReturnType<typeof readSafetensors>;
	const inputs = new Map<string, Float32Array>();
	const runs = new Map<string, Trace>();

	beforeAll(async () => {
		await useNodeBackend('wasm');
		model = Model.load(await checkpointIn('models/vit-tiny'));
		config = asViT(model.config);
		expected = readSafetensors(await sharedBytes(`${FOLDER}/expected.safetensors`));
		for (const photo of Object.keys(recorded.photos)) {
			const own = readSafetensors(await sharedBytes(`parity/real-vit-tiny/${photo}.safetensors`)).get('pixel_values');
			const pixels = own ? toFloat32(own) : new Float32Array();
			inputs.set(photo, pixels);
			runs.set(photo, await model.run(pixels));
		}
		return () => {
			for (const owner of [...runs.values(), model]) owner.dispose();
		};
	});

	const runOf = (photo: string): Trace => {
		const run = runs.get(photo);
		if (run) return run;
		throw new Error(`There is no run of ${photo}.`);
	};

	function truth(name: string): Float32Array {
		const stored = expected.get(name);
		if (!stored) throw new Error(`The recording has no ${name}.`);
		return toFloat32(stored);
	}

	/** The largest difference, of the largest number of the recording. */
	function gap(got: ArrayLike<number>, wanted: Float32Array): number {
		expect(got.length).toBe(wanted.length);
		const off = wanted.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (got[i] ?? Infinity))), 0);
		return off / wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
	}

	function expectMap(got: Float32Array, name: string): void {
		expect(gap(got, truth(name)), name).toBeLessThan(TOLERANCE);
		expect(rankCorrelation(got, truth(name)), name).toBeGreaterThan(RANK_CORRELATION);
	}

	async function gradientsOf(photo: string, classIndex: number, names: readonly string[]): Promise<TapData[]> {
		const gradients = await model.gradients(runOf(photo), { classIndex, names });
		const found = await Promise.all(names.map((name) => gradients.read(name)));
		gradients.dispose();
		return found;
	}

	const attention = (tap: TapData) => attentionOf(tap, config);

	it.each(CLASSES)('are PyTorch’s for $photo, $name, of patterns and pixels', async ({ photo, name, index }) => {
		const blocks = [0, 5, 11];
		const names = ['pixel_values', ...blocks.map((block) => `blocks.${block}.attn.pattern`)];
		const [gradient, ...patterns] = await gradientsOf(photo, index, names);
		const [pixels] = await runOf(photo).readAll(['pixel_values']);
		for (const [i, block] of blocks.entries()) {
			const wanted = truth(`${photo}.${name}.attention_gradient.${block}`);
			expect(gap(patterns[i]?.data ?? [], wanted), `block ${block}`).toBeLessThan(TOLERANCE);
		}
		if (!pixels || !gradient) throw new Error('There is no gradient of the pixels.');
		expectMap(inputTimesGradient(pixels, gradient), `${photo}.${name}.input_x_gradient`);
	});

	it.each(CLASSES)('give the reference’s relevance and Grad-CAM for $photo, $name', async ({ photo, name, index }) => {
		const [relevance, tokenGradient] = await gradientsOf(photo, index, [RELEVANCE, gradCamTap(config)]);
		const [tokens] = await runOf(photo).readAll([gradCamTap(config)]);
		expectMap(patchPart(relevance?.data ?? new Float32Array(), 1), `${photo}.${name}.relevance`);
		if (!tokens || !tokenGradient) throw new Error('There is no gradient of the tokens.');
		const signed = gradCam(tokens, tokenGradient, { tokens: TOKENS, prefix: 1 });
		expectMap(signed, `${photo}.${name}.gradcam_signed`);
		expectMap(positivePart(signed), `${photo}.${name}.gradcam`);
	});

	it.each(Object.keys(recorded.photos))('come with the reference’s rollout and last attention of %s', async (photo) => {
		const patterns = await Promise.all(
			transformerBlocks(config).map(async ({ stem }) => attention(await runOf(photo).read(`${stem}.attn.pattern`)))
		);
		expectMap(patchPart(await rolloutFrom(patterns, TOKENS, 0), 1), `${photo}.rollout`);
		const last = patterns.at(-1);
		if (!last) throw new Error('The model has no blocks.');
		expectMap(patchPart(rowOf(meanOverHeads(last), 0, 0), 1), `${photo}.last_block_cls_attention`);
	});

	it.each(CLASSES)(
		'and its curves of deletion for $photo, $name',
		async ({ photo, name, index }) => {
			const recordedOrders = recorded.deletion[`${photo}.${name}`] ?? {};
			const orders = { random: recorded.random_order };
			for (const [kind, { order }] of Object.entries(recordedOrders)) Object.assign(orders, { [kind]: order });
			expect(Object.keys(orders)).toHaveLength(4);
			for (const [kind, order] of Object.entries(orders)) {
				const curve: number[] = [];
				for (const left of patchesLeft(order, 'deletion')) {
					const edits = left.length === PATCHES ? [] : [keepPatches(left, 1)];
					const input = inputs.get(photo) ?? new Float32Array();
					const trace = await model.run(input, {
						edits,
						untouched: runOf(photo),
						taps: (tap) => tap === 'probabilities'
					});
					curve.push((await trace.read('probabilities')).data[index] ?? NaN);
					trace.dispose();
				}
				expect(gap(curve, truth(`${photo}.${name}.deletion.${kind}`)), kind).toBeLessThan(TOLERANCE);
			}
		},
		30_000
	);

	it('and its orders of patches', () => {
		for (const { photo, name } of CLASSES) {
			const ours = orderOf(truth(`${photo}.${name}.relevance`));
			expect(ours).toEqual(recorded.deletion[`${photo}.${name}`]?.['relevance']?.order);
		}
	});

	it.runIf(hasShared('photos/val'))(
		'and its CKA between all blocks over 40 photos',
		async () => {
			const blocks = Array.from({ length: config.depth }, (_, i) => `blocks.${i}.out`);
			const flat: Float32Array[][] = blocks.map(() => []);
			const means: Float64Array[][] = blocks.map(() => []);
			for (const file of recorded.cka_files) {
				const { pixelValues } = preprocess(await decodeFile(`${SHARED}photos/val/${file}`), config.preprocess, null);
				const trace = await model.run(pixelValues, { taps: (tap) => blocks.includes(tap) });
				for (const [i, name] of blocks.entries()) {
					const patches = (await trace.read(name)).data.slice(config.dim);
					flat[i]?.push(patches);
					means[i]?.push(meanRow(patches, config.dim));
				}
				trace.dispose();
			}
			for (const [features, name] of [
				[flat, 'cka'],
				[means, 'cka_mean_token']
			] as const) {
				const grams = await Promise.all(features.map((rows) => centredGram(rows)));
				const found = grams.flatMap((a) => grams.map((b) => linearCka(a, b)));
				expect(gap(found, truth(name)), name).toBeLessThan(TOLERANCE);
				expect(rankCorrelation(found, truth(name)), name).toBeGreaterThan(RANK_CORRELATION);
			}
		},
		120_000
	);
});

function meanRow(rows: Float32Array, width: number): Float64Array {
	const mean = new Float64Array(width);
	for (const [i, value] of rows.entries()) mean[i % width] = (mean[i % width] ?? 0) + (value * width) / rows.length;
	return mean;
}
