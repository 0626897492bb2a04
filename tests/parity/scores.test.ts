import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { readCheckpoint } from '../../scripts/lib/checkpoint';
import { decodeFile } from '../../scripts/lib/decode';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { Model } from '../../src/lib/engine/model';
import { preprocess } from '../../src/lib/engine/preprocess';
import { answerOf, answerTap } from '../../src/lib/worker/answer';

const CASES = 'tests/fixtures/cases';
const FOLDERS = readdirSync(CASES).filter((name) => /^\d/.test(name));

/** Those whose scores are no shares of one whole. */
const SIGMOIDS: readonly string[] = ['01-one-label', '02-multi-label'];

/**
 * What the real library gives of each, from photo to score: transformers' image-classification pipeline (5.18) by name,
 * timm (1.0.29) in the order of its classes.
 */
async function expectedOf(folder: string): Promise<Record<string, number> | number[]> {
	const { scores }: { scores: Record<string, number> | number[] } = JSON.parse(
		await readFile(`${folder}/expected.json`, 'utf8')
	);
	return scores;
}

beforeAll(() => useNodeBackend('cpu'));

it.each(FOLDERS)('scores %s as the real library does', async (name) => {
	const folder = `${CASES}/${name}`;
	const { files, labels } = await readCheckpoint(folder);
	const model = Model.load(files);
	const { pixelValues } = preprocess(await decodeFile(`${CASES}/photo.png`), model.config.preprocess, null);
	const trace = await model.run(pixelValues);
	const { top } = answerOf(await trace.read(answerTap(model.config)), { config: model.config, labels });
	expect(model.config.scores).toBe(SIGMOIDS.includes(name) ? 'sigmoid' : 'softmax');
	const expected = await expectedOf(folder);
	if (!Array.isArray(expected)) expect(top.map(({ label }) => label)).toEqual(Object.keys(expected));
	expect(top).toHaveLength(Object.keys(expected).length);
	for (const { label, index, score } of top) {
		const truth = Array.isArray(expected) ? expected[index] : expected[label];
		expect(Math.abs(score - (truth ?? NaN)), label).toBeLessThan(1e-4);
	}
	trace.dispose();
	model.dispose();
});

it('finds the names that timm keeps inside', async () => {
	const { labels } = await readCheckpoint(`${CASES}/11-timm-label-names-inside`);
	expect(labels).toEqual(['ant', 'bee', 'cat', 'dog', 'eel']);
});
