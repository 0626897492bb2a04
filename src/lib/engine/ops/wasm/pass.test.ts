import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../backends/node';
import { Model, type CheckpointFiles } from '../../model';
import { random, timmCheckpoint } from '../../testing/checkpoint';
import { registerWasmKernels, unregisterWasmKernels } from './register';
import { buildsUnderTest } from './testing';

const VIT_TINY = new URL('../../../../../../shared/models/vit-tiny/', import.meta.url);

async function vitTiny(): Promise<CheckpointFiles> {
	const config: unknown = JSON.parse(await readFile(new URL('config.json', VIT_TINY), 'utf8'));
	const { buffer } = Uint8Array.from(await readFile(new URL('model.safetensors', VIT_TINY)));
	return { config, preprocessor: null, weights: buffer };
}

/** Every tap of a run on the same made-up picture. */
async function taps(model: Model): Promise<Map<string, Float32Array>> {
	const { channels, imageSize } = model.config;
	const next = random(11);
	const pixels = Float32Array.from({ length: channels * imageSize[0] * imageSize[1] }, next);
	const trace = await model.run(pixels);
	const values = new Map<string, Float32Array>();
	for (const name of trace.names) values.set(name, (await trace.read(name)).data);
	trace.dispose();
	return values;
}

/** The tap that differs most, and by how much. */
function worstTap(actual: Map<string, Float32Array>, expected: Map<string, Float32Array>): [number, string] {
	let worst: [number, string] = [0, 'none'];
	for (const [name, values] of expected) {
		const other = actual.get(name);
		let [top, most] = [0, 0];
		values.forEach((value, i) => {
			top = Math.max(top, Math.abs(value));
			const off = Math.abs(value - (other?.[i] ?? NaN));
			most = Number.isNaN(off) ? Infinity : Math.max(most, off);
		});
		if (most / top > worst[0]) worst = [most / top, name];
	}
	return worst;
}

/*
 * Tolerances are relative to the largest magnitude of a tap. Through ViT-Tiny's twelve blocks float32's rounding grows
 * to 1.5e-5 between any two orders of summation: tfjs's own wasm and cpu backends are that far apart, and ours is no
 * farther from either.
 */
describe.each([
	{ name: 'a made-up model', files: timmCheckpoint, there: true, tolerance: 1e-5 },
	{ name: 'ViT-Tiny', files: vitTiny, there: existsSync(VIT_TINY), tolerance: 4e-5 }
])('a whole pass of $name', ({ files, there, tolerance }) => {
	let model: Model;
	let plain: Map<string, Float32Array>;

	beforeAll(async () => {
		if (!there) return;
		await useNodeBackend('wasm');
		unregisterWasmKernels();
		model = Model.load(await files());
		plain = await taps(model);
	});
	afterAll(() => {
		if (there) model.dispose();
		unregisterWasmKernels();
	});

	for (const { build, runs } of buildsUnderTest()) {
		it.runIf(there && runs)(`has the same taps with the ${build} kernels as with tfjs's own`, async () => {
			expect(await registerWasmKernels(build)).toBe(build);
			const own = await taps(model);
			expect([...own.keys()]).toEqual([...plain.keys()]);
			const [difference, tap] = worstTap(own, plain);
			expect(difference, tap).toBeLessThan(tolerance);
		});
	}
});
