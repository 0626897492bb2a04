import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRecord } from '../base/json';
import { blockCount, defaultModel, modelEntry, MODELS, sourceOf, type ModelEntry } from './registry';

const site = 'https://site.example/patchwork/';
const endpoint = 'https://hub.example';

/** What `training/export.py` measured on one set of photos. */
interface Measured {
	readonly photos: number;
	readonly top1: number;
	readonly teacher: { readonly top1: number };
}

describe('the registry', () => {
	it.each(MODELS.filter((model: ModelEntry) => model.bundled))('says the truth about $id', ({ id, ...entry }) => {
		const folder = `static/models/${id}`;
		const config: unknown = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'));
		expect(statSync(`${folder}/model.safetensors`).size).toBe(entry.bytes);
		const [group] = entry.groups;
		expect(isRecord(config) && config['model_args']).toMatchObject({ depth: group.blocks, num_heads: group.heads });
	});

	it('says of the bundled model what was measured, and of its teacher beside it', () => {
		const { caveat } = modelEntry('patchwork-t');
		const path = 'static/models/patchwork-t/figures.json';
		const figures = JSON.parse(readFileSync(path, 'utf8')) as { held_out: { samples: Measured } };
		const { photos, top1, teacher } = figures.held_out.samples;
		expect(caveat).toBe(
			`right at its first guess on ${Math.round(100 * top1)} % of ${photos} photos that it was not trained on; ` +
				`ViT-Tiny on ${Math.round(100 * teacher.top1)} %`
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
			expect(new Set(MODELS.map((model) => model[field])).size).toBe(MODELS.length);
		}
	});

	it('counts the blocks of all groups', () => {
		expect(blockCount(modelEntry('swin-tiny'))).toBe(12);
		expect(blockCount(modelEntry('patchwork-t'))).toBe(12);
	});

	it.each(MODELS.filter(({ family }) => family !== 'Swin'))('counts the tokens of $id', (entry: ModelEntry) => {
		const tokens = entry.prefix.length + (entry.input / entry.patchSize) ** 2;
		expect(entry.groups.map(({ tokens }) => tokens)).toEqual([tokens]);
	});

	it('halves the sides of the grid from stage to stage of a Swin', () => {
		const { groups, input, patchSize } = modelEntry('swin-tiny');
		expect(groups.map(({ tokens }) => tokens)).toEqual(groups.map((_, i) => (input / patchSize / 2 ** i) ** 2));
	});

	it.each(MODELS.filter(({ family }) => family !== 'Swin'))('counts the parameters of $id', (entry: ModelEntry) => {
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
