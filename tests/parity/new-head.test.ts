import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { pictureVector, pictureVectorTap } from '../../src/lib/analysis/picture-vector';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { inputShape } from '../../src/lib/engine/config';
import { Model } from '../../src/lib/engine/model';
import { random } from '../../src/lib/engine/testing/checkpoint';
import { withHead } from '../../src/lib/models/new-head';
import { madeUpHead, modelOf, plainLogits } from '../../src/lib/models/testing';
import { readCheckpoint } from '../../scripts/lib/checkpoint';
import { SHARED } from './recorded';

/** Kinds for which transformers has no classifier, or one that reads something else than what the page reads. */
const WITHOUT = /hf-(clip|siglip|dinov3|mae)/;

const foldersOf = (path: string) =>
	(existsSync(SHARED + path) ? readdirSync(SHARED + path) : [])
		.map((name) => `${path}/${name}`)
		.filter((folder) => existsSync(`${SHARED}${folder}/config.json`));

const folders = ['parity', 'parity/conv', 'zoo'].flatMap(foldersOf);

describe('a head of the reader’s own on checkpoints as timm and transformers wrote them', () => {
	beforeAll(() => useNodeBackend('wasm'));

	it.runIf(folders.length > 0).each(folders)('%s', async (folder) => {
		const { files } = await readCheckpoint(SHARED + folder);
		const model = Model.load(files);
		const size = inputShape(model.config).reduce((product, side) => product * side, 1);
		const pixels = Float32Array.from({ length: size }, random(11));
		const run = await model.run(pixels);
		const vector = pictureVector(await run.read(pictureVectorTap(model.config)), model.config);
		run.dispose();
		model.dispose();
		const sources = files.weights instanceof ArrayBuffer ? [] : files.weights;
		const weights = { bytes: 0, held: false, open: async () => sources };
		const made = withHead({ ...files, weights }, madeUpHead(vector.length));
		if (WITHOUT.test(folder)) return expect(made).rejects.toThrow(/^transformers has no classifier/);
		const next = await modelOf((await made).files);
		const again = await next.run(pixels);
		const { data } = await again.read('logits');
		plainLogits(madeUpHead(vector.length), vector).forEach((plain, k) => {
			expect(Math.abs((data[k] ?? NaN) - plain)).toBeLessThan(1e-4 * Math.max(1, Math.abs(plain)));
		});
		again.dispose();
		next.dispose();
	});
});
