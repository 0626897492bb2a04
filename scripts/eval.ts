/** Top-1 and top-5 of a checkpoint folder on a folder of photos with an `answers.json`. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useNodeBackend } from '../src/lib/engine/backends/node.ts';
import type { Edit } from '../src/lib/engine/edits/edit.ts';
import { Model } from '../src/lib/engine/model.ts';
import type { ModelConfig } from '../src/lib/engine/families.ts';
import { preprocess, type Preprocessed } from '../src/lib/engine/preprocess.ts';
import { PatchworkError } from '../src/lib/base/errors.ts';
import { gives } from '../src/lib/marks/scores.ts';
import { topClasses } from '../src/lib/worker/top-classes.ts';
import { parseAnswers, type AnswerSet } from './lib/answers.ts';
import { readCheckpoint } from './lib/checkpoint.ts';
import { nodeBackend, required, runCommand, typedPath } from './lib/cli.ts';
import { decodeFile } from './lib/decode.ts';
import { readEdits } from './lib/edits.ts';

const USAGE = 'npm run eval -- --model DIR --photos DIR [--backend wasm|cpu] [--edit FILE.json]';

/** What was counted on one set; rates in [0, 1]. */
interface Score {
	readonly photos: number;
	readonly top1: number;
	readonly top5: number;
	readonly reference: { readonly top1: number | null; readonly top5: number | null };
	/** Photos whose likeliest class is the reference's. */
	readonly sameTop1: number;
	/** Photos whose preprocessed pixels are the reference's to the bit. */
	readonly sameCrop: number;
}

function cropHash({ seen }: Preprocessed): string {
	return createHash('sha256')
		.update(seen.data.filter((_, i) => i % 4 !== 3))
		.digest('hex');
}

async function score(model: Model, folder: string, set: AnswerSet, edits: readonly Edit[]): Promise<Score> {
	const hits = { top1: 0, top5: 0, sameTop1: 0, sameCrop: 0 };
	for (const answer of set.photos) {
		const input = preprocess(await decodeFile(join(folder, answer.file)), model.config.preprocess, null);
		const trace = await model.run(input.pixelValues, { edits, taps: (name) => name === 'probabilities' });
		const top = topClasses((await trace.read('probabilities')).data, model.config.scores, []).map(({ index }) => index);
		trace.dispose();
		hits.top1 += Number(top[0] === answer.label);
		hits.top5 += Number(top.includes(answer.label));
		hits.sameTop1 += Number(top[0] === answer.reference_top5?.[0]?.[0]);
		hits.sameCrop += Number(cropHash(input) === answer.crop_sha256);
	}
	const photos = set.photos.length;
	return {
		...hits,
		photos,
		top1: hits.top1 / photos,
		top5: hits.top5 / photos,
		reference: { top1: set.top1 ?? null, top5: set.top5 ?? null }
	};
}

/** Several sets as one; the reference's rates where it has them of each. */
function together(scores: readonly Score[]): Score {
	const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0);
	const photos = sum((score) => score.photos);
	const mean = (rate: (score: Score) => number | null) =>
		scores.some((score) => rate(score) === null) ? null : sum((score) => (rate(score) ?? 0) * score.photos) / photos;
	return {
		photos,
		top1: mean((score) => score.top1) ?? 0,
		top5: mean((score) => score.top5) ?? 0,
		reference: { top1: mean(({ reference }) => reference.top1), top5: mean(({ reference }) => reference.top5) },
		sameTop1: sum((score) => score.sameTop1),
		sameCrop: sum((score) => score.sameCrop)
	};
}

/** Whether one class can come before others: not where there is one alone, nor among numbers. */
const namesClasses = ({ scores, classes }: ModelConfig) =>
	(scores === 'softmax' || scores === 'sigmoid') && classes > 1;

const percent = (rate: number | null) => (rate === null ? '   -  ' : `${(100 * rate).toFixed(1).padStart(5)} %`);

function print(name: string, { photos, top1, top5, reference, sameTop1, sameCrop }: Score): void {
	console.log(`${name}: ${photos} photos`);
	console.log(`  top-1 ${percent(top1)}   reference ${percent(reference.top1)}`);
	console.log(`  top-5 ${percent(top5)}   reference ${percent(reference.top5)}`);
	console.log(`  same likeliest class as the reference: ${sameTop1}; same input pixels: ${sameCrop}`);
}

await runCommand(async () => {
	const { values } = parseArgs({
		options: {
			model: { type: 'string' },
			photos: { type: 'string' },
			backend: { type: 'string', default: 'wasm' },
			edit: { type: 'string' }
		}
	});
	const folder = typedPath(required(values.photos, 'photos', USAGE));
	const modelFolder = typedPath(required(values.model, 'model', USAGE));
	const backend = nodeBackend(values.backend, USAGE);
	const answers = join(folder, 'answers.json');
	const sets = parseAnswers(await readFile(answers, 'utf8'), answers);
	const edits = await readEdits(values.edit);
	await useNodeBackend(backend);
	const { files } = await readCheckpoint(modelFolder);
	const model = Model.load(files);
	const { classes, scores: kind } = model.config;
	if (!namesClasses(model.config))
		throw new PatchworkError(
			'request',
			`This model gives ${gives(model.config)}, so there are no right answers to count.`
		);
	if (kind === 'sigmoid')
		console.log(`Each of the ${classes} classes is scored by itself; the most probable is counted as the answer.`);
	const scores: Record<string, Score> = {};
	for (const [name, set] of sets) {
		const subfolder = join(folder, name);
		scores[name] = await score(model, existsSync(subfolder) ? subfolder : folder, set, edits);
		print(name, scores[name]);
	}
	if (sets.length > 1 && !('all' in scores)) {
		scores['all'] = together(Object.values(scores));
		print('all', scores['all']);
	}
	model.dispose();
	console.log(JSON.stringify(scores));
});
