import { canonical, plainName, unwrapped } from '../engine/checkpoint/canonical';
import { libraryOf } from '../engine/checkpoint/library';
import { planCheckpoint } from '../engine/checkpoint/plan';
import { readWeights, safetensorsHead, type StoredTensor } from '../engine/checkpoint/safetensors';
import { shapesIn, type TensorEntry } from '../engine/checkpoint/table';
import type { HeadPlace } from '../engine/reader';
import { readFiles } from '../engine/readers';
import { isRecord } from '../base/json';
import { WEIGHTS_FILE } from './files';
import { headConfig } from './head-config';
import { headTensors, type OwnHead } from './head-tensors';
import type { ModelFiles } from './model-files';

/** A model's files with a head of the reader's own. */
export interface HeadedFiles {
	/** `config.json`, `model.safetensors`, and `preprocessor_config.json` where there was one. */
	readonly files: readonly File[];
	/** The library whose names they are under, and which loads them. */
	readonly library: 'timm' | 'transformers';
}

/**
 * The files of a model whose classifier is another one: the whole network under the names that its own files have, in the
 * formats that they have, and the new head in float32. Read tensor by tensor.
 * @throws PatchworkError `request` where there is no place for such a head, and what reading the files throws
 */
export async function withHead(
	{ config, preprocessor, weights }: Pick<ModelFiles, 'config' | 'preprocessor' | 'weights'>,
	head: OwnHead
): Promise<HeadedFiles> {
	const stored = readWeights(await weights.open());
	const plain = canonical(stored);
	const found = isRecord(config) ? readFiles(config, preprocessor, shapesIn(plain)) : null;
	if (!isRecord(config) || !found) throw new Error('A model that runs is of no family that is read.');
	const place = found.reader.headPlace(found.reading, config);
	const own = headTensors(place, head, plain).map((tensor): StoredTensor => {
		return { ...tensor, dtype: 'F32', bytes: new Uint8Array(tensor.data.buffer) };
	});
	const named = newNames(plain, place, config);
	const kept = [...stored.values()].flatMap((tensor) => {
		const name = named(tensor.name);
		return name === null ? [] : [{ tensor, name }];
	});
	const all = [...own.map((tensor) => ({ tensor, name: tensor.name })), ...kept];
	const next = headConfig(config, head.labels);
	// Whatever could not be read again is told now, while nothing is lost.
	planCheckpoint(next, preprocessor, tableOf(all));
	const files = [json('config.json', next), new File([weightsOf(all)], WEIGHTS_FILE)];
	if (preprocessor !== null) files.push(json('preprocessor_config.json', preprocessor));
	return { files, library: libraryOf(next) };
}

/** A tensor, and the name that it is to have. */
interface Named {
	readonly tensor: StoredTensor;
	readonly name: string;
}

/**
 * What each tensor of the old file is called in the new one; null for one of the old head. transformers puts its name for
 * the encoder before the encoder's tensors once there is a classifier beside it.
 */
function newNames(
	plain: ReadonlyMap<string, TensorEntry>,
	{ layer, second }: HeadPlace,
	config: Record<string, unknown>
) {
	const gone = new Set([layer, ...(second ? [second] : [])].flatMap(({ weight, bias }) => [...weight, ...bias]));
	const isBare = libraryOf(config) === 'transformers' && !layer.weight.every((name) => plain.has(name));
	const type = config['model_type'] === 'vit_msn' ? 'vit' : String(config['model_type']);
	return (name: string): string | null => {
		const known = plainName(name);
		if (gone.has(known)) return null;
		return isBare ? `${type}.${known}` : unwrapped(name);
	};
}

function tableOf(all: readonly Named[]): Map<string, TensorEntry> {
	return new Map(all.map(({ tensor: { dtype, shape }, name }) => [name, { name, dtype, shape }]));
}

/** Each tensor becomes a blob of its own, which the browser may keep on the disk. */
function weightsOf(all: readonly Named[]): Blob {
	const blobs = all.map(({ tensor }) => new Blob([new Uint8Array(tensor.bytes)]));
	const entries = all.map(({ tensor: { dtype, shape }, name }, i) => ({
		name,
		dtype,
		shape,
		length: blobs[i]?.size ?? 0
	}));
	// transformers reads no file that does not say this of itself.
	return new Blob([safetensorsHead(entries, { format: 'pt' }), ...blobs]);
}

function json(name: string, content: unknown): File {
	return new File([`${JSON.stringify(content, null, 2)}\n`], name, { type: 'application/json' });
}
