import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { decodeFile } from '../../scripts/lib/decode';
import { effectiveField, shareIn } from '../../src/lib/analysis/effective-field';
import { receptiveField } from '../../src/lib/analysis/receptive-field';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { lastMap } from '../../src/lib/engine/conv/config';
import { Model } from '../../src/lib/engine/model';
import { preprocess } from '../../src/lib/engine/preprocess';
import { asConv } from '../../src/lib/engine/testing/conv-checkpoint';
import { checkpointIn } from './cases';
import { hasShared, SHARED } from './recorded';

/**
 * Of the real MobileNetV2: how much of what the middle of its last map uses lies in the central 112 px. Over the 25 photos
 * of `changes.md` it is 40 %; these are every fifth of those, and photos differ.
 */
const EVERY = 50;
const WANTED = 0.4;
const APART = 0.03;

interface Answers {
	readonly samples: { readonly photos: readonly { readonly file: string }[] };
	readonly val: { readonly photos: readonly { readonly file: string }[] };
}

beforeAll(() => useNodeBackend('wasm'));

it.runIf(hasShared('models/mobilenetv2') && hasShared('photos/answers.json'))(
	'the unit in the middle of MobileNetV2’s last map sees 491 px, and uses the central 112 for two fifths',
	{ timeout: 120_000 },
	async () => {
		const model = Model.load(await checkpointIn('models/mobilenetv2'));
		const config = asConv(model.config);
		const { name } = lastMap(config);
		expect(receptiveField(config, name, [3, 3]).width).toBe(491);
		const answers = JSON.parse(readFileSync(`${SHARED}photos/answers.json`, 'utf8')) as Answers;
		const files = (['samples', 'val'] as const).flatMap((set) =>
			answers[set].photos.map(({ file }) => `${SHARED}photos/${set}/${file}`)
		);
		const sum = new Float32Array(224 * 224);
		for (const file of files.filter((_, i) => i % EVERY === 0)) {
			const { pixelValues } = preprocess(await decodeFile(file), config.preprocess, null);
			const trace = await model.run(pixelValues);
			const gradients = await model.gradients(trace, { from: name, token: 3 * 7 + 3, names: ['pixel_values'] });
			for (const [i, value] of effectiveField(await gradients.read('pixel_values')).entries())
				sum[i] = (sum[i] ?? 0) + value;
			for (const owner of [gradients, trace]) owner.dispose();
		}
		expect(Math.abs(shareIn(sum, 224, [56, 167], [56, 167]) - WANTED)).toBeLessThan(APART);
		model.dispose();
	}
);
