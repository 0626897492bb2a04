import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../engine/families';
import { planCheckpoint } from '../engine/checkpoint/plan';
import { readSafetensors } from '../engine/checkpoint/safetensors';
import { blockCount, defaultModel, modelEntry, MODELS, sourceOf, type ModelEntry } from './registry';

const site = 'https://site.example/patchwork/';
const endpoint = 'https://hub.example';

/** What `training/export.py` measured on one set of photos. */
interface Measured {
	readonly photos: number;
	readonly top1: number;
	readonly teacher: { readonly top1: number };
}

const CNNS = MODELS.filter(({ patchSize, prefix }) => patchSize === 32 && prefix.length === 0);
const PLAIN = MODELS.filter((entry) => entry.family !== 'Swin' && !CNNS.some(({ id }) => id === entry.id));

describe('the registry', () => {
	it.each(MODELS.filter((model: ModelEntry) => model.bundled))('says the truth about $id', (entry: ModelEntry) => {
		const folder = `static/models/${entry.id}`;
		const json: unknown = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'));
		const tensors = readSafetensors(new Uint8Array(readFileSync(`${folder}/model.safetensors`)).buffer);
		const { config, parameters } = planCheckpoint(json, null, tensors);
		expect(statSync(`${folder}/model.safetensors`).size).toBe(entry.bytes);
		expect(parameters).toBe(entry.parameters);
		expect(config).toMatchObject({ imageSize: [entry.input, entry.input], patchSize: entry.patchSize });
		const said = entry.groups.map(({ blocks, heads, tokens }) => ({ blocks, heads, tokens }));
		expect(groupsOf(config).map(({ blocks, heads, tokens }) => ({ blocks, heads, tokens }))).toEqual(said);
	});

	it.each([
		['patchwork-t', 'ViT-Tiny'],
		['patchwork-c', 'its teacher, MobileNetV2,']
	])('says of %s what was measured, and of its teacher beside it', (id, name) => {
		const figures = JSON.parse(readFileSync(`static/models/${id}/figures.json`, 'utf8')) as {
			held_out: { samples: Measured };
		};
		const { photos, top1, teacher } = figures.held_out.samples;
		expect(modelEntry(id).caveat).toBe(
			`right at its first guess on ${Math.round(100 * top1)} % of ${photos} photos that it was not trained on; ` +
				`${name} on ${Math.round(100 * teacher.top1)} %`
		);
	});

	it('names labels that the site has', () => {
		const named = MODELS.flatMap((model: ModelEntry) => model.labels ?? []);
		expect(named.filter((path) => !existsSync(`static/${path}`))).toEqual([]);
	});

	it("has the thousand names of ImageNet-1k in a file that is no model's own", () => {
		const { labels } = modelEntry('vit-tiny');
		const names: unknown = JSON.parse(readFileSync(`static/${labels}`, 'utf8'));
		expect(labels).not.toMatch(/^models\//);
		expect(names).toMatchObject({ length: 1000, 0: 'tench', 574: 'golf ball', 999: 'toilet tissue' });
	});

	it('finds entries by id and names the choices otherwise', () => {
		expect(modelEntry('vit-tiny').title).toBe('ViT-Tiny/16');
		expect(() => modelEntry('resnet')).toThrow(
			/^There is no model called "resnet": choose one of vit-tiny, patchwork-t,/
		);
	});

	it('has every model once, each from a repository of its own', () => {
		for (const field of ['id', 'title', 'repo', 'why'] as const) {
			const said = MODELS.flatMap((model) => model[field] ?? []);
			expect(new Set(said).size).toBe(said.length);
		}
	});

	it('counts the blocks of all groups', () => {
		expect(blockCount(modelEntry('swin-tiny'))).toBe(12);
		expect(blockCount(modelEntry('patchwork-t'))).toBe(12);
	});

	it.each(PLAIN)('counts the tokens of $id', (entry: ModelEntry) => {
		const tokens = entry.prefix.length + (entry.input / entry.patchSize) ** 2;
		expect(entry.groups.map(({ tokens }) => tokens)).toEqual([tokens]);
	});

	it.each(CNNS)('halves the sides of the maps of $id down to the last', (entry: ModelEntry) => {
		const sides = entry.groups.map(({ grid }) => grid?.[0] ?? 0);
		const steps = sides.slice(1).map((side, i) => (sides[i] ?? 0) / side);
		expect(steps.every((step) => step === 1 || step === 2)).toBe(true);
		expect(sides.at(-1)).toBe(entry.input / entry.patchSize);
		expect(entry.groups.every(({ tokens, heads }, i) => tokens === (sides[i] ?? 0) ** 2 && heads === 0)).toBe(true);
	});

	it.each(CNNS)('counts the parameters of $id', ({ id, classes, parameters }: ModelEntry) => {
		expect(parameters).toBe(CONVOLVED[id]?.(classes));
	});

	it('halves the sides of the grid from stage to stage of a Swin', () => {
		const { groups, input, patchSize } = modelEntry('swin-tiny');
		expect(groups.map(({ tokens }) => tokens)).toEqual(groups.map((_, i) => (input / patchSize / 2 ** i) ** 2));
	});

	it.each(PLAIN)('counts the parameters of $id', (entry: ModelEntry) => {
		expect(entry.parameters).toBe(parametersOf(entry, WIDTHS[entry.id] ?? 0));
	});

	it('counts the parameters of the Swin', () => {
		const { groups, parameters, classes, patchSize } = modelEntry('swin-tiny');
		const widths = groups.map((_, i) => 96 * 2 ** i);
		const blocks = groups.map(({ blocks, heads }, i) => blocks * (blockOf(widths[i] ?? 0) + heads * 13 ** 2));
		// Between stages four patches are normalised together and projected to twice the width, without a bias.
		const merging = widths.slice(0, -1).map((width) => 2 * 4 * width + 4 * width * 2 * width);
		const ends = 3 * patchSize ** 2 * 96 + 3 * 96 + 2 * 768 + classes * 769;
		expect([...blocks, ...merging].reduce((sum, count) => sum + count, ends)).toBe(parameters);
	});

	it.each(MODELS.filter(({ verified }) => !verified))('says of $id what its parameters take', (entry: ModelEntry) => {
		expect(entry.bytes).toBe(4 * entry.parameters);
		expect(entry.quality).toBe(0);
	});
});

/** The width of each plain model, by the papers that describe them. */
const WIDTHS: Readonly<Record<string, number>> = {
	'patchwork-t': 192,
	'vit-tiny': 192,
	'deit-tiny': 192,
	'deit-tiny-distilled': 192,
	'dino-s16': 384,
	'dino-s8': 384,
	'dinov2-s14-reg': 384,
	'dinov3-s16': 384,
	'vit-little-reg4-gap': 320,
	'clip-b32': 768,
	'siglip2-b16': 768,
	'vit-base': 768
};

/** An encoder block of width d with an MLP of `hidden`: two norms, four projections, two layers, all with biases. */
const blockOf = (d: number, hidden = 4 * d): number => 4 * d ** 2 + 2 * d * hidden + 9 * d + hidden;

/** What a kind has otherwise than a plain ViT of width d. */
interface Otherwise {
	/** Of what comes before the blocks and after them. */
	readonly ends?: number;
	/** Of each block. */
	readonly block?: number;
	/** Places that have a position, of the patches and of what stands before them. */
	readonly positions?: number;
	readonly hidden?: number;
}

const OTHERWISE: Readonly<Record<string, (d: number) => Otherwise>> = {
	// Positions for 518 pixels, none for its registers, a token for masked patches, and layer scale.
	'dinov2-s14-reg': (d) => ({ positions: (518 / 14) ** 2 + 1, ends: d, block: 2 * d }),
	// No positions, no bias for query, key and value, and layer scale.
	'dinov3-s16': (d) => ({ positions: 0, block: 2 * d - 3 * d }),
	// None for its registers, an MLP of 5.6 d, and layer scale.
	'vit-little-reg4-gap': (d) => ({ positions: 16 ** 2, block: 2 * d, hidden: 5.6 * d }),
	// No bias for patches, a norm before the blocks, and a projection to 512 numbers.
	'clip-b32': (d) => ({ ends: -d + 2 * d + 512 * (d + 1) }),
	// A pooling: what its query is made of, and a block with one norm fewer.
	'siglip2-b16': (d) => ({ ends: d + blockOf(d) - 2 * d })
};

/** Every weight of a ViT of width `d`, as its layers have them. */
function parametersOf(entry: ModelEntry, d: number): number {
	const { patchSize, prefix, classes, input } = entry;
	const own = OTHERWISE[entry.id]?.(d) ?? {};
	const { positions = (input / patchSize) ** 2 + prefix.length, ends = 0, block = 0, hidden } = own;
	const embedding = 3 * patchSize ** 2 * d + d + (prefix.length + positions) * d;
	const heads = prefix.includes('Distillation') ? 2 : 1;
	return embedding + ends + blockCount(entry) * (blockOf(d, hidden) + block) + 2 * d + heads * classes * (d + 1);
}

/** A convolution without a bias and the norm behind it. */
const conv = (inputs: number, outputs: number, kernel: number) => inputs * outputs * kernel ** 2 + 2 * outputs;

/** Every weight of a ResNet of the paper's table 1. @param widths the inputs and outputs of each stage's first block */
function resnet(blocks: readonly number[], block: (inputs: number, outputs: number) => number, last: number) {
	const widths = blocks.map((_, stage) => (last / 8) * 2 ** stage);
	const stages = blocks.map((count, stage) => {
		const outputs = widths[stage] ?? 0;
		const inputs = widths[stage - 1] ?? 64;
		const shortcut = inputs === outputs ? 0 : conv(inputs, outputs, 1);
		return block(inputs, outputs) + shortcut + (count - 1) * block(outputs, outputs);
	});
	return (classes: number) => stages.reduce((sum, stage) => sum + stage, conv(3, 64, 7)) + classes * (last + 1);
}

const basic = (inputs: number, outputs: number) => conv(inputs, outputs, 3) + conv(outputs, outputs, 3);
const bottleneck = (inputs: number, outputs: number) => {
	const inner = outputs / 4;
	return conv(inputs, inner, 1) + conv(inner, inner, 3) + conv(inner, outputs, 1);
};

/** Table 2 of MobileNetV2's paper: how much wider a block is inside, its outputs, and how many of them. */
const BOTTLENECKS = [
	[1, 16, 1],
	[6, 24, 2],
	[6, 32, 3],
	[6, 64, 4],
	[6, 96, 3],
	[6, 160, 3],
	[6, 320, 1]
] as const;

function mobileNet(classes: number): number {
	let [sum, inputs] = [conv(3, 32, 3), 32];
	for (const [wider, outputs, count] of BOTTLENECKS) {
		for (let block = 0; block < count; block++) {
			const inner = wider * inputs;
			const widening = wider === 1 ? 0 : conv(inputs, inner, 1);
			sum += widening + (9 * inner + 2 * inner) + conv(inner, outputs, 1);
			inputs = outputs;
		}
	}
	return sum + conv(inputs, 1280, 1) + classes * 1281;
}

const CONVOLVED: Readonly<Record<string, (classes: number) => number>> = {
	'patchwork-c': mobileNet,
	'mobilenet-v2': mobileNet,
	'resnet-18': resnet([2, 2, 2, 2], basic, 512),
	'resnet-50': resnet([3, 4, 6, 3], bottleneck, 2048)
};

describe('defaultModel', () => {
	it('takes the better one that is there', () => {
		expect(defaultModel(['patchwork-t', 'vit-tiny']).id).toBe('vit-tiny');
		expect(defaultModel(['patchwork-t']).id).toBe('patchwork-t');
		expect(defaultModel(['something-else']).id).toBe('patchwork-t');
	});
});

describe('sourceOf', () => {
	const tiny = modelEntry('vit-tiny');

	it('takes the site where it has the model', () => {
		const source = sourceOf(tiny, { site, available: ['vit-tiny'], endpoint });
		expect(source.from).toEqual({ kind: 'site', folder: `${site}models/vit-tiny/` });
		expect(source.labels).toBe(`${site}labels/imagenet-1k.json`);
	});

	it('takes the hub where it has not', () => {
		expect(sourceOf(tiny, { site, available: ['patchwork-t'], endpoint }).from).toEqual({
			kind: 'hub',
			repo: 'timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k',
			endpoint
		});
	});

	it('says so where nobody has', () => {
		const nowhere = { ...tiny, repo: null };
		expect(() => sourceOf(nowhere, { site, available: [], endpoint })).toThrow('choose another model');
	});
});
