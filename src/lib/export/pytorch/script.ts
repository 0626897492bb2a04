import { groupsOf, pictureOf, tapSpecs, type ModelConfig } from '../../engine/families';
import type { Crop } from '../../engine/crop';
import type { Edit } from '../../engine/edits/edit';
import { skips } from '../../engine/edits/names';
import type { Scores } from '../../engine/scores';
import type { ModelEntry } from '../../models/entry';
import type { ModelAnswer } from '../../worker/protocol';
import { changesOf, type Heads } from './changes';
import { pictureLines } from './picture';
import { remark, rounded, text } from './python';
import { recipeFor, REQUIRED, type Recipe } from './recipes';
import type { Row } from './row';
import { comparesWords } from './says';

/** A run, and what of it the page shows. */
export interface Told {
	readonly entry: ModelEntry;
	/** At the size that ran. */
	readonly config: ModelConfig;
	readonly photo: {
		readonly title: string;
		/** Its file on this site, as a path below the root; null for one of the reader's own. */
		readonly file: string | null;
		readonly width: number;
		readonly height: number;
	};
	/** What the reader chose; null for the centre. */
	readonly crop: Crop | null;
	readonly edits: readonly Edit[];
	readonly answer: ModelAnswer;
	/** Of the chosen head; null where there is none to show. */
	readonly row: Row | null;
	/** Address of the site's root, with a slash at the end. */
	readonly site: string;
}

/** A script for a run. */
export interface Script {
	readonly text: string;
	/** What of the page it prints its own numbers beside, as a part of a sentence. */
	readonly compares: string;
}

/** Weights of the row, the largest first, and numbers of a vector, that are printed. */
const PRINTED = 5;

/**
 * A script that runs the same model on the same photo with PyTorch, and prints its numbers beside the page's; null for a
 * model that is not of the list, because its files alone do not say what in Python reads them.
 *
 * It was written by reading timm 1.0 and transformers 4, and was not run: the tests here compare its text with the run's
 * settings, not its output with theirs; its reader is told so. The preprocessing is Pillow's own resizing by the numbers
 * of this very photo, which this page's imitates to the byte (`engine/resample.ts`, tested on Pillow's outputs), so that no
 * processor of either library is asked. Only a JPEG may differ by a step or two of 255, where the browser and Pillow decode
 * it differently.
 */
export function pytorchScript(told: Told): Script | null {
	const recipe = recipeFor(told.entry, told.config);
	if (!recipe) return null;
	const noRow = whyNoRow(told, recipe.paths);
	const row = noRow === null ? told.row : null;
	const changes = changesOf(told.edits, recipe.paths, headsOf(told.config));
	const parts = [
		docstring(told, recipe, changes.left, noRow),
		imports(recipe, told),
		photoLines(told),
		modelLines(told, recipe),
		changes.lines,
		rowHook(row, recipe),
		runLines(told, recipe),
		printAnswer(told),
		printRow(row, recipe)
	];
	const whole = parts
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join('\n'))
		.join('\n\n');
	return { text: `${whole}\n`, compares: comparesWords(scoresOf(told) === null, row !== null) };
}

/** Of a model whose blocks are all alike; null of others. */
function headsOf(config: ModelConfig): Heads | null {
	const [group, ...others] = groupsOf(config);
	const width = tapSpecs(config)
		.find(({ name }) => name === 'blocks.0.attn.head_out')
		?.shape.at(-1);
	return group && others.length === 0 && width ? { blocks: group.blocks, count: group.heads, width } : null;
}

function docstring(
	{ entry, photo, config }: Told,
	{ library }: Recipe,
	left: readonly Edit[],
	noRow: string | null
): string[] {
	const [height, width] = config.imageSize;
	return [
		`"""${remark(entry.title)} on '${remark(photo.title)}', at ${width} x ${height} pixels, as Patchwork ran it.`,
		'',
		`    pip install torch pillow ${REQUIRED[library]}`,
		'',
		'It was checked by reading the library, and was not run: if it stops, please report the line.',
		'',
		'Prints what PyTorch computes beside what the page shows. The photo is resized by Pillow with the very numbers that',
		'the page used, which has the same filter to the byte; a JPEG may be decoded a step or two of 255 differently. Sums',
		'are added up in another order, so the last digits may differ. Everything counts from 0 here, and from 1 on the page.',
		...(noRow === null ? [] : ['', `No row of attention is printed: ${noRow}`]),
		...left.flatMap((edit) => [
			'',
			'Not made here, because there is no short hook for it, so that the numbers differ from the page:',
			`    ${inWords(edit)}`
		]),
		'"""'
	];
}

/** An edit as its file has it, in Python's other quotes, and cut short where it names a whole order of patches. */
function inWords(edit: Edit): string {
	const json = remark(JSON.stringify(edit).replaceAll('"', "'"));
	return json.length > 100 ? `${json.slice(0, 100)} …` : json;
}

/** Null where there is one. */
function whyNoRow({ row, edits }: Told, paths: Recipe['paths']): string | null {
	if (!paths) return 'this network has no attention.';
	if (!row) return 'what the page shows is not the attention of a block.';
	// PyTorch computes its attention all the same, and drops it; the page has none of it.
	return skips(edits, row.block) ? 'the block that is chosen is passed by, so that nothing attends in it.' : null;
}

const imports = ({ library, auto, architecture }: Recipe, { photo }: Told): string[] => [
	'from pathlib import Path',
	...(architecture || photo.file !== null ? ['from urllib.request import urlretrieve'] : []),
	'',
	...(library === 'timm' ? ['import timm'] : []),
	'import torch',
	'from PIL import Image, ImageOps',
	...(library === 'transformers' ? [`from transformers import ${auto}`] : [])
];

/** A file of this site, fetched once. */
const fetched = (name: string, file: string, path: string, site: string): string[] => [
	`${name} = Path(${text(file)})`,
	`if not ${name}.exists():`,
	`    urlretrieve(${text(site + path)}, ${name})`
];

function photoLines({ photo, config, crop, site }: Told): string[] {
	const { file, title } = photo;
	return [
		...(file === null
			? [`PHOTO = Path(${text(title)})  # your own: write here where it lies`]
			: fetched('PHOTO', file.split('/').at(-1) ?? file, file, site)),
		"image = ImageOps.exif_transpose(Image.open(PHOTO)).convert('RGB')",
		...pictureLines(photo, config.preprocess, crop)
	];
}

function modelLines({ entry, config, site }: Told, recipe: Recipe): string[] {
	const { library, auto, architecture, args = {}, paths } = recipe;
	const { id, repo } = entry;
	const [height, width] = config.imageSize;
	// A CNN takes any size by itself.
	const isResized = paths !== null && isOtherSize(config, entry);
	const created = (...first: readonly string[]) => {
		const given = Object.entries(args).map(([name, value]) => `${name}=${text(value)}`);
		const size = isResized ? [`img_size=(${height}, ${width})`] : [];
		return `model = timm.create_model(${[...first, ...given, ...size].join(', ')}).eval()`;
	};
	if (architecture) {
		const weights = fetched('WEIGHTS', `${id}.safetensors`, `models/${id}/model.safetensors`, site);
		if (!isResized) return [...weights, created(text(architecture), 'checkpoint_path=str(WEIGHTS)')];
		return [...weights, created(text(architecture)), ...RESAMPLED];
	}
	if (library === 'timm') return [created(text(`hf_hub:${repo}`), 'pretrained=True')];
	// What hands its attention out does so only where it is computed step by step.
	const eager = handsOut(recipe) ? ", attn_implementation='eager'" : '';
	return [`model = ${auto}.from_pretrained(${text(repo ?? '')}${eager}).eval()`];
}

/** timm resamples the positions of a file only where it is told by what; `checkpoint_path` takes them as they are, or fails. */
const RESAMPLED = [
	'resample = timm.models.vision_transformer.checkpoint_filter_fn',
	'timm.models.load_checkpoint(model, str(WEIGHTS), filter_fn=resample)'
];

const isOtherSize = ({ imageSize }: ModelConfig, { input }: ModelEntry) => imageSize.some((side) => side !== input);

/** Whether the model gives its attention back with its answer. */
const handsOut = ({ paths }: Recipe) => paths?.pattern === null;

/** Catches the attention where the model does not hand it out. */
function rowHook(row: Row | null, { library, paths }: Recipe): string[] {
	if (!row || !paths || paths.pattern === null) return [];
	const block = paths.block(row.numbers);
	return [
		'kept = {}',
		// The fused kernel never has the attention in one piece.
		...(library === 'timm' ? [`${block}.attn.fused_attn = False`] : []),
		`${block}.${paths.pattern}.register_forward_hook(lambda module, inputs, output: kept.update(pattern=inputs[0]))`
	];
}

function runLines({ config, entry }: Told, recipe: Recipe): string[] {
	return ['with torch.inference_mode():', ...callLines(config, entry, recipe).map((line) => `    ${line}`)];
}

function callLines(config: ModelConfig, entry: ModelEntry, recipe: Recipe): string[] {
	const { tap, of } = pictureOf(config);
	const rows = (tokens: string) => (of === 'first' ? `${tokens}[0, 0]` : `${tokens}[0].mean(0)`);
	if (recipe.library === 'timm') {
		if (config.classes > 0 || tap !== 'norm') return ['output = model(x)[0]'];
		return [`output = ${rows('model.forward_features(x)')}`];
	}
	const given = [
		'pixel_values=x',
		...(handsOut(recipe) ? ['output_attentions=True'] : []),
		...(recipe.asksForSizes && isOtherSize(config, entry) ? ['interpolate_pos_encoding=True'] : [])
	];
	const call = `answer = model(${given.join(', ')})`;
	return [call, config.classes > 0 ? 'output = answer.logits[0]' : `output = ${rows('answer.last_hidden_state')}`];
}

/** How the model's last numbers become what the page lists. */
const SCORES: Readonly<Record<Exclude<Scores, 'vector'>, string>> = {
	softmax: 'output.softmax(-1)',
	sigmoid: 'output.sigmoid()',
	number: 'output'
};

/** Null where the page lists no classes but has a vector: of a model without a classifier. */
const scoresOf = ({ config: { scores }, answer: { vector } }: Told): Exclude<Scores, 'vector'> | null =>
	scores === 'vector' || vector ? null : scores;

function printAnswer(told: Told): string[] {
	const { top, vector } = told.answer;
	const scores = scoresOf(told);
	if (scores === null) {
		const first = Array.from(vector ?? []).slice(0, PRINTED);
		return [
			"print('The vector of the photo, its first numbers (PyTorch, page):')",
			`for i, page in enumerate([${first.map(rounded).join(', ')}]):`,
			"    print(f'  {i}: {output[i].item():.5g}  {page}')"
		];
	}
	const classes = top.map(({ index, label, score }) => `    (${index}, ${text(label)}, ${rounded(score)}),`);
	return [
		`scores = ${SCORES[scores]}`,
		"print('Classes (PyTorch, page):')",
		'for index, name, page in [',
		...classes,
		']:',
		"    print(f'  {name}: {scores[index].item():.5g}  {page}')",
		`print('PyTorch has first:', scores.topk(${Math.min(top.length, told.config.classes)}).indices.tolist())`
	];
}

function printRow(row: Row | null, { paths }: Recipe): string[] {
	if (!row || !paths) return [];
	const { window, head, place, direction, weights } = row;
	const pattern = paths.pattern === null ? `answer.attentions[${row.numbers[0]}]` : "kept['pattern']";
	const map = head === 'mean' ? `${pattern}[${window}].mean(0)` : `${pattern}[${window}, ${head}]`;
	const largest = [...weights.keys()].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0)).slice(0, PRINTED);
	const where = `${row.numbers.length > 1 ? `stage ${row.numbers[0]}, block ${row.numbers[1]}, window ${window}` : `block ${row.numbers[0]}`}, ${head === 'mean' ? 'the mean of the heads' : `head ${head}`}`;
	const does = direction === 'from' ? `what token ${place} attends to` : `what attends to token ${place}`;
	return [
		`row = ${map}[${direction === 'from' ? place : `:, ${place}`}]`,
		`print(${text(`Attention of ${where}: ${does} most (PyTorch, page):`)})`,
		`for token, page in [${largest.map((at) => `(${at}, ${rounded(weights[at] ?? 0)})`).join(', ')}]:`,
		"    print(f'  {token}: {row[token].item():.5g}  {page}')"
	];
}
