import {
	biases,
	counted,
	hidden,
	hiddenWidth,
	mustAgree,
	patches,
	sideOf,
	width,
	type Words
} from '../checkpoint/agree';
import { inJson, type Json } from '../checkpoint/fields';
import { libraryOf, modelArgs } from '../checkpoint/library';
import { stageMap, stageOf, tableWindow, type SwinConfig, type SwinStageConfig } from './config';

const inStages =
	(what: string): Words =>
	(counts) =>
		`${inJson(counts)} ${what} in its stages`;
const lastWidth: Words = (features) => `a width of ${inJson(features)} at the end`;
const windows: Words = (side) =>
	Array.isArray(side) ? `windows of ${side.join(' x ')} tokens` : `windows of ${inJson(side)} tokens a side`;

/**
 * Whether a Swin's `config.json` is of the same model as the weights, as far as both tell a size. transformers says
 * its sizes at the top, timm under `model_args` where it says any; both call most of them by the same names.
 * @throws PatchworkError `config` naming one thing in which they differ
 */
export function checkAgreement(json: Json, config: SwinConfig): void {
	const said = libraryOf(json) === 'timm' ? modelArgs(json) : json;
	const first = stageOf(config, 0);
	const depths = config.stages.map(({ depth }) => depth);
	const heads = config.stages.map((stage) => stage.heads);
	mustAgree(said.depths, depths, inStages('blocks'));
	mustAgree(said.embed_dim, first.dim, width);
	mustAgree(json.num_features, stageOf(config, config.stages.length - 1).dim, lastWidth);
	mustAgree(said.num_heads, heads, inStages('heads'));
	mustAgree(sideOf(said.patch_size), config.patchSize, patches);
	mustAgree(windowSaid(sideOf(said.window_size), config), windowFound(first), windows);
	mustAgree(said.num_channels ?? said.in_chans, config.channels, counted('colour channel'));
	mustAgree(said.qkv_bias, config.qkvBias, biases);
	mustAgree(hiddenWidth(first.dim, said.mlp_ratio), first.mlpDim, hidden);
}

/**
 * timm makes a window that is larger than the map as small as the map is, so that one says nothing.
 * @param window its side, or its rows and columns where they differ
 */
function windowSaid(window: unknown, config: SwinConfig): unknown {
	const { rows, columns } = stageMap(config);
	const [down, across] = Array.isArray(window) ? (window as unknown[]) : [window, window];
	if (typeof down !== 'number' || typeof across !== 'number') return undefined;
	return down <= rows && across <= columns ? window : undefined;
}

/** The window that the weights are for, as a file would say it. */
function windowFound(stage: SwinStageConfig): unknown {
	const { rows, columns } = tableWindow(stage);
	return rows === columns ? rows : [rows, columns];
}
