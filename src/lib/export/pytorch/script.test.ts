import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { timmPreprocess } from '../../engine/checkpoint/timm-preprocess';
import { preprocessAt } from '../../engine/cuts';
import type { ConvConfig } from '../../engine/conv/config';
import type { Edit } from '../../engine/edits/edit';
import type { ModelConfig } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { MODELS } from '../../models/chosen';
import type { ModelEntry } from '../../models/entry';
import { pytorchScript, type Told } from './script';
import { recipeFor } from './recipes';
import { floatsToHalves } from '../../engine/checkpoint/half';
import { rowOf } from './row';

const timm = (size: readonly [number, number], pretrained: object = {}) =>
	timmPreprocess(
		{ crop_pct: 0.9, interpolation: 'bicubic', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], ...pretrained },
		size
	);

const VIT: ViTConfig = {
	...SMALL_CONFIG,
	imageSize: [224, 224],
	patchSize: 16,
	depth: 12,
	heads: 3,
	dim: 192,
	classes: 1000,
	positions: { grid: [14, 14], prefix: 1, resampling: 'plain' },
	preprocess: timm([224, 224])
};
const HEADLESS: ViTConfig = { ...VIT, classes: 0, scores: 'vector' };
const SWIN = swinConfigWith({
	imageSize: [16, 16],
	patchSize: 4,
	stages: [{ depth: 2, heads: 2, dim: 8, mlpDim: 16, window: 2 }]
});
const CONV: ConvConfig = {
	family: 'conv',
	imageSize: [224, 224],
	patchSize: 32,
	channels: 3,
	layerNormEps: 1e-5,
	gelu: 'erf',
	classes: 1000,
	scores: 'softmax',
	preprocess: timm([224, 224]),
	padding: 'one-sided',
	stem: [{ name: 'conv1', inputs: 3, outputs: 8, kernel: 3, stride: 2, depthwise: false, bend: 'relu' }],
	stemPool: false,
	stages: [],
	head: null
};

/** What a model of the list is like, as far as its script depends on it. */
function configFor({ classes, groups, prefix, input }: ModelEntry): ModelConfig {
	if (groups.every(({ heads }) => heads === 0)) return CONV;
	if (groups.length > 1) return SWIN;
	const imageSize = [input, input] as const;
	return classes === 0 ? { ...HEADLESS, imageSize } : { ...VIT, imageSize, registers: Math.max(0, prefix.length - 1) };
}

const entryOf = (id: string): ModelEntry => {
	const found: ModelEntry | undefined = MODELS.find((model) => model.id === id);
	if (!found) throw new Error(`There is no ${id}.`);
	return found;
};

const ROW = rowOf(VIT, {
	block: 6,
	head: 1,
	token: 0,
	direction: 'from',
	data: Float32Array.from({ length: 3 * 197 * 197 }, (_, i) =>
		i === 197 * 197 + 5 ? 0.5 : i === 197 * 197 ? 0.25 : 0
	),
	heads: 3
});

const SWIN_ROW = rowOf(SWIN, {
	block: 0,
	head: 1,
	// The map is 4 x 4; its last token lies in the last of the four windows, at the last of its places.
	token: 15,
	direction: 'from',
	data: Float32Array.from({ length: 4 * 2 * 4 * 4 }, (_, i) => i),
	heads: 2
});

const told = (parts: Partial<Told> & { id?: string } = {}): Told => {
	const entry = parts.entry ?? entryOf(parts.id ?? 'vit-tiny');
	return {
		entry,
		config: configFor(entry),
		photo: { title: 'Golf ball', file: 'samples/golf-ball.webp', width: 960, height: 720 },
		crop: null,
		edits: [],
		answer: { top: [{ index: 574, label: 'golf "ball"', score: 0.99971234 }], vector: null },
		row: ROW,
		site: 'https://a.example/p/',
		...parts
	};
};
const scriptOf = (parts: Parameters<typeof told>[0] = {}): string => pytorchScript(told(parts))?.text ?? '';
/** What is done, without the docstring. */
const codeOf = (parts: Parameters<typeof told>[0] = {}): string =>
	scriptOf(parts).split('"""\n').slice(1).join('"""\n');

describe('every model of the list', () => {
	it.each(MODELS.map((entry: ModelEntry) => entry))('has a script that is of it: $id', (entry) => {
		const isCnn = entry.groups.every(({ heads }) => heads === 0);
		const script = scriptOf({ entry, row: isCnn ? null : entry.groups.length > 1 ? SWIN_ROW : ROW });
		const library = entry.repo === null || entry.repo.startsWith('timm/') ? 'timm' : 'transformers';
		expect(script).toContain(
			`pip install torch pillow ${library === 'timm' ? '"timm>=1.0,<2"' : '"transformers>=4.48,<5"'}\n`
		);
		expect(script).toContain('was not run');
		if (entry.repo?.startsWith('timm/'))
			expect(script).toContain(`timm.create_model("hf_hub:${entry.repo}", pretrained=True)`);
		else if (entry.repo) expect(script).toMatch(new RegExp(`\\.from_pretrained\\("${entry.repo}"`));
		else expect(script).toContain(`"https://a.example/p/models/${entry.id}/model.safetensors"`);
		expect(script.includes('AutoModelForImageClassification')).toBe(library === 'transformers' && entry.classes > 0);
		expect(script.includes('row = ')).toBe(!isCnn);
		expect(script).not.toMatch(/undefined|NaN|null/);
	});

	/** What timm 1.0 makes of the names by itself (`vision_transformer.py`, `mobilenetv2.py`). */
	const BY_NAME = {
		vit_tiny_patch16_224: {
			img_size: 224,
			patch_size: 16,
			embed_dim: 192,
			depth: 12,
			num_heads: 3,
			mlp_ratio: 4,
			qkv_bias: true
		},
		mobilenetv2_100: {}
	};

	it.each(['patchwork-t', 'patchwork-c'])('is called as its own config.json calls it: %s', (id) => {
		const config: unknown = JSON.parse(readFileSync(`static/models/${id}/config.json`, 'utf8'));
		const { architecture, args } = recipeFor(entryOf(id), configFor(entryOf(id))) ?? {};
		const byName = Object.entries(BY_NAME).find(([name]) => name === architecture)?.[1];
		expect(config).toHaveProperty('architecture', architecture);
		expect(config).toHaveProperty('num_classes', 1000);
		expect(config).toHaveProperty('model_args', { ...byName, ...args });
	});

	it('has none where nobody says what reads it', () => {
		expect(pytorchScript(told({ entry: { ...entryOf('vit-tiny'), own: true } }))).toBeNull();
	});
});

describe('what the page says of a script', () => {
	const compares = (parts: Parameters<typeof told>[0]) => pytorchScript(told(parts))?.compares;

	it('is what it prints', () => {
		expect(compares({})).toBe('the classes, and the row of attention that is chosen');
		expect(compares({ id: 'resnet-18', row: null })).toBe('the classes');
		expect(compares({ edits: [{ tap: 'blocks.6', do: 'skip' }] })).toBe('the classes');
		expect(compares({ id: 'dino-s16', answer: { top: [], vector: Float32Array.of(1) } })).toBe(
			'the vector that stands for the photo, and the row of attention that is chosen'
		);
	});
});

describe('the photo in a script', () => {
	it('is resized and cropped by the numbers of the run', () => {
		// timm: 224 / 0.9 is 248 (floored); 960 x 720 becomes 330 x 248; (330 - 224) / 2 = 53, (248 - 224) / 2 = 12.
		const code = codeOf();
		expect(code).toContain('urlretrieve("https://a.example/p/samples/golf-ball.webp", PHOTO)');
		expect(code).toContain('assert image.size == (960, 720)');
		expect(code).toContain(
			'image = image.resize((330, 248), Image.Resampling.BICUBIC)\nimage = image.crop((53, 12, 277, 236))'
		);
		expect(code).toContain('mean = torch.tensor([0.5, 0.5, 0.5])');
		expect(code).toContain('x = ((x / 255 - mean) / std).unsqueeze(0)');
	});

	it('is the part that the reader chose', () => {
		const code = codeOf({ crop: { x: 10.5, y: 20, width: 300, height: 300 } });
		expect(code).toContain('image.resize((224, 224), Image.Resampling.BICUBIC, box=(10.5, 20, 310.5, 320))');
		expect(code).not.toContain('crop(');
	});

	it('lies on a ground where the crop reaches beyond it', () => {
		// Within 248 x 248 it is 248 x 186; 12 columns are cut off on each side, and 19 rows are filled up above and below.
		const preprocess = timm([224, 224], { crop_mode: 'border', mean: [0.2, 0.4, 0.6], std: [1, 1, 1] });
		const code = codeOf({ config: { ...VIT, preprocess } });
		expect(code).toMatch(
			/ground = Image\.new\('RGB', \(224, 224\), \(51, 102, 153\)\)\nground\.paste\(image\.crop\(\(12, 0, 236, 186\)\), \(0, 19\)\)/
		);
	});

	it('is filled up after normalising, and rescaled as the file says', () => {
		const preprocess = {
			...timm([224, 224]),
			resize: { rule: 'none' },
			crops: [],
			pads: true,
			rescale: 1 / 128
		} as const;
		const code = codeOf({ config: { ...VIT, preprocess }, photo: { title: 'a', file: null, width: 200, height: 100 } });
		expect(code).not.toMatch(/resize|crop\(|ground/);
		expect(code).toContain('x * 0.0078125 - mean');
		expect(code).toContain('torch.nn.functional.pad(x, (0, 224 - x.shape[3], 0, 224 - x.shape[2]))');
	});

	it('of the reader’s own is theirs to name, whatever it is called', () => {
		const script = scriptOf({ photo: { title: 'my """cat\\', file: null, width: 10, height: 10 } });
		expect(script).toContain('PHOTO = Path("my \\"\\"\\"cat\\\\")');
		expect(script).not.toContain('urlretrieve');
		expect(script.match(/(?<!\\)"""/g)).toHaveLength(2);
	});

	it('is seen at the size of the run', () => {
		const config = { ...VIT, imageSize: [320, 320] as const, preprocess: preprocessAt(VIT.preprocess, [320, 320]) };
		expect(codeOf({ config })).toMatch(/pretrained=True, img_size=\(320, 320\)\)[\s\S]*$/);
		const bundled = codeOf({ config, id: 'patchwork-t' });
		expect(bundled).toContain('timm.create_model("vit_tiny_patch16_224", img_size=(320, 320)).eval()');
		expect(bundled).toContain('resample = timm.models.vision_transformer.checkpoint_filter_fn');
		expect(bundled).toContain('timm.models.load_checkpoint(model, str(WEIGHTS), filter_fn=resample)');
		expect(bundled).not.toContain('checkpoint_path=');
		expect(codeOf({ id: 'patchwork-t' })).toContain('checkpoint_path=str(WEIGHTS)).eval()');
		expect(codeOf({ config, id: 'vit-base' })).toContain('output_attentions=True, interpolate_pos_encoding=True');
		expect(codeOf({ config, id: 'dinov2-s14-reg' })).not.toContain('interpolate_pos_encoding');
		expect(codeOf({ config: { ...CONV, imageSize: [320, 320] }, id: 'resnet-18', row: null })).not.toContain(
			'img_size'
		);
	});
});

describe('the answer in a script', () => {
	it('is laid beside the page’s', () => {
		expect(codeOf()).toContain('scores = output.softmax(-1)');
		expect(codeOf()).toContain('    (574, "golf \\"ball\\"", 0.99971),');
	});

	it('is what the model’s scores are', () => {
		expect(codeOf({ config: { ...VIT, scores: 'sigmoid' } })).toContain('scores = output.sigmoid()');
		const vector = Float32Array.of(1, 2, 3);
		const answer = { top: [], vector };
		const code = codeOf({ config: HEADLESS, id: 'dino-s16', answer });
		expect(code).toContain('output = model.forward_features(x)[0, 0]');
		expect(code).toContain('enumerate([1, 2, 3])');
		expect(codeOf({ config: HEADLESS, id: 'dino-s8', answer })).toContain('output = answer.last_hidden_state[0, 0]');
	});
});

describe('the chosen head’s row in a script', () => {
	it('is caught where timm has it in one piece', () => {
		const code = codeOf();
		expect(code).toContain('model.blocks[6].attn.fused_attn = False');
		expect(code).toContain('model.blocks[6].attn.attn_drop.register_forward_hook');
		expect(code).toContain("row = kept['pattern'][0, 1][0]");
		expect(code).toContain('for token, page in [(5, 0.5), (0, 0.25), ');
	});

	it('is what transformers hands out', () => {
		const code = codeOf({ id: 'vit-base' });
		expect(code).toContain("attn_implementation='eager'");
		expect(code).toContain('row = answer.attentions[6][0, 1][0]');
	});

	it('is a column, or the mean of the heads, where the page shows that', () => {
		const row = {
			...ROW,
			block: 'blocks.6',
			numbers: [6],
			window: 0,
			place: 3,
			weights: Float32Array.of(1),
			direction: 'to',
			head: 'mean'
		} as const;
		expect(codeOf({ row })).toContain("row = kept['pattern'][0].mean(0)[:, 3]");
	});

	it('is of its window in a Swin', () => {
		expect(SWIN_ROW).toMatchObject({ numbers: [0, 0], window: 3, place: 3 });
		expect([...(SWIN_ROW?.weights ?? [])]).toEqual([124, 125, 126, 127]);
		const code = codeOf({ id: 'swin-tiny', row: SWIN_ROW });
		expect(code).toContain('model.base_model.encoder.layers[0].blocks[0].attention.self.dropout.register_forward_hook');
		expect(code).toContain("row = kept['pattern'][3, 1][3]");
	});

	it.each(['blocks.6', 'blocks.*'])('is none of a block that is passed by: %s', (tap) => {
		const script = scriptOf({ edits: [{ tap, do: 'skip' }] });
		expect(script).toContain('No row of attention is printed: the block that is chosen is passed by');
		expect(script).not.toContain('row = ');
		expect(codeOf({ edits: [{ tap: 'blocks.5', do: 'skip' }] })).toContain('row = ');
	});

	it.each(['from', 'to'] as const)('is the same of a pattern that is held as halves: %s', (direction) => {
		const data = Float32Array.from({ length: 3 * 197 * 197 }, (_, i) => (i % 7) / 8);
		const looked = { block: 6, head: 1, token: 5, direction, heads: 3 };
		const halved = { halves: floatsToHalves(data), left: null };
		const row = rowOf(VIT, { ...looked, data: new Float32Array(), halved });
		expect(row).toEqual(rowOf(VIT, { ...looked, data }));
		expect(row?.weights.some(Boolean)).toBe(true);
	});

	it('is none of a block that is none', () => {
		expect(
			rowOf(VIT, { block: 12, head: 0, token: 0, direction: 'from', data: new Float32Array(0), heads: 1 })
		).toBeNull();
		expect(scriptOf({ row: null })).toContain('what the page shows is not the attention of a block');
	});
});

describe('the edits in a script', () => {
	const code = (edits: readonly Edit[], id = 'vit-tiny') => codeOf({ edits, id });

	it.each<[string, Edit, string]>([
		[
			'a silenced head',
			{ tap: 'blocks.3.attn.head_out', head: 1, do: 'zero' },
			'scale_heads(model.blocks[3].attn.proj, [1], 64, 0)'
		],
		[
			'all heads, scaled',
			{ tap: 'blocks.3.attn.head_out', do: 'scale', by: 0.5 },
			'scale_heads(model.blocks[3].attn.proj, [0, 1, 2], 64, 0.5)'
		],
		['a skipped block', { tap: 'blocks.4', do: 'skip' }, 'skip(model.blocks[4])'],
		['no attention', { tap: 'blocks.0.attn.out', do: 'zero' }, 'scale_output(model.blocks[0].attn.proj, 0)'],
		['no feed-forward part', { tap: 'blocks.0.mlp.out', do: 'zero' }, 'scale_output(model.blocks[0].mlp, 0)'],
		['no positions', { tap: 'parameters.pos_embed', do: 'zero' }, 'model.pos_embed.data.zero_()'],
		['an empty CLS', { tap: 'parameters.cls_token', do: 'zero' }, 'model.cls_token.data.zero_()']
	])('%s', (_, edit, line) => {
		expect(code([edit])).toContain(line);
		expect(scriptOf({ edits: [edit] })).not.toContain('Not made here');
	});

	it('are made in every block where they are meant of every one', () => {
		expect(code([{ tap: 'blocks.*.mlp.out', do: 'zero' }]).match(/scale_output\(model/g)).toHaveLength(12);
	});

	it('are made in transformers’ modules', () => {
		expect(code([{ tap: 'blocks.3.mlp.out', do: 'zero' }], 'vit-base')).toContain('encoder.layer[3].output.dense, 0)');
		expect(code([{ tap: 'blocks.3.mlp.out', do: 'zero' }], 'dinov2-s14-reg')).toContain('encoder.layer[3].mlp, 0)');
	});

	it.each<Edit>([
		{ tap: 'blocks.3.attn.head_out', head: 1, tokens: 'cls', do: 'zero' },
		{ tap: 'blocks.3.attn.pattern', do: 'uniform' },
		{ tap: 'pixel_values', tokens: 'patches', do: 'permute', order: [1, 0] }
	])('say that they are left out where there is no hook: %j', (edit) => {
		const script = scriptOf({ edits: [edit] });
		expect(script).toContain('Not made here');
		expect(script).toContain(edit.tap);
		expect(codeOf({ edits: [edit] })).not.toMatch(/scale_|skip/);
	});
});
