import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { useNodeBackend } from '../../src/lib/engine/backends/node.ts';
import { Model } from '../../src/lib/engine/model.ts';
import { preprocess } from '../../src/lib/engine/preprocess.ts';
import type { Sample, Verdict } from '../../src/lib/photo/manifest.ts';
import { topClasses } from '../../src/lib/worker/top-classes.ts';
import { readCheckpoint } from '../lib/checkpoint.ts';
import { decodeFile } from '../lib/decode.ts';

/** The models that are asked, and the folders below the repository where their weights may lie. */
const JUDGES: Readonly<Record<string, readonly string[]>> = {
	'vit-tiny': ['static/models/vit-tiny', '../shared/models/vit-tiny'],
	'patchwork-t': ['static/models/patchwork-t']
};

async function judge(model: Model, picture: string, labels: readonly string[]): Promise<Verdict[]> {
	const input = preprocess(await decodeFile(picture), model.config.preprocess, null);
	const trace = await model.run(input.pixelValues, { taps: (name) => name === 'probabilities' });
	const { data } = await trace.read('probabilities');
	trace.dispose();
	return topClasses(data, model.config.scores, labels).map(({ index, label, score }) => [
		index,
		label,
		Number(score.toFixed(4))
	]);
}

const ofJudges = (models: Sample['models']): Sample['models'] =>
	Object.fromEntries(Object.entries(models).filter(([id]) => id in JUDGES));

/**
 * What each model that is at hand says of the samples' pictures, written into copies of `samples`. A model whose weights
 * are not there keeps what was recorded of it, and a line says so; what another model once said is left out.
 *
 * @param labels the names of the 1000 classes
 */
export async function withVerdicts(
	root: string,
	samples: readonly Sample[],
	labels: readonly string[]
): Promise<Sample[]> {
	await useNodeBackend('wasm');
	let judged = samples.map((sample) => ({ ...sample, models: ofJudges(sample.models) }));
	for (const [id, folders] of Object.entries(JUDGES)) {
		const folder = folders.map((path) => join(root, path)).find((path) => existsSync(join(path, 'model.safetensors')));
		if (folder === undefined) {
			console.log(`${id} was not asked: its weights are not in ${folders[0]} (npm run models -- ${id} brings them).`);
			continue;
		}
		const model = Model.load((await readCheckpoint(folder)).files);
		const said: Verdict[][] = [];
		for (const { file } of judged) said.push(await judge(model, join(root, 'static', file), labels));
		model.dispose();
		judged = judged.map((sample, i) => ({ ...sample, models: { ...sample.models, [id]: said[i] ?? [] } }));
	}
	return judged;
}
