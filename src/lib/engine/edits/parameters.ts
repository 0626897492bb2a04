import * as tf from '@tensorflow/tfjs-core';
import { HalfMatrix } from '../ops/half-matrix';
import type { Parameter } from '../parameter';
import { applyEdit } from './apply';
import type { EditPlan } from './plan';

/** Parameters that a run has otherwise than the model: the model's own, and what stands for each. */
export type Replaced = ReadonlyMap<Parameter, tf.Tensor>;

/**
 * Carries out the edits of parameters, but for those of the embedding, which the pass itself carries out. However a
 * parameter is kept, what stands for it is float32.
 * @returns tensors that are the caller's to dispose
 */
export async function editedParameters(
	{ taps, anatomy }: EditPlan,
	parameters: ReadonlyMap<string, Parameter>
): Promise<Replaced> {
	const replaced = new Map<Parameter, tf.Tensor>();
	for (const { name, shape } of anatomy.parameters) {
		const [planned, parameter] = [taps.get(name), parameters.get(name)];
		if (!planned || !parameter || anatomy.embedded.includes(name)) continue;
		const data = (await parameter.data()) as Float32Array;
		const made = tf.tidy(() => {
			const own = tf.tensor(data.slice(), [...shape], 'float32');
			return planned.edits.reduce((x, edit) => applyEdit(x, edit, NOTHING), own);
		});
		replaced.set(parameter, made);
	}
	return replaced;
}

const NOTHING = {
	here: () => fail('taps of a run'),
	there: () => fail('other runs')
};

function fail(what: string): never {
	throw new Error(`A parameter’s edits read no ${what}.`);
}

/** A family's parameters with some replaced; itself where none is. */
export function withParameters<T>(own: T, replaced: Replaced): T {
	return replaced.size === 0 ? own : (replacedIn(own, replaced) as T);
}

function replacedIn(own: unknown, replaced: Replaced): unknown {
	if (own instanceof tf.Tensor || own instanceof HalfMatrix) return replaced.get(own) ?? own;
	if (Array.isArray(own)) return own.map((one: unknown) => replacedIn(one, replaced));
	if (own instanceof Map)
		return new Map([...own].map(([key, one]: [unknown, unknown]) => [key, replacedIn(one, replaced)]));
	if (typeof own !== 'object' || own === null) return own;
	return Object.fromEntries(
		Object.entries(own).map(([key, one]: [string, unknown]) => [key, replacedIn(one, replaced)])
	);
}
