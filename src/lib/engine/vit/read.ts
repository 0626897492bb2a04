import { PatchworkError } from '../../base/errors';
import { prefixTokens, type ViTConfig } from './config';
import type { Reader, Reading } from '../reader';
import { scoresOf } from '../scores';
import { mustAgree, type Words } from '../checkpoint/agree';
import { checkHuggingface, checkTimm } from './claims';
import { bad, type Json, type ShapeOf } from '../checkpoint/fields';
import { libraryOf } from '../checkpoint/library';
import { detectNames, type CheckpointNames } from './names';
import { loadWeights } from './load';
import { huggingfaceSettings, MODEL_TYPES, timmSettings } from './settings';
import { positionsFromWeights, sizesFromWeights, type WeightSizes } from './sizes';
import { otherwise, TIMM_VIT } from './timm-names';

/** More tokens than this would take gigabytes for the attention of one block alone. */
const MOST_TOKENS = 4200;

/** Checkpoints of ViT, DeiT, DINO, DINOv2, MAE, MSN and I-JEPA. */
export const vitReader: Reader<ViTConfig, CheckpointNames> = {
	title: 'ViT',
	kinds: ['ViT', 'DeiT', 'DINO', 'DINOv2', 'MAE', 'MSN', 'I-JEPA'],
	timm: TIMM_VIT,
	transformers: Object.keys(MODEL_TYPES),
	otherwise,
	recognises: (shapeOf) => namesIn(shapeOf) !== null,
	read: readViT,
	ask({ config, names }, tensors) {
		loadWeights(config, names, tensors);
	}
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
	const settings = isTimm ? timmSettings(config, sizes.mlp === 'swiglu') : huggingfaceSettings(config, preprocessor);
	if (isTimm) checkTimm(config, sizes);
	else checkHuggingface(config, sizes, names.modelTypes);
	const { heads, layerNormEps, gelu, preprocess, resampling, patchesOnly } = settings;
	if (sizes.dim % heads !== 0) throw bad(`asks for ${heads} heads, which don't divide the width ${sizes.dim}`);
	const [rows, columns] = gridFor(settings.trainedSize, sizes.patchSize, 0, 'trained');
	gridFor(preprocess.size, sizes.patchSize, prefixTokens(sizes), 'prepared');
	const all = { ...sizes, headInputs };
	const positions = { ...positionsFromWeights(names, shapeOf, all, [rows, columns], patchesOnly), resampling };
	if (settings.exactly) mustAgree(`${rows} × ${columns}`, positions.grid.join(' × '), places);
	const pooling = poolingOf(all, settings.pooling);
	const imageSize = preprocess.size;
	const scores = scoresOf(config, sizes.classes);
	return {
		config: { family: 'vit', ...sizes, imageSize, heads, layerNormEps, gelu, pooling, positions, preprocess, scores },
		names: settings.pooling === 'mean' ? withoutAttentionPool(names) : names
	};
}

/** timm drops the attention pooling of SigLIP's towers from those that take the mean; it still lies in their files. */
function withoutAttentionPool(names: CheckpointNames): CheckpointNames {
	return { ...names, unused: new RegExp(`${names.unused.source}|^attn_pool\\.`) };
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
	if (from === 'trained') return bad(`has an image side of ${side}, which patches of ${patchSize} don't divide`);
	return new PatchworkError(
		'config',
		`The files make photos ${side} pixels long or wide, which patches of ${patchSize} don't divide, so this model can't run here. Choose another model.`
	);
}

/** The head's width has the last word: one that reads twice the model's width reads CLS and the mean side by side. */
function poolingOf(
	{ dim, cls, headInputs, finalNorm }: WeightSizes,
	said: ViTConfig['pooling'] | undefined
): ViTConfig['pooling'] {
	if (cls && headInputs === 2 * dim) return 'cls+mean';
	if (!cls && said === 'cls') throw bad('lets the head read CLS, and the weights have none');
	// timm norms what was pooled where that is a mean, and the tokens otherwise, unless it is told.
	const late = said === undefined && finalNorm === 'pooled';
	return !cls || said === 'mean' || late ? 'mean' : 'cls';
}
