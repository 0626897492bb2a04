import * as tf from '@tensorflow/tfjs-core';
import { isRecord } from '../../src/lib/base/json';
import { toFloat32, type StoredTensor } from '../../src/lib/engine/checkpoint/safetensors';
import { tapSpecs } from '../../src/lib/engine/families';
import type { CheckpointFiles, Model } from '../../src/lib/engine/model';
import type { TapData } from '../../src/lib/engine/tap';
import { Trace } from '../../src/lib/engine/trace';

/* What the recordings of CNNs are, as our taps. */

/** The recorded input may be of another size than photos are cut to: no weight depends on it. */
export function forInput<F extends Pick<CheckpointFiles, 'preprocessor'>>(
	files: F,
	[, , height, width]: readonly number[]
): F {
	const { preprocessor } = files;
	if (!isRecord(preprocessor) || !('crop_size' in preprocessor)) return files;
	return { ...files, preprocessor: { ...preprocessor, crop_size: { height, width } } };
}

/** A recorded map, (1, c, rows, columns), as our taps have maps: a row for each place. */
function asTap(recorded: StoredTensor): { shape: readonly number[]; truth: StoredTensor } {
	const { shape } = recorded;
	if (shape.length !== 4) return { shape, truth: recorded };
	const [, channels = 0, rows = 0, columns = 0] = shape;
	const [values, places] = [toFloat32(recorded), rows * columns];
	const turned = Float32Array.from(values, (_, i) => values[(i % channels) * places + Math.floor(i / channels)] ?? 0);
	return {
		shape: [1, places, channels],
		truth: { ...recorded, dtype: 'F32', bytes: new Uint8Array(turned.buffer) }
	};
}

/** A recorded tensor as our tap of that name. */
export const tapOf = (name: string, tensor: StoredTensor) =>
	name === 'pixel_values' ? { shape: tensor.shape, truth: tensor } : asTap(tensor);

/**
 * With random weights, MobileNetV2 is chaotic: most values lie beyond the bends of its ReLU6, so each block makes a
 * rounding error a few times as large. The same recorded pass in double precision is off by 3e-6 of a map's largest
 * magnitude after the second block, 1e-2 after the tenth, and 1 at the head. So what follows from the photo can be held to
 * the recording in the first blocks only; what follows from the recorded map before it, everywhere.
 */
const CALM = 'stem stages.0.blocks.0.out stages.1.blocks.0.out'.split(' ');

/** Whether a tap can be held to a recording of the whole pass, of which there are these tensors. */
export const isCalm = (name: string, recorded: ReadonlyMap<string, unknown>): boolean =>
	!recorded.has('head') || CALM.includes(name);

/** The recording as if it were a run of ours. */
function asRun({ config }: Model, recorded: ReadonlyMap<string, StoredTensor>): Trace {
	const trace = new Trace(tapSpecs(config));
	tf.tidy(() => {
		for (const [name, tensor] of recorded) {
			const { shape, truth } = tapOf(name, tensor);
			trace.tap(name, tf.tensor(toFloat32(truth), [...shape]));
		}
	});
	return trace;
}

/**
 * Makes each recorded map from the recorded one before it, and hands it on beside the recorded: what an unruly network
 * can be held to everywhere.
 * @throws when a map was recorded that is no tap of the model's
 */
export async function eachFromTheOneBefore(
	model: Model,
	recorded: ReadonlyMap<string, StoredTensor>,
	compare: (name: string, tap: TapData, recorded: StoredTensor) => void
): Promise<void> {
	const names = tapSpecs(model.config).flatMap(({ name }) => (recorded.has(name) ? [name] : []));
	if (names.length < recorded.size) throw new Error(`Of ${[...recorded.keys()].join(', ')}, some are no taps.`);
	const input = recorded.get('pixel_values');
	const pixels = input ? toFloat32(input) : new Float32Array();
	const [untouched, recording] = [await model.run(pixels), asRun(model, recorded)];
	const runs = new Map([['recording', recording]]);
	for (const [i, name] of names.slice(1).entries()) {
		const edits = [{ tap: names[i] ?? '', do: 'replace', run: 'recording' }] as const;
		const trace = await model.run(pixels, { edits, runs, untouched, taps: (tap) => tap === name });
		const tensor = recorded.get(name);
		if (tensor) compare(name, await trace.read(name), tensor);
		trace.dispose();
	}
	untouched.dispose();
	recording.dispose();
}
