import { groupsOf, type ModelConfig } from '../../engine/families';
import type { ModelEntry } from '../../models/entry';

/** Where a library keeps the parts of a model that a script reads or changes; `*` stands for a block's name. */
export interface Paths {
	/** A block, by the numbers in its tap's name. */
	readonly block: (numbers: readonly number[]) => string;
	/** Below a block: the module whose input is the attention after the softmax; null where the model hands it out itself. */
	readonly pattern: string | null;
	/** Below a block: the linear map that reads all heads side by side, and the module that makes the feed-forward part's output. */
	readonly joined: string;
	readonly mlp: string;
	/** Learned parameters. */
	readonly positions: string;
	readonly cls: string;
}

/**
 * What pip is asked for. The paths below are of these versions: transformers 4.48 was the first with DINOv2 and registers,
 * and 5 may call its modules otherwise; timm 1.0 is what those of its models were read in.
 */
export const REQUIRED: Readonly<Record<Recipe['library'], string>> = {
	timm: '"timm>=1.0,<2"',
	transformers: '"transformers>=4.48,<5"'
};

/** How a model of the list is had in Python. */
export interface Recipe {
	readonly library: 'timm' | 'transformers';
	/** The class of transformers that reads it. */
	readonly auto?: string;
	/** For a model that only this site has: timm's name of the architecture, and its arguments, as its config.json has them. */
	readonly architecture?: string;
	readonly args?: Readonly<Record<string, string>>;
	/** Whether it takes an input of another size only when it is asked to interpolate its positions. */
	readonly asksForSizes?: boolean;
	/** Null for a network without attention. */
	readonly paths: Paths | null;
}

/**
 * timm 1.0 (`vision_transformer.py`, `eva.py`): where `fused_attn` is off, `attn_drop` is called with the attention after
 * its softmax, and `proj` with the heads' outputs side by side.
 */
const TIMM_VIT: Paths = {
	block: ([block]) => `model.blocks[${block}]`,
	pattern: 'attn.attn_drop',
	joined: 'attn.proj',
	mlp: 'mlp',
	positions: 'model.pos_embed',
	cls: 'model.cls_token'
};

/** transformers 4 (`modeling_vit.py`): with `output_attentions` the model hands its attention out. */
const HF_VIT: Paths = {
	block: ([block]) => `model.base_model.encoder.layer[${block}]`,
	pattern: null,
	joined: 'attention.output.dense',
	mlp: 'output.dense',
	positions: 'model.base_model.embeddings.position_embeddings',
	cls: 'model.base_model.embeddings.cls_token'
};

/** transformers 4 (`modeling_swin.py`): only the last block of each stage hands its attention out, so that all are caught. */
const HF_SWIN: Paths = {
	block: ([stage, block]) => `model.base_model.encoder.layers[${stage}].blocks[${block}]`,
	pattern: 'attention.self.dropout',
	joined: 'attention.output.dense',
	mlp: 'output.dense',
	positions: '',
	cls: ''
};

const timm = (paths: Paths | null): Recipe => ({ library: 'timm', paths });
const hf = (auto: string, paths: Paths | null): Recipe => ({ library: 'transformers', auto, paths });
const CLASSES = 'AutoModelForImageClassification';

/** By the id of the list. Repositories of timm need no more than their name; of the others it is said what reads them. */
const RECIPES: Readonly<Record<string, Recipe>> = {
	'patchwork-t': { ...timm(TIMM_VIT), architecture: 'vit_tiny_patch16_224' },
	'patchwork-c': { ...timm(null), architecture: 'mobilenetv2_100', args: { pad_type: 'same' } },
	'dino-s8': { ...hf('AutoModel', HF_VIT), asksForSizes: true },
	// Its feed-forward part is one module, with the sum outside of it, and it interpolates its positions without being asked
	// (`modeling_dinov2_with_registers.py`).
	'dinov2-s14-reg': hf('AutoModel', { ...HF_VIT, mlp: 'mlp' }),
	'swin-tiny': { ...hf(CLASSES, HF_SWIN), asksForSizes: true },
	'vit-base': { ...hf(CLASSES, HF_VIT), asksForSizes: true },
	'mobilenet-v2': hf(CLASSES, null)
};

/** How to have a model in Python; null of one that is not of the list, because nobody said which library reads it. */
export function recipeFor(
	{ id, own, repo }: Pick<ModelEntry, 'id' | 'own' | 'repo'>,
	config: ModelConfig
): Recipe | null {
	if (own) return null;
	const attends = groupsOf(config).some(({ heads }) => heads > 0);
	return RECIPES[id] ?? (repo?.startsWith('timm/') ? timm(attends ? TIMM_VIT : null) : null);
}
