import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { Model, type CheckpointFiles } from '../../src/lib/engine/model';
import { checkpointIn, parityCases } from './cases';
import { byTapName, difference, NOT_TAPS, worstRowSum } from './compare';
import { hasShared, sharedBytes } from './recorded';
import { asTimm } from './timm-names';

const BOTH = ['wasm', 'cpu'] as const;

/** Those that must be there, so that a folder gone missing is told; others beside them are run as well. */
const EXPECTED = ['deit-distilled', 'dino-vit', 'dinov2', 'dinov2-registers', 'vit-patch16', 'vit-patch8-nobias'].map(
	(name) => ({ folder: `parity/${name}`, recording: `parity/${name}/expected.safetensors` })
);
const FOUND = parityCases((type) => type !== 'swin');
const SMALL = [...EXPECTED, ...FOUND.filter(({ folder }) => !EXPECTED.some((known) => known.folder === folder))];

/** The real one takes long, so it runs once on the slower backend. */
const REAL = [
	{ recording: 'parity/real-vit-tiny/n01622779_great_grey_owl.safetensors', backends: BOTH },
	{ recording: 'parity/real-vit-tiny/n02268853_damselfly.safetensors', backends: ['wasm'] as const }
].map((one) => ({ ...one, folder: 'models/vit-tiny' }));

const RUNS = [...SMALL.map((one) => ({ ...one, backends: BOTH })), ...REAL].flatMap(({ backends, ...rest }) =>
	backends.map((backend) => ({ ...rest, backend }))
);

/** Runs a checkpoint on a recording's input and holds every recorded tap against it; leaves nothing behind. */
async function expectParity(files: CheckpointFiles, recording: string): Promise<void> {
	const before = tf.memory().numTensors;
	const model = Model.load(files);
	const recorded = byTapName(readSafetensors(await sharedBytes(recording)));
	const pixels = recorded.get('pixel_values');
	const trace = await model.run(pixels ? toFloat32(pixels) : new Float32Array());
	const compared = [...recorded].filter(([name]) => !NOT_TAPS.includes(name));
	for (const [name, truth] of compared) {
		const { data, shape } = await trace.read(name);
		expect(shape, name).toEqual(truth.shape);
		expect(difference(truth, data), name).toBeLessThan(1e-4);
		if (name.endsWith('attn.pattern')) expect(worstRowSum(data, shape.at(-1) ?? 0), name).toBeLessThan(1e-5);
	}
	expect(compared.map(([name]) => name)).toContain(model.config.classes > 0 ? 'logits' : 'norm');
	trace.dispose();
	model.dispose();
	expect(tf.memory().numTensors).toBe(before);
}

describe.each(RUNS)('$recording on $backend', ({ folder, recording, backend }) => {
	beforeAll(() => useNodeBackend(backend));

	it.runIf(hasShared(folder) && hasShared(recording))(
		'gives every recorded tap within 1e-4 and rows of attention that sum to 1',
		async () => expectParity(await checkpointIn(folder), recording)
	);
});

describe.each(SMALL)('$folder under the names of timm', ({ folder, recording }) => {
	beforeAll(() => useNodeBackend('wasm'));

	it.runIf(hasShared(recording))('gives the same', async () =>
		expectParity(asTimm(await checkpointIn(folder)), recording)
	);
});
