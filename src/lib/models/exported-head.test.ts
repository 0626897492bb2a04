import { beforeAll, describe, expect, it } from 'vitest';
import { pictureVector, pictureVectorTap } from '../analysis/picture-vector';
import { useNodeBackend } from '../engine/backends/node';
import { trainHeads } from '../engine/head/softmax-heads';
import { Model, type CheckpointFiles } from '../engine/model';
import { fileOf, random, roundedToHalves } from '../engine/testing/checkpoint';
import { mobileNetCheckpoint, mobileNetTensors, resNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { convReferenceLogits } from '../engine/testing/conv-reference';
import { readPlainly, type PlainTensor } from '../engine/testing/plain-safetensors';
import { referenceTaps } from '../engine/testing/reference';
import { rulesOf, variantCheckpoint, VARIANTS, type Variant } from '../engine/testing/variants';
import type { OwnHead } from './head-tensors';
import { withHead } from './new-head';
import { modelOf, plainLogits, textIn } from './testing';
import { heldWeights } from './weights';

/** What of timm's config.json a plain reader needs. */
interface Config extends Record<string, unknown> {
	readonly num_classes: number;
	readonly label_names: readonly string[];
	readonly model_args: { readonly num_heads: number };
	readonly pretrained_cfg: { readonly input_size: readonly [number, number, number] };
}

/** A pass without tfjs and without the engine, from the exported files alone. */
type PlainPass = (
	config: Config,
	tensors: ReadonlyMap<string, PlainTensor>,
	pixels: Float32Array
) => readonly number[] | undefined;

const LABELS = ['my cat', 'my neighbour’s cat', 'no cat'];
/** Photos of each class that a head learns from. */
const PHOTOS = 3;

const vit = (variant: Variant): PlainPass => {
	return (config, tensors, pixels) => {
		const [dim = 0, channels = 0, patch = 0] = tensors.get('patch_embed.proj.weight')?.shape ?? [];
		const [image] = config.pretrained_cfg.input_size.slice(1);
		const sizes = {
			...{ image: image ?? 0, patch, channels, dim, heads: config.model_args.num_heads },
			depth: [...tensors.keys()].filter((name) => name.endsWith('.norm1.weight')).length,
			mlp: tensors.get('blocks.0.mlp.fc2.weight')?.shape[1] ?? 0,
			classes: config.num_classes
		};
		// The reference takes float32 as a file has it.
		const stored = new Map(
			[...tensors].map(([name, { shape, values }]) => {
				return [name, { name, dtype: 'F32', shape, bytes: new Uint8Array(Float32Array.from(values).buffer) }];
			})
		);
		return referenceTaps(stored, pixels, sizes, rulesOf({ ...variant, config })).get('logits');
	};
};

const cnn: PlainPass = (config, tensors, pixels) => {
	const [, height, width] = config.pretrained_cfg.input_size;
	return convReferenceLogits(tensors, pixels, [height, width]);
};

const halved = (files: CheckpointFiles) => ({ ...files, weights: roundedToHalves(files.weights).halves });

/** The made-up MobileNetV2 says all but the same of every picture; with norms twice as wide, both bends of ReLU6 are met. */
function livelyMobileNet(): CheckpointFiles {
	const tensors = mobileNetTensors().map((tensor) => {
		return /bn\d\.weight$/.test(tensor.name) ? { ...tensor, data: tensor.data.map((scale) => 2 * scale) } : tensor;
	});
	return { ...mobileNetCheckpoint(), weights: fileOf(tensors) };
}

const PLAIN: Variant = { name: 'a plain ViT in float16', tensors: () => [] };

const KINDS: readonly (readonly [name: string, files: CheckpointFiles, plain: PlainPass])[] = [
	[PLAIN.name, halved(variantCheckpoint(PLAIN)), vit(PLAIN)],
	...VARIANTS.map((variant) => [variant.name, variantCheckpoint(variant), vit(variant)] as const),
	['a ResNet', resNetCheckpoint(), cnn],
	['a ResNet in float16', halved(resNetCheckpoint()), cnn],
	['a MobileNetV2', livelyMobileNet(), cnn]
];

const pictureOf = ({ config }: Model, seed: number) => {
	const [height, width] = config.imageSize;
	return Float32Array.from({ length: 3 * height * width }, random(seed));
};

async function vectorOf(model: Model, pixels: Float32Array): Promise<Float32Array> {
	const trace = await model.run(pixels);
	const vector = pictureVector(await trace.read(pictureVectorTap(model.config)), model.config);
	trace.dispose();
	return vector;
}

/** What the page does: vectors of photos by the model, and a softmax layer that learns from them. */
async function learned(model: Model): Promise<OwnHead> {
	const labels = LABELS.flatMap((_, k) => new Array<number>(PHOTOS).fill(k));
	const vectors: Float32Array[] = [];
	for (const seed of labels.keys()) vectors.push(await vectorOf(model, pictureOf(model, 100 + seed)));
	const width = vectors[0]?.length ?? 0;
	const features = Float32Array.from(vectors.flatMap((vector) => [...vector]));
	const learns = [Uint8Array.from(labels, () => 1)];
	const { weight, bias } = await trainHeads({ features, width, labels, classes: LABELS.length, learns, l2: 0.01 });
	return { weight, bias, labels: LABELS };
}

/** Logits of the exported files by the engine that the page has. */
async function byEngine(files: readonly File[], pixels: Float32Array): Promise<Float32Array> {
	const model = await modelOf(files);
	const trace = await model.run(pixels);
	const { data } = await trace.read('logits');
	for (const owner of [trace, model]) owner.dispose();
	return data;
}

describe('an exported model with a head that was learned here', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it.each(KINDS)('%s: gives the same logits in a plain pass over its bytes', async (_, files, plain) => {
		const model = Model.load(files);
		const { weights, ...others } = files;
		const head = await learned(model);
		const exported = await withHead({ ...others, weights: heldWeights([weights]) }, head);
		const pixels = pictureOf(model, 11);
		const page = plainLogits(head, await vectorOf(model, pixels));
		model.dispose();
		const config = JSON.parse(await textIn(exported.files, 'config.json')) as Config;
		expect([config.num_classes, config.label_names]).toEqual([LABELS.length, LABELS]);
		const bytes = await exported.files.find(({ name }) => name === 'model.safetensors')?.arrayBuffer();
		const logits = plain(config, readPlainly(bytes ?? new ArrayBuffer()), pixels) ?? [];
		const again = await byEngine(exported.files, pixels);
		expect([page.length, again.length, logits.length]).toEqual([3, 3, 3]);
		// What is all but equal for every class would show nothing.
		expect(Math.max(...logits) - Math.min(...logits)).toBeGreaterThan(0.1);
		for (const [k, logit] of logits.entries()) {
			expect(Math.abs(logit - (page[k] ?? NaN)), `${LABELS[k]}, as the page says it`).toBeLessThan(1e-4);
			expect(Math.abs(logit - (again[k] ?? NaN)), `${LABELS[k]}, loaded again`).toBeLessThan(1e-4);
		}
	});
});
