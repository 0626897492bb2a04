/*
 * All that the bench knows of the engine's interface. `--against` builds this same file on another checkout's engine
 * (see `engine-of.ts`), so where the interface has changed in between, it has to know both.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as half from '../../../src/lib/engine/checkpoint/half';
import { inputShape } from '../../../src/lib/engine/config';
import { Model } from '../../../src/lib/engine/model';
import type { Part } from '../../../src/lib/engine/part';
import type { RunBudget } from '../../../src/lib/worker/budget';
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
export const ATTENTION = /\.attn\.(pattern|weights)$/;

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

/** The model at another size of its input. @param size the side of a square, in pixels; null for its own */
export const sizedOurs = (model: Model, size: number | null): Model => (size === null ? model : model.at([size, size]));

/**
 * One run that keeps what the site has it keep.
 * @param budget an engine that knows of none keeps all
 * @param look called after each block
 * @returns the run, the caller's to dispose, and the milliseconds of a block, the median
 */
export async function keepOurs(model: Model, pixels: Float32Array, budget: RunBudget['one'], look: () => void) {
	const times: number[] = [];
	let last = performance.now();
	const pause = () => {
		times.push(performance.now() - last);
		look();
		last = performance.now();
	};
	const trace = await model.run(pixels, { memory: budget, pause });
	// The last thing that it says: not every model has logits.
	await trace.read(trace.names.at(-1) ?? '');
	return { trace, block: middleOf(times) };
}

/**
 * Reads of a run what the page draws, as the page does (see `views/taps-shown.ts`): all patterns with their means, where it
 * has room for them; or those of each block in turn, as halves, and the lines of one token of all. An engine that knows of
 * no parts reads whole patterns, and one that knows of no halves has numbers of four bytes.
 * @param room bytes that the page has for it
 * @param look called after each
 * @returns the bytes that the page holds then
 */
export async function drawOurs(
	trace: Awaited<ReturnType<Model['run']>>,
	room: number,
	look: () => void
): Promise<number> {
	const names = trace.names.filter((name) => ATTENTION.test(name));
	const bytesOf = async (name: string, part: Part | null = null) => {
		const taps = await trace.readAll([name], undefined, part);
		look();
		return taps.reduce((sum, { data, halves }) => sum + data.byteLength + (halves?.byteLength ?? 0), 0);
	};
	const specs = names.map((name) => trace.specOf(name)?.shape ?? []);
	const whole = specs.map((shape) => 4 * shape.reduce((a, b) => a * b, 1) * (1 + 1 / (shape[1] ?? 1)));
	const all = whole.reduce((sum, bytes) => sum + bytes, 0);
	if (all <= room || specs.some(([windows]) => windows !== 1)) {
		for (const name of names) await bytesOf(name);
		return all;
	}
	const [heads, mean] =
		'roundInto' in half ? ([{ halves: 'heads' }, { halves: 'mean' }] as const) : ([null, 'mean'] as const);
	let [block, lines] = [0, 0];
	for (const name of names) {
		block = Math.max(block, (await bytesOf(name, heads)) + (await bytesOf(name, mean)));
		lines += await bytesOf(name, { lines: 0 });
	}
	return block + lines;
}

/**
 * Reads every tap of a run; first one of each block, from the last to the first.
 * @param look called after each
 * @returns milliseconds of one of these first ones, the median
 */
export async function lookAtAll(trace: Awaited<ReturnType<Model['run']>>, look: () => void): Promise<number> {
	const read = async (name: string) => {
		await trace.read(name);
		look();
	};
	const times: number[] = [];
	for (const name of trace.names.filter((tap) => tap.endsWith('.mlp.out')).reverse()) {
		const began = performance.now();
		await read(name);
		times.push(performance.now() - began);
	}
	for (const name of trace.names) await read(name);
	return middleOf(times);
}

const middleOf = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;

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
