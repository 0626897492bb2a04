import { counted, mustAgree, width, type Words } from '../checkpoint/agree';
import { inJson, type Json } from '../checkpoint/fields';
import { libraryOf, modelArgs } from '../checkpoint/library';
import type { ConvConfig } from './config';

const depths: Words = (counts) => `${inJson(counts)} blocks in its stages`;
const widths: Words = (channels) => `widths of ${inJson(channels)}`;
const kinds: Words = (kind) => `blocks of the kind ${inJson(kind)}`;

/**
 * Whether a CNN's `config.json` is of the same model as the weights, as far as both tell a size: timm says some under
 * `model_args`, transformers all at the top.
 * @throws PatchworkError `config` naming one thing in which they differ
 */
export function checkConvAgreement(json: Json, config: ConvConfig): void {
	const { stem, stages, channels } = config;
	const isTimm = libraryOf(json) === 'timm';
	const said = isTimm ? modelArgs(json) : json;
	const blocks = stages.map((all) => all.length);
	mustAgree(said.layers ?? said.depths, blocks, depths);
	// timm says the width of a bottleneck's middle layer, transformers that of what a block hands on.
	const last = isTimm ? 0 : -1;
	mustAgree(
		said.channels ?? said.hidden_sizes,
		stages.map(([first]) => first?.layers.at(last)?.outputs),
		widths
	);
	mustAgree(json.embedding_size, stem.at(-1)?.outputs, width);
	mustAgree(json.layer_type, stages[0]?.[0]?.layers.length === 3 ? 'bottleneck' : 'basic', kinds);
	mustAgree(said.num_channels ?? said.in_chans, channels, counted('colour channel'));
}
