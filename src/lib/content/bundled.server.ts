import { readFileSync } from 'node:fs';
import { readConfig } from '../engine/checkpoint/read-config';
import { readSafetensors } from '../engine/checkpoint/safetensors';
import type { ModelConfig } from '../engine/config';
import { tapSpecs } from '../engine/taps';
import { weightSpecs } from '../engine/weights';
import { parseJson } from '../json';

/** What the prose is checked with: the model that every copy of the site has. */
export interface BundledModel {
	readonly config: ModelConfig;
	readonly parameters: number;
	/** The names of all taps and parameters. */
	readonly taps: ReadonlySet<string>;
}

/** Reads what the bundled model is from its own files. @param folder the model's, such as `static/models/patchwork-s` */
export function readBundled(folder: string): BundledModel {
	const json = readFileSync(`${folder}/config.json`, 'utf8');
	const tensors = readSafetensors(new Uint8Array(readFileSync(`${folder}/model.safetensors`)).buffer);
	const { config } = readConfig(parseJson(json, `${folder}/config.json`), null, (name) => tensors.get(name)?.shape);
	const weights = weightSpecs(config);
	const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
	return {
		config,
		parameters: weights.reduce((sum, { shape }) => sum + size(shape), 0),
		taps: new Set([...tapSpecs(config), ...weights].map(({ name }) => name))
	};
}
