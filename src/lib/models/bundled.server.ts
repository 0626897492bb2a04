import { readFileSync } from 'node:fs';
import { vitReader } from '../engine/vit/read';
import { readSafetensors } from '../engine/checkpoint/safetensors';
import type { ViTConfig } from '../engine/vit/config';
import { tapSpecs, parameterSpecs } from '../engine/families';
import { isRecord, parseJson } from '../base/json';

/** What the prose is checked with: the model that every copy of the site has. */
export interface BundledModel {
	readonly config: ViTConfig;
	readonly parameters: number;
	/** The names of all taps and parameters. */
	readonly taps: ReadonlySet<string>;
}

/** Reads what the bundled model is from its own files. @param folder the model's, such as `static/models/patchwork-t` */
export function readBundled(folder: string): BundledModel {
	const json = readFileSync(`${folder}/config.json`, 'utf8');
	const tensors = readSafetensors(new Uint8Array(readFileSync(`${folder}/model.safetensors`)).buffer);
	const parsed = parseJson(json, `${folder}/config.json`);
	if (!isRecord(parsed)) throw new Error(`${folder}/config.json is no object.`);
	const shapeOf = (name: string) => tensors.get(name)?.shape;
	if (!vitReader.recognises(shapeOf)) throw new Error(`${folder} holds no ViT.`);
	const { config } = vitReader.read(parsed, null, shapeOf);
	const weights = parameterSpecs(config);
	const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
	return {
		config,
		parameters: weights.reduce((sum, { shape }) => sum + size(shape), 0),
		taps: new Set([...tapSpecs(config), ...weights].map(({ name }) => name))
	};
}
