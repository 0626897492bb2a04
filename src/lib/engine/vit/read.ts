import { PatchworkError } from '../../base/errors';
import { prefixTokens, type ViTConfig } from './config';
import type { Reader, Reading } from '../reader';
import { scoresOf } from '../scores';
import { apart, counted, mustAgree, type Words } from '../checkpoint/agree';
import { checkHuggingface, checkTimm } from './claims';
import { bad, quoted, type Json, type ShapeOf } from '../checkpoint/fields';
import { architectureIn, libraryOf } from '../checkpoint/library';
import { detectNames, type CheckpointNames } from './names';
import { headPlace } from './head-place';
import { loadWeights } from './load';
import { huggingfaceSettings, MODEL_TYPES, timmSettings, visionConfig, type Settings } from './settings';
import { positionsFromWeights, sizesFromWeights, type WeightSizes } from './sizes';
import { otherwise, TIMM_VIT } from './timm-names';

/** More tokens than this would take gigabytes for the attention of one block alone. */
const MOST_TOKENS = 4200;

/** Checkpoints of ViT, DeiT, DINO (all three), MAE, MSN, I-JEPA, and the image towers of CLIP and SigLIP. */
export const vitReader: Reader<ViTConfig, CheckpointNames> = {
	title: 'ViT',
	kinds: ['ViT', 'DeiT', 'DINO', 'DINOv2', 'DINOv3', 'MAE', 'MSN', 'I-JEPA', 'CLIP', 'SigLIP'],
	timm: TIMM_VIT,
	transformers: Object.keys(MODEL_TYPES),
	otherwise,
	recognises: (shapeOf) => namesIn(shapeOf) !== null,
	read: readViT,
	ask({ config, names }, tensors) {
		loadWeights(config, names, tensors);
	},
	headPlace
};

const namesIn = (shapeOf: ShapeOf) => detectNames((name) => shapeOf(name) !== undefined);

/**
 * Reads what a checkpoint of the ViT family is from its own files: `config.json` (timm's or Hugging Face's, told apart
 * by their keys), the optional `preprocessor_config.json`, and the shapes of the weights, from which every size comes;
 * a file that says another is of another model.
 */
function readViT(config: Json, preprocessor: unknown, shapeOf: ShapeOf): Reading<ViTConfig, CheckpointNames> {
	const names = namesIn(shapeOf);
	if (!names) throw new Error('These weights are not under the names of a ViT.');
	const { headInputs, ...sizes } = sizesFromWeights(names, shapeOf);
	const isTimm = libraryOf(config) === 'timm';
	const shown = { classifies: sizes.classes > 0, pools: names.pool !== null };
	const settings = isTimm
		? timmSettings(config, sizes.mlp === 'swiglu')
		: huggingfaceSettings(config, preprocessor, shown);
	if (isTimm) checkTimm(config, sizes);
	else checkHuggingface(visionConfig(config), sizes, names);
	const { heads, layerNormEps, gelu, preprocess, resampling, patchesOnly } = settings;
	if (sizes.dim % heads !== 0) throw bad(`asks for ${heads} heads, which don’t divide the width ${sizes.dim}`);
	const rotary = rotaryOf(config, names, settings, sizes.dim / heads);
	const [rows, columns] = gridFor(settings.trainedSize, sizes.patchSize, 0, 'trained');
	gridFor(preprocess.size, sizes.patchSize, prefixTokens(sizes), 'prepared');
	const all = { ...sizes, headInputs };
	const positions = { ...positionsFromWeights(names, shapeOf, all, [rows, columns], patchesOnly), resampling };
	if (settings.exactly) mustAgree(`${rows} × ${columns}`, positions.grid.join(' × '), places);
	const pooling = poolingOf(all, settings.pooling);
	if (pooling === 'map') checkPool(sizes, names);
	const imageSize = preprocess.size;
	const projection = settings.projects ? projectionIn(sizes) : null;
	const own = { ...sizes, ...projection, poolMlpDim: pooling === 'map' ? sizes.poolMlpDim : 0 };
	const finalNorm = settings.withoutNorm ? 'none' : sizes.finalNorm;
	const scores = scoresOf(config, own.classes);
	return {
		config: {
			...{ family: 'vit', ...own, imageSize, heads, layerNormEps, gelu, pooling, finalNorm, positions, rotary },
			...{ preprocess, scores }
		},
		names: namesUsed(names, settings, projection !== null)
	};
}

/** timm's head where it makes no classes but CLIP's vector of the picture. */
function projectionIn({ classes }: Pick<ViTConfig, 'classes'>) {
	return { classes: 0, projectionDim: classes, projectionBias: classes > 0 };
}

/**
 * With what lies in the file unused: the pooling by attention where the mean is read (timm drops it from such towers of
 * SigLIP, transformers' classifier passes it by), and the last norm where nothing normed is read.
 */
function namesUsed(names: CheckpointNames, { pooling, withoutNorm }: Settings, projects: boolean): CheckpointNames {
	const stems = [
		...(pooling === 'mean' && names.pool ? [`${names.pool.stem}.`] : []),
		...(withoutNorm ? [...names.norm.weight, ...names.norm.bias] : [])
	];
	const unused = [names.unused.source, ...stems.map((stem) => `^${stem.replaceAll('.', '\\.')}`)].join('|');
	return { ...names, unused: new RegExp(unused), projection: projects ? names.head : names.projection };
}

/** @throws PatchworkError `config` or `checkpoint` where the two files differ in how positions are told */
function rotaryOf(
	config: Json,
	{ posEmbed }: CheckpointNames,
	{ rotaryBase: base }: Settings,
	size: number
): ViTConfig['rotary'] {
	if (posEmbed !== null && base === null) return null;
	if (base === null)
		throw new PatchworkError(
			'checkpoint',
			'The weights are those of a model without learned positions, and that does not run here. Choose another model.'
		);
	const turns = 'turns its queries and keys by their places (rotary positions)';
	if (posEmbed !== null)
		throw apart(`the architecture ${quoted(architectureIn(config))}, which ${turns}`, 'learned positions');
	if (size % 4 === 0) return { base };
	throw bad(`gives each head ${size} features, which rotary positions in rows and columns don’t divide into fours`);
}

/** @throws PatchworkError `config` for a learned query that is not there, or that would read more than patches */
function checkPool(sizes: WeightSizes | Omit<WeightSizes, 'headInputs'>, { pool }: CheckpointNames): void {
	if (!pool) throw bad("asks for the pooling 'map', which is by attention, and the weights have none");
	const before = prefixTokens(sizes);
	if (before === 0) return;
	throw bad(
		`asks for the pooling 'map', which is by attention, beside ${counted('token')(before)} that stand for no patch, and we run it of patches alone`
	);
}

const places: Words = (grid) => `positions for ${String(grid)} patches`;

/**
 * Rows and columns of patches.
 * @param from where the size stands: what the positions were learned for, or what photos are made into
 * @throws PatchworkError `config` where they don't fill the image or are too many
 */
function gridFor(
	size: readonly [number, number],
	patchSize: number,
	prefix: number,
	from: 'trained' | 'prepared'
): [rows: number, columns: number] {
	for (const side of size) {
		if (side % patchSize !== 0) throw undivided(side, patchSize, from);
	}
	const [rows, columns] = [size[0] / patchSize, size[1] / patchSize];
	const tokens = rows * columns + prefix;
	if (tokens > MOST_TOKENS) throw bad(`cuts a picture into ${tokens} tokens, which are more than ${MOST_TOKENS}`);
	return [rows, columns];
}

function undivided(side: number, patchSize: number, from: 'trained' | 'prepared'): PatchworkError {
	if (from === 'trained') return bad(`has an image side of ${side}, which patches of ${patchSize} don’t divide`);
	return new PatchworkError(
		'config',
		`The files make photos ${side} pixels long or wide, which patches of ${patchSize} don’t divide, so this model can’t run here. Choose another model.`
	);
}

/** The head's width has the last word: one that reads twice the model's width reads CLS and the mean side by side. */
function poolingOf(
	{ dim, cls, headInputs, finalNorm }: WeightSizes,
	said: ViTConfig['pooling'] | undefined
): ViTConfig['pooling'] {
	if (cls && headInputs === 2 * dim) return 'cls+mean';
	if (said === 'map') return 'map';
	if (!cls && said === 'cls') throw bad('lets the head read CLS, and the weights have none');
	// timm norms what was pooled where that is a mean, and the tokens otherwise, unless it is told.
	const late = said === undefined && finalNorm === 'pooled';
	return !cls || said === 'mean' || late ? 'mean' : 'cls';
}
