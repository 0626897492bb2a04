import * as tf from '@tensorflow/tfjs-core';
import { readSafetensors, toFloat32, type StoredTensor } from '../../../src/lib/engine/checkpoint/safetensors';
import type { ModelConfig } from '../../../src/lib/engine/families';
import { Model } from '../../../src/lib/engine/model';
import type { Trace } from '../../../src/lib/engine/trace';
import { difference, NOT_TAPS, worstRowSum } from '../../parity/compare';
import { eachFromTheOneBefore, forInput, isCalm, tapOf } from '../../parity/conv-maps';
import { swinTapName } from '../../parity/swin-names';
import { zooTap } from '../../parity/zoo-names';

/** A run laid beside a recorded one. */
export interface ModelComparison {
	readonly taps: readonly TapComparison[];
	/** The largest distance of a row of any attention map's sum from 1. */
	readonly rowSums: number;
	/** Taps of the run, recorded or not, that hold a number which is not finite. */
	readonly notFinite: readonly string[];
	/** Tensors that were there after everything was disposed and not before. */
	readonly leaked: number;
}

export interface TapComparison {
	readonly name: string;
	/** Largest difference beyond the recording's own rounding, divided by the tap's largest magnitude. */
	readonly difference: number;
}

/**
 * Loads a model, runs it on the recorded input and compares every recorded tap. Where a pass cannot be held to its
 * recording in all taps, each is made from the recorded one before it as well.
 * @param folder address of config.json and model.safetensors
 * @param recording address of a safetensors file with `pixel_values` and taps
 */
export async function compareModel(folder: string, recording: string): Promise<ModelComparison> {
	const before = tf.memory().numTensors;
	const [config, preprocessor, weights, file] = await Promise.all([
		fetch(`${folder}config.json`).then((response) => response.json() as Promise<unknown>),
		fetch(`${folder}preprocessor_config.json`).then((response) =>
			response.ok ? (response.json() as Promise<unknown>) : null
		),
		fetch(`${folder}model.safetensors`).then((response) => response.arrayBuffer()),
		fetch(recording).then((response) => response.arrayBuffer())
	]);
	const recorded = readSafetensors(file);
	const input = recorded.get('pixel_values');
	if (!input) throw new Error(`${recording} holds no pixel_values.`);
	const model = Model.load(forInput({ config, preprocessor, weights }, input.shape));
	const trace = await model.run(toFloat32(input));
	try {
		const compared = await compareTaps(trace, namedTaps(recorded, model.config));
		return {
			...compared,
			taps: [...compared.taps, ...(await compareUnruly(model, recorded))],
			leaked: leakedAfter(() => dispose(model, trace), before)
		};
	} finally {
		dispose(model, trace);
	}
}

function dispose(model: Model, trace: Trace): void {
	trace.dispose();
	model.dispose();
}

function leakedAfter(disposeAll: () => void, before: number): number {
	disposeAll();
	return tf.memory().numTensors - before;
}

/** A recording's tensors by the names of the model's taps. */
function namedTaps(recorded: ReadonlyMap<string, StoredTensor>, config: ModelConfig): Map<string, StoredTensor> {
	if (config.family === 'vit') {
		return new Map(
			[...recorded].flatMap(([name, tensor]) => {
				const tap = zooTap(name, config);
				return tap === null ? [] : [[tap, tensor]];
			})
		);
	}
	if (config.family === 'swin')
		return new Map([...recorded].map(([name, tensor]) => [swinTapName(name, config), tensor]));
	return new Map(
		[...recorded].flatMap(([name, tensor]) => (isCalm(name, recorded) ? [[name, tapOf(name, tensor).truth]] : []))
	);
}

/** The maps of a CNN that is held to its recording map by map; none for all other models. */
async function compareUnruly(model: Model, recorded: ReadonlyMap<string, StoredTensor>): Promise<TapComparison[]> {
	const names = [...recorded.keys()];
	if (model.config.family !== 'conv' || names.every((name) => isCalm(name, recorded))) return [];
	const taps: TapComparison[] = [];
	await eachFromTheOneBefore(model, recorded, (name, { data }, tensor) => {
		taps.push({ name, difference: difference(tapOf(name, tensor).truth, data) });
	});
	return taps;
}

/** @param wanted what was recorded, by our names */
async function compareTaps(trace: Trace, wanted: Map<string, StoredTensor>): Promise<Omit<ModelComparison, 'leaked'>> {
	for (const name of [...NOT_TAPS, 'pixel_values']) wanted.delete(name);
	const taps: TapComparison[] = [];
	const notFinite: string[] = [];
	let rowSums = 0;
	for (const name of trace.names) {
		const { data, shape } = await trace.read(name);
		const stored = wanted.get(name);
		if (stored) taps.push({ name, difference: difference(stored, data) });
		if (!data.every(Number.isFinite)) notFinite.push(name);
		if (name.endsWith('attn.pattern')) rowSums = Math.max(rowSums, worstRowSum(data, shape.at(-1) ?? 1));
		wanted.delete(name);
	}
	if (wanted.size > 0) throw new Error(`The run has no taps ${[...wanted.keys()].join(', ')}, which were recorded.`);
	return { taps, rowSums, notFinite };
}
