import { describe, expect, it } from 'vitest';
import type { ShapeOf } from '../checkpoint/fields';
import { canonical } from '../checkpoint/canonical';
import { shapesIn } from '../checkpoint/table';
import { readFiles } from '../readers';
import { SWIN_SIZES, swinConfig, swinTensors } from '../testing/swin-checkpoint';
import { swinReader } from './read';

const table = new Map(swinTensors().map((tensor) => [tensor.name, { ...tensor, dtype: 'F32' }]));
const shapeOf = shapesIn(canonical(table));

/** The made-up checkpoint's shapes after a change. */
const shapesWith =
	(changes: Record<string, number[] | undefined> = {}): ShapeOf =>
	(name) =>
		name in changes ? changes[name] : shapeOf(name);

/** The same file as a bare encoder saves it. */
const encoder = [...table].filter(([name]) => name.startsWith('swin.'));
const bare = shapesIn(canonical(new Map(encoder.map(([name, entry]) => [name.replace('swin.', ''), entry]))));

/** What timm calls the few weights that are looked at. */
const timmShapes: ShapeOf = (name) =>
	({
		'patch_embed.proj.weight': [8, 3, 4, 4],
		'layers.0.blocks.0.attn.relative_position_bias_table': [169, 2],
		'layers.0.blocks.0.attn.qkv.bias': [24],
		'layers.0.blocks.0.norm1.weight': [8],
		'layers.0.blocks.0.mlp.fc1.weight': [32, 8],
		'head.fc.weight': [11, 8]
	})[name];

const TABLE = 'encoder.layers.0.blocks.0.attention.self.relative_position_bias_table';

describe('the configuration of a Swin', () => {
	it('takes sizes from the weights and settings from the file', () => {
		const found = swinReader.read(swinConfig(), null, shapesWith());
		expect(found.names.naming).toBe('huggingface');
		expect(found.config).toMatchObject({
			family: 'swin',
			rules: 'huggingface',
			imageSize: [22, 29],
			patchSize: 3,
			channels: 3,
			stages: [
				{ depth: 2, heads: 1, dim: 6, mlpDim: 7, window: 3 },
				{ depth: 3, heads: 2, dim: 12, mlpDim: 13, window: 3 },
				{ depth: 2, heads: 3, dim: 24, mlpDim: 20, window: 3 }
			],
			qkvBias: true,
			patchNorm: true,
			absolutePositions: false,
			layerNormEps: SWIN_SIZES.eps,
			classes: 5
		});
	});

	it('is read of a bare encoder too, which has no head', () => {
		expect(swinReader.read(swinConfig(), null, bare).config.classes).toBe(0);
	});

	it('is read from timm, preprocessing and all', () => {
		const json = {
			architecture: 'swin_tiny_patch4_window7_224',
			pretrained_cfg: { input_size: [3, 64, 64], crop_pct: 0.9, interpolation: 'bicubic', mean: [0.1, 0.2, 0.3] }
		};
		const found = swinReader.read(json, null, timmShapes);
		expect(found.names.naming).toBe('timm');
		expect(found.config).toMatchObject({
			rules: 'timm',
			imageSize: [64, 64],
			stages: [{ depth: 1, heads: 2, dim: 8, mlpDim: 32, window: 7 }],
			layerNormEps: 1e-5,
			classes: 11,
			preprocess: { size: [64, 64], cropPct: 0.9, resize: { rule: 'shorter', edge: 71 }, mean: [0.1, 0.2, 0.3] }
		});
	});

	it.each([
		[63, { window: 5, oblong: { rows: 4, columns: 5 } }],
		[77, { window: 6, oblong: { rows: 4, columns: 6 } }],
		[49, { window: 4 }],
		[25, { window: 3 }],
		[169, { window: 7 }]
	])('knows the window of timm’s table of %i offsets on a map of 4 x 6', (offsets, window) => {
		const named: ShapeOf = (name) =>
			name.endsWith('bias_table') ? timmShapes(name) && [offsets, 2] : timmShapes(name);
		const json = { architecture: 'swin_made_up', model_args: { img_size: [16, 24] } };
		const { depth, heads, dim, mlpDim, ...found } = swinReader.read(json, null, named).config.stages[0] ?? {};
		expect([depth, heads, dim, mlpDim]).toEqual([1, 2, 8, 32]);
		expect(found).toEqual(window);
	});

	it.each([
		['timm', { architecture: 'swin_made_up', model_args: { img_size: [16, 24] } }, 35],
		['transformers, which cuts none short,', { model_type: 'swin', image_size: [16, 24] }, 63]
	])('is refused for a table of %s that no window on the map has', (_, json, offsets) => {
		const shape = (name: string) => (name.endsWith('bias_table') ? timmShapes(name) && [offsets, 2] : timmShapes(name));
		const named: ShapeOf = 'model_type' in json ? shapesWith({ [TABLE]: [offsets, 1] }) : shape;
		expect(() => swinReader.read(json, null, named)).toThrow(`has ${offsets} rows, which is not the number of offsets`);
	});

	it('is not that of other weights', () => {
		expect(swinReader.recognises((name) => (name === 'cls_token' ? [1, 1, 8] : undefined))).toBe(false);
	});

	it.each<[string, object, Record<string, number[] | undefined>, RegExp]>([
		['another architecture', { model_type: 'swinv2' }, {}, /is for the architecture 'swinv2'/],
		['another activation', { hidden_act: 'relu' }, {}, /asks for the activation 'relu'/],
		['no size', { image_size: [0, 4] }, {}, /'image_size' = 0/],
		['no epsilon', { layer_norm_eps: 'small' }, {}, /'layer_norm_eps' = "small"/],
		['a picture too large', { image_size: 1e6 }, {}, /no memory for/],
		['a table of no window', {}, { [TABLE]: [24, 1] }, /has 24 rows/],
		['a table of an even side', {}, { [TABLE]: [16, 1] }, /has 16 rows/],
		['an empty table', {}, { [TABLE]: [0, 1] }, /has 0 rows/],
		['heads that do not fit', {}, { [TABLE]: [25, 4] }, /4 heads, which don’t divide the width 6/],
		['a table of another shape', {}, { [TABLE]: [25] }, /has not 2 axes/],
		['no first norm', {}, { 'encoder.layers.1.blocks.0.layernorm_before.weight': undefined }, /is missing/],
		[
			'an empty patch embedding',
			{},
			{ 'embeddings.patch_embeddings.projection.weight': [6, 3, 0, 0] },
			/has no numbers in it/
		]
	])('is refused for %s', (_, json, changes, says) => {
		expect(() => swinReader.read({ ...swinConfig(), ...json }, null, shapesWith(changes))).toThrow(says);
	});

	const said = { depths: [2, 3, 2], num_heads: [1, 2, 3], embed_dim: 6, patch_size: 3, window_size: 3, mlp_ratio: 1.2 };
	it('may be said by the file too', () => {
		expect(swinReader.read({ ...swinConfig(), ...said }, null, shapesWith()).config.stages).toHaveLength(3);
		// A window larger than the map of 8 x 10 is made smaller.
		expect(swinReader.read({ ...swinConfig(), window_size: 12 }, null, shapesWith()).config.stages).toHaveLength(3);
		const json = { architecture: 'swin_made_up', model_args: { img_size: 64, embed_dim: 8, depths: [1] } };
		expect(swinReader.read(json, null, timmShapes).config.stages).toHaveLength(1);
	});

	it.each([
		[
			{ depths: [2, 2, 6, 2] },
			'says [2,2,6,2] blocks in its stages, and the weights have [2,3,2] blocks in its stages'
		],
		[{ embed_dim: 96 }, 'says a width of 96, and the weights have a width of 6'],
		[{ num_features: 768 }, 'says a width of 768 at the end'],
		[{ num_heads: [3, 6, 12, 24] }, 'says [3,6,12,24] heads in its stages'],
		[{ patch_size: 4 }, 'says patches of 4 pixels'],
		[{ window_size: 7 }, 'says windows of 7 tokens a side, and the weights have windows of 3 tokens a side'],
		[{ window_size: [1, 5] }, 'says windows of 1 x 5 tokens, and the weights have windows of 3 tokens a side'],
		[{ mlp_ratio: 4 }, 'says 24 hidden features in each MLP'],
		[{ qkv_bias: false }, 'says no biases for query, key and value'],
		[{ model_type: 'vit' }, "says the architecture 'vit', and the weights have that of a Swin"],
		[{ model_type: undefined, architecture: 'vit_tiny_patch16_224' }, "says the architecture 'vit_tiny_patch16_224'"]
	])('is refused where the file says another (%j)', (change, says) => {
		const json: Record<string, unknown> = { ...swinConfig(), ...said, ...change };
		if (json.model_type === undefined) delete json.model_type;
		expect(() => readFiles(json, null, shapesWith())).toThrow(`don’t belong together: config.json ${says}`);
	});

	it('is refused for a timm architecture of another kind', () => {
		const json = { architecture: 'swinv2_tiny_window8_256' };
		expect(() => swinReader.read(json, null, timmShapes)).toThrow("'swinv2_tiny_window8_256'");
	});
});
