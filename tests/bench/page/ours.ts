/*
 * All that the bench knows of the engine's interface. `--against` builds this same file on another checkout's engine
 * (see `engine-of.ts`), so where the interface has changed in between, it has to know both.
 */
import * as tf from '@tensorflow/tfjs-core';
import { inputShape } from '../../../src/lib/engine/config';
import { Model } from '../../../src/lib/engine/model';
import type { Outputs } from './outputs';
import { picture } from './picture';

export { start } from '../../gpu/page/start';

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

/** What every model is measured on, in the size that it takes. */
export function inputOf(model: Model): Float32Array {
	return picture(inputShape(model.config));
}

/** Attention probabilities, which were called weights once: see `base/renames.ts`. */
const ATTENTION = /\.attn\.(pattern|weights)$/;

/**
 * One run through the engine's public surface, its outputs read back.
 * @param pause called after each block
 */
export async function runOurs(model: Model, pixels: Float32Array, pause?: () => void): Promise<Outputs> {
	const trace = await model.run(pixels, { taps: (name) => name === 'logits' || ATTENTION.test(name), pause });
	try {
		const names = trace.names.filter((name) => ATTENTION.test(name));
		const [logits, ...attention] = await Promise.all(['logits', ...names].map((name) => trace.read(name)));
		if (!logits) throw new Error('The run returned no logits.');
		return { logits: logits.data, attention: attention.map(({ data }) => data) };
	} finally {
		trace.dispose();
	}
}

/**
 * Counts from now on what tensors hold. tfjs keeps it in one field, so that nothing between two looks is missed.
 * @returns the bytes that they held at most since it was last asked, and hold now
 */
export function watchTensors(): () => { readonly peak: number; readonly now: number } {
	const { state } = tf.engine();
	let now = state.numBytes;
	let peak = now;
	Object.defineProperty(state, 'numBytes', {
		get: () => now,
		set: (bytes: number) => {
			now = bytes;
			peak = Math.max(peak, bytes);
		}
	});
	return () => {
		const seen = { peak, now };
		peak = now;
		return seen;
	};
}
