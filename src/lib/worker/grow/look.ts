import * as tf from '@tensorflow/tfjs-core';
import { cosineMatrix } from '../../analysis/cosine';
import { tapSpecs } from '../../engine/families';
import { keepAsked } from '../../engine/keep';
import { runSteps } from '../../engine/run';
import { Trace } from '../../engine/trace';
import type { Labelled, NetworkPlan, ParameterValues, ViTPlan } from '../../engine/train/contract';
import { grownNetwork } from '../../engine/train/grown';
import { byKind } from '../../engine/train/kinds';
import type { GrowLook } from './protocol';

/** What can be seen of a network as it is. @param probes what its attention is shown on */
export async function lookAt(
	plan: NetworkPlan,
	parameters: ParameterValues,
	probes: readonly Labelled[]
): Promise<GrowLook> {
	return byKind<GrowLook | Promise<GrowLook>>(plan, {
		cnn: () => ({
			filters: stemFilters(of(parameters, 'stem.conv.weight')),
			side: 3,
			positions: null,
			attention: null
		}),
		vit: async (own) => ({
			filters: patchFilters(of(parameters, 'patch_embed.weight'), own),
			side: own.patch,
			positions: own.positions ? await positionCosines(of(parameters, 'pos_embed'), own) : null,
			attention: await attentionOn(own, parameters, probes)
		})
	});
}

/** @throws Error for a parameter that a network of this kind has not */
function of(parameters: ParameterValues, name: string): Float32Array {
	const found = parameters.get(`parameters.${name}`);
	if (found) return found;
	throw new Error(`The network has no parameter '${name}'.`);
}

/** From (3, 3, colours, filters) to (filters, 3, 3, colours). */
function stemFilters(weight: Float32Array): Float32Array {
	const inside = 3 * 3 * 3;
	const count = weight.length / inside;
	return Float32Array.from(weight, (_, i) => weight[(i % inside) * count + Math.floor(i / inside)] ?? NaN);
}

/** From (colours side side, filters) to (filters, side, side, colours). */
function patchFilters(weight: Float32Array, { patch, dim }: ViTPlan): Float32Array {
	const inside = 3 * patch ** 2;
	return Float32Array.from(weight, (_, i) => {
		const [filter, rest] = [Math.floor(i / inside), i % inside];
		const [place, colour] = [Math.floor(rest / 3), rest % 3];
		return weight[(colour * patch ** 2 + place) * dim + filter] ?? NaN;
	});
}

/** Of the patches alone. */
function positionCosines(positions: Float32Array, { size, patch, dim }: ViTPlan): Promise<Float32Array> {
	const patches = positions.subarray(positions.length - (size / patch) ** 2 * dim);
	return cosineMatrix(patches, patches, dim);
}

async function attentionOn(plan: ViTPlan, parameters: ParameterValues, probes: readonly Labelled[]) {
	const network = grownNetwork(plan, parameters);
	const last = `blocks.${plan.depth - 1}.attn.pattern`;
	try {
		const maps: Float32Array[] = [];
		for (const { pixels } of probes) {
			const trace = new Trace(
				tapSpecs(network.config),
				keepAsked((tap) => tap === last)
			);
			const input = tf.tensor4d(pixels, [1, 3, plan.size, plan.size]);
			try {
				await runSteps(network.steps(new Map()), input, trace);
				const { data, shape } = await trace.read(last);
				maps.push(readFrom(data, shape.at(-1) ?? 0, plan));
			} finally {
				trace.dispose();
				input.dispose();
			}
		}
		return maps;
	} finally {
		network.dispose();
	}
}

/**
 * Where each head looks: from CLS, or from all patches on the mean, where there is none.
 * @param pattern (heads, tokens, tokens) @returns (heads, patches)
 */
function readFrom(pattern: Float32Array, tokens: number, { heads, size, patch, pooling }: ViTPlan): Float32Array {
	const patches = (size / patch) ** 2;
	const first = tokens - patches;
	const queries = pooling === 'cls' ? [0] : Array.from({ length: patches }, (_, i) => first + i);
	const maps = new Float32Array(heads * patches);
	for (let head = 0; head < heads; head++)
		for (const query of queries)
			for (let key = 0; key < patches; key++) {
				const weight = pattern[(head * tokens + query) * tokens + first + key] ?? NaN;
				maps[head * patches + key] = (maps[head * patches + key] ?? 0) + weight / queries.length;
			}
	return maps;
}
