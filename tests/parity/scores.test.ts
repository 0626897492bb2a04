import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readCheckpoint } from '../../scripts/lib/checkpoint';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { Model } from '../../src/lib/engine/model';
import { answerOf, answerTap } from '../../src/lib/worker/answer';

const CASES = 'tests/fixtures/cases';

/** What transformers' image-classification pipeline (5.18) gives of each, by name, likeliest first. */
const EXPECTED = [
	['01-one-label', 'sigmoid', { tumour: 0.4872 }],
	['02-multi-label', 'sigmoid', { ant: 0.6528, eel: 0.5493, dog: 0.5333, cat: 0.3785, bee: 0.3359 }]
] as const;

it.each(EXPECTED)('scores %s as the real library does, by a %s', async (name, kind, scores) => {
	await useNodeBackend('cpu');
	const folder = `${CASES}/${name}`;
	const { files, labels } = await readCheckpoint(folder);
	const bytes = await readFile(`${folder}/expected_pixel_values.safetensors`);
	const pixels = readSafetensors(new Uint8Array(bytes).buffer).get('pixel_values');
	const model = Model.load(files);
	const trace = await model.run(pixels ? toFloat32(pixels) : new Float32Array());
	const answer = answerOf(await trace.read(answerTap(model.config)), { config: model.config, labels });
	expect(model.config.scores).toBe(kind);
	expect(answer.top.map(({ label }) => label)).toEqual(Object.keys(scores));
	for (const { label, score } of answer.top)
		expect(Math.abs(score - (scores[label as keyof typeof scores] ?? NaN))).toBeLessThan(1e-4);
	trace.dispose();
	model.dispose();
});
