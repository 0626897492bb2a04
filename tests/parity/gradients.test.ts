import { beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../src/lib/analysis/linear';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { Model } from '../../src/lib/engine/model';
import { numericSlope } from '../../src/lib/engine/testing/numeric-gradient';
import { checkpointIn, parityCases } from './cases';
import { sharedBytes } from './recorded';

const CLASS = 0;

/** Where each kind of step ends: all of the last block's and the first's, the head's, and the pixels. */
const TAPS = /^(pixel_values|embeddings|norm|pooled|(blocks|stages\.0\.blocks)\.0\.(?!attn\.scores).*|.*\.merge)$/;

// What PyTorch says of the real ViT-Tiny is in relevance.test.ts; here every recorded architecture is held to itself.
describe.each(parityCases(() => true))('the gradients of $folder', ({ folder, recording }) => {
	beforeAll(() => useNodeBackend('wasm'));

	it('are those of finite differences', async () => {
		const model = Model.load(await checkpointIn(folder));
		const recorded = readSafetensors(await sharedBytes(recording)).get('pixel_values');
		const pixels = recorded ? toFloat32(recorded) : new Float32Array();
		const trace = await model.run(pixels);
		const names = model.config.classes > 0 ? trace.names.filter((name) => TAPS.test(name)) : [];
		if (model.config.classes === 0) {
			await expect(model.gradients(trace, { classIndex: CLASS, names })).rejects.toThrow('has no classifier');
		}
		for (const name of names) {
			const gradients = await model.gradients(trace, { classIndex: CLASS, names: [name] });
			const { data } = await gradients.read(name);
			gradients.dispose();
			const largest = Math.max(...data.map(Math.abs));
			const steepest = dot(data, data) / largest;
			const checked = { model, pixels, edits: [], untouched: trace, of: { classIndex: CLASS } };
			// Up the gradient, and with the sign of every third number turned: one number alone moves a logit too little.
			for (const sign of [() => 1, (i: number) => (i % 3 === 0 ? -1 : 1)]) {
				const direction = data.map((value, i) => (sign(i) * value) / largest);
				const slope = dot(data, direction);
				const expected = await numericSlope(checked, name, direction, steepest);
				expect(Math.abs(slope - expected) / steepest, name).toBeLessThan(1e-3);
			}
		}
		for (const owner of [trace, model]) owner.dispose();
	}, 60_000);
});
