import { asViT } from '../../../src/lib/engine/config';
import { Model } from '../../../src/lib/engine/model';
import type { Outputs } from './outputs';

/** Loads a checkpoint as the site does. @param folder address, ending in a slash */
export async function loadOurs(folder: string): Promise<Model> {
	const json = (name: string) => fetch(folder + name).then((response) => (response.ok ? response.json() : null));
	const [config, preprocessor, weights] = await Promise.all([
		json('config.json') as Promise<unknown>,
		json('preprocessor_config.json') as Promise<unknown>,
		fetch(`${folder}model.safetensors`).then((response) => response.arrayBuffer())
	]);
	return Model.load({ config, preprocessor, weights });
}

const WANTED = /^logits$|\.attn\.weights$/;

/** One run through the engine's public surface, its outputs read back. */
export async function runOurs(model: Model, pixels: Float32Array): Promise<Outputs> {
	const trace = await model.run(pixels, { taps: (name) => WANTED.test(name) });
	try {
		const names = Array.from({ length: asViT(model.config).depth }, (_, i) => `blocks.${i}.attn.weights`);
		const [logits, ...attention] = await Promise.all(['logits', ...names].map((name) => trace.read(name)));
		if (!logits) throw new Error('The run returned no logits.');
		return { logits: logits.data, attention: attention.map(({ data }) => data) };
	} finally {
		trace.dispose();
	}
}
